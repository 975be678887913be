"""The standard's closed lists: grades, marks, methods, and how it speaks of law and facts."""

from enum import StrEnum

from firesafe.core.words import N_


class Grade(StrEnum):
    """How grave a finding is, lightest first.

    The law knows only fire hazards and major ones (消防法 54 and 55); "serious" is the
    county's own step, and only the fire service may drop the word "suspected".
    """

    GENERAL = "general"
    SERIOUS = "serious"
    MAJOR_SUSPECTED = "major_suspected"

    @property
    def rank(self) -> int:
        """Return 0 for the lightest grade."""
        return list(Grade).index(self)


GRADE_NAMES = {
    Grade.GENERAL: N_("General"),
    Grade.SERIOUS: N_("Serious"),
    Grade.MAJOR_SUSPECTED: N_("Major (suspected)"),
}


class Mark(StrEnum):
    """What a whole score is called, best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105 — a mark, not a password
    FAIL = "fail"


MARK_NAMES = {
    Mark.EXCELLENT: N_("Excellent"),
    Mark.GOOD: N_("Good"),
    Mark.PASS: N_("Passed"),
    Mark.FAIL: N_("Failed"),
}


class Verdict(StrEnum):
    """What the inspector says of a checkpoint."""

    PASS = "pass"  # noqa: S105 — a verdict, not a password
    FAIL = "fail"
    NOT_APPLICABLE = "na"


class Method(StrEnum):
    """How a checkpoint is judged; several together, or one of several."""

    LOOK = "look"
    DOCUMENTS = "documents"
    ASK = "ask"
    TEST = "test"
    DRILL = "drill"
    MEASURE = "measure"
    COMPUTE = "compute"


METHOD_NAMES = {
    Method.LOOK: N_("Look on the spot"),
    Method.DOCUMENTS: N_("Read the papers"),
    Method.ASK: N_("Ask workers"),
    Method.TEST: N_("Try it"),
    Method.DRILL: N_("Timed drill"),
    Method.MEASURE: N_("Measure"),
    Method.COMPUTE: N_("Work it out"),
}


class Confidence(StrEnum):
    """How well a basis in law has been checked against its source.

    V was compared with the published text, V2 is confirmed by other sources; the K steps
    are from knowledge alone, and nothing but the name of such a source may be shown.
    """

    CHECKED = "V"
    CONFIRMED = "V2"
    KNOWN_HIGH = "K-H"
    KNOWN_MIDDLE = "K-M"
    KNOWN_LOW = "K-L"

    @property
    def is_printable(self) -> bool:
        """Say whether article numbers may stand on a paper."""
        return self in (Confidence.CHECKED, Confidence.CONFIRMED)


class LawKind(StrEnum):
    """How a source is cited: 第…条 in words, by clause number, or by its name alone."""

    ACT = "act"
    STANDARD = "standard"
    PAPER = "paper"


class FactKind(StrEnum):
    """What sort of answer a fact about a factory has."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


class Operator(StrEnum):
    """How a condition compares a fact with its value."""

    IS = "is"
    ONE_OF = "one_of"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Effect(StrEnum):
    """What a trigger calls for: a hint to the inspector, or a referral to the fire service."""

    PROMPT = "prompt"
    REFERRAL = "referral"


class CountingKind(StrEnum):
    """How many people are counted: by the sampling table, a fixed number, or all present."""

    TABLE = "table"
    FIXED = "fixed"
    PRESENT = "present"
