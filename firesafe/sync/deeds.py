"""The deeds of a parcel, each done by the same action that the pages use."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.core.errors import NotFound
from firesafe.factories.models import Factory
from firesafe.findings.handing_in import settle
from firesafe.findings.rechecking import Checking, Judgement
from firesafe.inspections.actions import (
    Opening,
    attach_to,
    begin_inspection,
    detach_from,
    void_inspection,
)
from firesafe.inspections.beginning import FirstAnswer, write_answers
from firesafe.inspections.closing import refuse_signature, sign_inspection
from firesafe.inspections.models import Answer, Inspection
from firesafe.inspections.phone import HandingIn, Written, check_open_for, hand_in, merge_into
from firesafe.inspections.queries import Inspections
from firesafe.inspections.rules import OnPhone
from firesafe.notices.models import Notice
from firesafe.notices.rechecking import decide_recheck
from firesafe.sync import described
from firesafe.sync.rules import kept_moment


@dataclass(slots=True)
class Work:
    """What is being done: for whom, on which phone, with what, and which answers it touched.

    ``inks`` maps pictures of signatures, as they were sent, to their names in the store.
    ``answers`` are those of the visit by code, ``unwritten`` the same while a visit that has
    just been begun has none in the database. ``touched`` maps codes to whether a later
    answer stands in place of what was sent. ``opinion`` is the paper of a re-check, and
    ``public_address`` goes onto it.
    """

    session: Session
    visit_key: str
    phone: str
    device: str
    clock_ahead_seconds: int
    inks: Mapping[str, str]
    by: Officer
    at: datetime
    public_address: str
    answers: Mapping[str, Answer | FirstAnswer] = field(default_factory=dict)
    unwritten: list[FirstAnswer] = field(default_factory=list)
    touched: dict[str, bool] = field(default_factory=dict)
    opinion: Notice | None = None

    def on_phone(self, shown_at: datetime) -> OnPhone:
        """Return a moment by the phone's clock, with how wrong that is."""
        return OnPhone(kept_moment(shown_at), self.clock_ahead_seconds, self.phone, self.device)

    def moment(self, shown_at: datetime | None) -> datetime:
        """Return a moment by our clock; without one, that of the arrival."""
        return self.on_phone(shown_at).moment(not_after=self.at) if shown_at else self.at


def do_deeds(work: Work, deeds: list[described.Deed]) -> Inspection:
    """Do the deeds in order, and return the visit.

    Raises:
        NotFound: there is no such visit, factory, edition or checkpoint within sight.
        Refused: the officer may not.
        RuleBroken: a deed breaks a rule.
        Stale: the visit was signed on another phone, or handed in; or what is re-checked has
            changed since it was seen.
    """
    inspection = _begun(work, deeds[0]) if isinstance(deeds[0], described.Open) else _read(work)
    last: type | None = None
    for deed in deeds:
        kind = type(deed)
        if kind is described.Open:
            continue
        is_open_still = (kind, last) == (described.Answer, described.Answer)
        if not is_open_still and kind is not described.Recheck:  # that comes after the end
            check_open_for(inspection, work.phone, work.by)
        _DOING[kind](work, inspection, deed)
        last = kind
    write(work, inspection)
    return inspection


def write(work: Work, inspection: Inspection) -> None:
    """Write the answers of a visit that has just been begun, if that is not done yet."""
    if work.unwritten:
        write_answers(work.session, inspection, work.unwritten)
        work.unwritten = []


def _read(work: Work) -> Inspection:
    """Return the visit from the database, locked, with its answers at hand."""
    inspection = Inspections.visible_to(work.by).of_key(work.session, work.visit_key)
    work.answers = {answer.checkpoint_code: answer for answer in inspection.answers}
    return inspection


def _begun(work: Work, deed: described.Open) -> Inspection:
    """Begin the visit, unless it was begun before."""
    factory = _factory(work, deed)
    opening = Opening(
        kind=deed.kind,
        second=_second(work, deed.second_id),
        workers_on_shift=deed.workers_on_shift,
        cards_shown=deed.cards_shown,
        edition_code=deed.edition_code,
        on_phone=work.on_phone(deed.opened_at),
    )
    key = work.visit_key
    begun = begin_inspection(work.session, factory, opening, client_key=key, by=work.by, at=work.at)
    if not begun.unwritten:
        return _read(work)
    work.unwritten = begun.unwritten
    work.answers = {answer.checkpoint_code: answer for answer in begun.unwritten}
    return begun.inspection


def _factory(work: Work, deed: described.Open) -> Factory:
    factory = work.session.get(Factory, deed.factory_id)
    if factory is None or not work.by.sees(factory.county_code, factory.town_id):
        raise NotFound("There is no such factory within your sight.")
    return factory


def _second(work: Work, second_id: int | None) -> Officer | None:
    if second_id is None:
        return None
    second = work.session.get(Officer, second_id)
    if second is None:
        raise NotFound("The second inspector is not known here. Choose another one.")
    return second


def _answer(work: Work, inspection: Inspection, deed: described.Answer) -> None:
    merged = merge_into(
        work.session,
        inspection,
        answer_at(work, deed.code),
        Written(deed.entry.__dict__, deed.clock, deed.seen),
        by=work.by,
        at=work.at,
    )
    work.touched[deed.code] = merged.is_overtaken


def _attach(work: Work, inspection: Inspection, deed: described.Attach) -> None:
    answer = answer_at(work, deed.code)
    attach_to(answer, inspection, deed.sha256, deed.moment, by=work.by, at=work.at)
    work.touched.setdefault(deed.code, False)


def _detach(work: Work, inspection: Inspection, deed: described.Detach) -> None:
    answer = answer_at(work, deed.code)
    detach_from(answer, inspection, deed.sha256, deed.moment, by=work.by, at=work.at)
    work.touched.setdefault(deed.code, False)


def _sign(work: Work, inspection: Inspection, deed: described.Sign) -> None:
    sign_inspection(
        work.session,
        inspection,
        deed.role,
        name=deed.name,
        sha256=work.inks[deed.picture],
        by=work.by,
        at=work.moment(deed.at),
        phone=work.phone,
    )


def _refuse(work: Work, inspection: Inspection, deed: described.Refuse) -> None:
    refuse_signature(
        work.session,
        inspection,
        reason=deed.reason,
        witness=deed.witness,
        by=work.by,
        at=work.moment(deed.at),
        phone=work.phone,
    )


def _hand_in(work: Work, inspection: Inspection, deed: described.HandIn) -> None:
    write(work, inspection)
    _read(work)
    handing = HandingIn(deed.statement, deed.photos, work.on_phone(deed.closed_at))
    hand_in(work.session, inspection, handing, by=work.by, at=work.at)
    settle(work.session, inspection, at=work.at)


def _void(work: Work, inspection: Inspection, deed: described.Void) -> None:
    void_inspection(work.session, inspection, reason=deed.reason, by=work.by, at=work.at)


def _recheck(work: Work, inspection: Inspection, deed: described.Recheck) -> None:
    checking = Checking(
        client_key=str(deed.key),
        manner=deed.manner,
        occasion=deed.occasion,
        rechecked_at=work.moment(deed.rechecked_at),
        judgements=tuple(_judgement(each) for each in deed.judgements),
        second=_second(work, deed.second_id),
        statement=deed.statement.strip(),
    )
    work.opinion = decide_recheck(
        work.session,
        inspection,
        checking,
        tuple(deed.steps),
        by=work.by,
        at=work.at,
        public_address=work.public_address,
    )


def _judgement(told: described.Judged) -> Judgement:
    return Judgement(
        finding_id=told.finding_id,
        version=told.version,
        result=told.result,
        reason=told.reason.strip(),
        photos=tuple(dict.fromkeys(told.photos)),
    )


def answer_at(work: Work, code: str) -> Answer | FirstAnswer:
    """Return the answer at one checkpoint of the visit.

    Raises:
        NotFound: the visit has no such checkpoint.
    """
    found = work.answers.get(code)
    if found is None:
        raise NotFound("This visit has no checkpoint of that code.")
    return found


_DOING: dict[type, Callable[[Work, Inspection, Any], None]] = {
    described.Answer: _answer,
    described.Attach: _attach,
    described.Detach: _detach,
    described.Sign: _sign,
    described.Refuse: _refuse,
    described.HandIn: _hand_in,
    described.Void: _void,
    described.Recheck: _recheck,
}
