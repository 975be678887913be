"""What an edition of the standard is made of; the data file has the same shape."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from firesafe.core.errors import NotFound
from firesafe.standard.terms import (
    Confidence,
    CountingKind,
    Effect,
    FactKind,
    Grade,
    LawKind,
    Mark,
    Method,
    Operator,
)

FULL = 100
"""What an item, a group and the whole are scored out of."""

FactValue = bool | int | float | str
"""What may be known of a factory; None or absence means that it is not known."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the two languages of the screen."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the English text for ``en…``, the Chinese one for anything else."""
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Law:
    """A law, rule or technical standard; ``name`` is printed, ``key`` is what bases use."""

    key: str
    kind: LawKind
    name: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a law; ``words`` narrows it to one sentence, which is quoted in print."""

    law: str
    article: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a checkpoint may be demanded.

    ``key_unit_only``: binds key units alone, other factories are told ``instead``.
    ``high_rise_only``: binds only in high-rise civil buildings.
    ``screening_only``: serves to suspect a major hazard and is never printed.
    """

    law: str
    mark: Confidence
    article: str = ""
    note: str = ""
    key_unit_only: bool = False
    instead: Citation | None = None
    high_rise_only: bool = False
    screening_only: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that may be known of a factory."""

    key: str
    kind: FactKind
    name: Words
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison of a fact; a fact that is not known fulfils none."""

    fact: str
    op: Operator
    value: FactValue | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applicability:
    """When a checkpoint does not apply: all of ``all_of`` and, if given, one of ``any_of``."""

    reason: Words
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a fact calls for beyond the checklist; without checkpoints, for the whole factory."""

    code: str
    effect: Effect
    prompt: Words
    checkpoints: tuple[str, ...]
    bases: tuple[Basis, ...]
    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """The graver grade, and the one question whose yes leads there."""

    grade: Grade
    condition: str
    question: Words


@dataclass(frozen=True, slots=True)
class DayException:
    """Other days for one kind of fault; 0 days means on the spot."""

    key: str
    days: int
    when: Words


@dataclass(frozen=True, slots=True)
class Counting:
    """How people are asked or tried, and how many must be right.

    ``percent`` belongs to the table and to those present, ``asked`` and ``needed`` to a
    fixed number. Each person must meet ``points_needed`` of ``points`` within
    ``limit_seconds`` (0: no limit).
    """

    kind: CountingKind
    percent: int = 0
    asked: int = 0
    needed: int = 0
    points: tuple[str, ...] = ()
    points_needed: int = 0
    limit_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Drill:
    """A timed drill: ``steps_needed`` of ``steps`` within ``limit_seconds`` (0: no limit)."""

    limit_seconds: int
    steps_needed: int
    steps: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A question for a worker with what a right answer says."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Ready words for what was seen: a short label, and the sentence it inserts."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is looked at under an item.

    ``rule`` is the one plain line of the row, ``requirement`` the standard's own wording,
    ``procedure`` and ``criterion`` how it is judged. ``rectify`` is printed in notices,
    ``fix`` tells the manager the same in spoken words, ``interim`` what holds until then.
    ``days`` count from the day after receipt; 0 means on the spot.
    """

    code: str
    title: Words
    short: Words
    rule: Words
    requirement: Words
    methods: tuple[Method, ...]
    procedure: str
    criterion: str
    grade: Grade
    photo: bool
    days: int
    rectify: str
    fix: Words
    phrases: tuple[Phrase, ...]
    bases: tuple[Basis, ...]
    interim: Words | None = None
    exceptions: tuple[DayException, ...] = ()
    escalation: Escalation | None = None
    not_applicable: Applicability | None = None
    counting: Counting | None = None
    drill: Drill | None = None
    questions: tuple[Question, ...] = ()
    basis_note: str = ""

    @property
    def item_code(self) -> str:
        """Return the code of the item, A3 for A3-02."""
        return self.code.partition("-")[0]

    @property
    def gravest(self) -> Grade:
        """Return the grade that an escalation can lead to."""
        return self.escalation.grade if self.escalation else self.grade


@dataclass(frozen=True, slots=True)
class Item:
    """One of the sixteen lines of the standard."""

    code: str
    name: Words
    short: Words
    explained: str = ""

    @property
    def group_code(self) -> str:
        """Return the letter of the group, A for A3."""
        return self.code[:1]


@dataclass(frozen=True, slots=True)
class Group:
    """Four items that belong together."""

    code: str
    name: Words
    short: Words


@dataclass(frozen=True, slots=True)
class SamplingRow:
    """With at most ``up_to`` people on shift, ``ask`` are asked."""

    up_to: int
    ask: int


@dataclass(frozen=True, slots=True)
class Sampling:
    """The sampling table; ``percent`` of those asked must be right, rounded up."""

    percent: int
    rows: tuple[SamplingRow, ...]
    ask_above: int


@dataclass(frozen=True, slots=True)
class Scoring:
    """Where each mark begins, and what a serious failure leaves of its item, in whole points."""

    serious_cap: int
    excellent_from: int
    good_from: int
    pass_from: int


@dataclass(frozen=True, slots=True)
class MethodWords:
    """A method as papers and badges name it: ``short`` is one character, ``name`` the whole."""

    short: str
    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The Chinese words of the papers, whatever the language of the screen."""

    grades: Mapping[Grade, str]
    marks: Mapping[Mark, str]
    methods: Mapping[Method, MethodWords]


@dataclass(frozen=True, eq=False)
class Edition:
    """One edition of the standard, whole; ``sha256`` is that of the file's bytes."""

    code: str
    name: Words
    as_of: date
    days_allowed: tuple[int, ...]
    printed: Printed
    sampling: Sampling
    scoring: Scoring
    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    checkpoints: tuple[Checkpoint, ...]
    facts: tuple[Fact, ...]
    triggers: tuple[Trigger, ...]
    laws: tuple[Law, ...]
    sha256: str

    def checkpoint(self, code: str) -> Checkpoint:
        """Return the checkpoint of a code, such as A3-02.

        Raises:
            NotFound: the edition has no such checkpoint.
        """
        found = self._checkpoints.get(code)
        if found is None:
            raise NotFound(
                "There is no %(code)s in edition %(edition)s of the standard.",
                code=code,
                edition=self.code,
            )
        return found

    def item(self, code: str) -> Item:
        """Return the item of a code, such as A3.

        Raises:
            NotFound: the edition has no such item.
        """
        found = self._items.get(code)
        if found is None:
            raise NotFound(
                "There is no %(code)s in edition %(edition)s of the standard.",
                code=code,
                edition=self.code,
            )
        return found

    def place_of(self, code: str) -> int:
        """Return the place of a checkpoint among all, counted from 0.

        Raises:
            NotFound: the edition has no such checkpoint.
        """
        return self.checkpoints.index(self.checkpoint(code))

    def items_of(self, group: str) -> tuple[Item, ...]:
        """Return the items of a group, A, P, K or C, in order."""
        return tuple(item for item in self.items if item.group_code == group)

    def checkpoints_of(self, item_code: str) -> tuple[Checkpoint, ...]:
        """Return the checkpoints of an item in order."""
        return tuple(c for c in self.checkpoints if c.item_code == item_code)

    def law(self, key: str) -> Law:
        """Return the law of a basis.

        Raises:
            KeyError: no such law; a whole edition has all that its bases name.
        """
        return self._laws[key]

    @cached_property
    def _checkpoints(self) -> dict[str, Checkpoint]:
        return {checkpoint.code: checkpoint for checkpoint in self.checkpoints}

    @cached_property
    def _items(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def _laws(self) -> dict[str, Law]:
        return {law.key: law for law in self.laws}
