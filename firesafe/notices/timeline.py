"""What has happened to a finding, from the visit to its closing, as its page tells it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from firesafe.core.clock import start_of
from firesafe.core.words import N_
from firesafe.findings.models import (
    OVER,
    Evidence,
    Extension,
    Finding,
    FindingState,
    RecheckResult,
    Referral,
    ReferralStep,
    Result,
    UrgedFinding,
)
from firesafe.findings.queries import (
    evidence_by_finding,
    extension_of,
    results_of,
    standing_among,
    steps_of_referral,
    urgings_of,
)
from firesafe.findings.referring import STATE_NAMES
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState, Service
from firesafe.notices.queries import orders_naming, papers_of, services_of

_RESULTS = {
    Result.PUT_RIGHT: N_("Re-checked: put right"),
    Result.PARTLY: N_("Re-checked: partly put right"),
    Result.NOT_PUT_RIGHT: N_("Re-checked: not put right"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. ``note`` is what somebody wrote; ``words`` fill the sentence.

    ``kind`` and ``mark`` are those of the timeline on the screen.
    """

    at: datetime
    sentence: str
    mark: str
    kind: str = ""
    who: str = ""
    note: str = ""
    words: dict[str, object] = field(default_factory=dict)


def steps_of(session: Session, finding: Finding) -> list[Step]:
    """Return what happened to a finding, the latest first."""
    papers = papers_of(session, finding.inspection)
    numbers = {paper.recheck_id: paper.number for paper in papers if paper.recheck_id}
    steps = [_found(finding)]
    notices = [
        paper
        for paper in papers
        if paper.kind is PaperKind.RECTIFICATION_NOTICE and _holds(paper, finding)
    ]
    steps += [_noticed(notice) for notice in notices]
    steps += [_served(each) for each in services_of(session, [n.id for n in notices]).values()]
    steps += [_sent(each) for each in evidence_by_finding(session, [finding.id])[finding.id]]
    steps += [_rechecked(each, numbers) for each in results_of(session, finding)]
    letters = {paper.urging_id: paper.number for paper in papers if paper.urging_id}
    steps += [_urged(each, letters) for each in urgings_of(session, finding)]
    steps += [_ordered(each.notice) for each in orders_naming(session, [finding.id])]
    steps += _extended(extension_of(session, finding), papers)
    steps += _referred(session, finding.referral, papers)
    if finding.state is FindingState.CLOSED and finding.closed_at is not None:
        steps.append(Step(finding.closed_at, N_("Closed"), "check", "pass"))
    return sorted(steps, key=lambda step: step.at)[::-1]


def _holds(notice: Notice, finding: Finding) -> bool:
    """Tell whether a notice was issued while the finding was open."""
    return finding.closed_at is None or notice.issued_at <= finding.closed_at


def _found(finding: Finding) -> Step:
    return Step(
        finding.found_at, N_("Found at the visit"), "flag", "fail", finding.inspection.lead.name
    )


def _noticed(paper: Notice) -> Step:
    is_withdrawn = paper.state is NoticeState.WITHDRAWN
    sentence = N_("Notice %(number)s, withdrawn later") if is_withdrawn else N_("Notice %(number)s")
    words: dict[str, object] = {"number": paper.number}
    return Step(paper.issued_at, sentence, "doc", who=paper.issued_by.name, words=words)


def _served(service: Service) -> Step:
    at = service.received_at or start_of(service.received_on)
    words: dict[str, object] = {"number": service.receipt.number}
    sentence = N_("The notice was received; proof of service %(number)s")
    return Step(at, sentence, "letter", who=service.receiver, words=words)


def _sent(evidence: Evidence) -> Step:
    return Step(
        evidence.sent_at,
        N_("Proof handed in, photographs: %(count)s"),
        "camera",
        who=evidence.sent_by.name,
        note=evidence.note,
        words={"count": len(evidence.photos)},
    )


def _rechecked(result: RecheckResult, numbers: dict[int, str]) -> Step:
    recheck = result.recheck
    is_put_right = result.result is Result.PUT_RIGHT
    people = " ".join(each.name for each in (recheck.lead, recheck.second) if each)
    number = numbers.get(recheck.id, "")
    return Step(
        recheck.rechecked_at,
        _RESULTS[result.result],
        "ok" if is_put_right else "bad",
        "pass" if is_put_right else "fail",
        who=f"{people} {number}".strip(),
        note=result.reason,
    )


def _urged(urged: UrgedFinding, letters: dict[int, str]) -> Step:
    return Step(
        urged.urging.urged_at,
        N_("Urged by letter, overdue since %(day)s"),
        "letter",
        "fail",
        who=f"{urged.urging.urged_by.name} {letters.get(urged.urging_id, '')}".strip(),
        words={"day": urged.due_on},
    )


def _ordered(order: Notice) -> Step:
    words: dict[str, object] = {"number": order.number}
    if order.state is NoticeState.WITHDRAWN:
        sentence = N_("Ordered to correct it, by %(number)s, withdrawn later")
    else:
        sentence = N_("Ordered to correct it, by %(number)s")
    return Step(order.issued_at, sentence, "doc", "fail", who=order.issued_by.name, words=words)


def _extended(extension: Extension | None, papers: list[Notice]) -> list[Step]:
    """Return that more time was asked for, and what was decided."""
    if extension is None:
        return []
    steps = [
        Step(
            extension.asked_at,
            N_("More time asked for, until %(day)s"),
            "clock",
            who=extension.asked_by.name,
            note=extension.reason,
            words={"day": extension.wished_on},
        )
    ]
    if extension.decided_at is not None and extension.decided_by is not None:
        is_granted = extension.due_on is not None
        sentence = N_("More time given, until %(day)s") if is_granted else N_("No more time given")
        numbers = [paper.number for paper in papers if paper.extension_id == extension.id]
        steps.append(
            Step(
                extension.decided_at,
                sentence,
                "check" if is_granted else "cross",
                "" if is_granted else "fail",
                who=" ".join([extension.decided_by.name, *numbers]),
                note=extension.grounds,
                words={"day": extension.due_on} if extension.due_on else {},
            )
        )
    return steps


def _referred(session: Session, referral: Referral | None, papers: list[Notice]) -> list[Step]:
    """Return that it was referred to the fire service, and what came of that."""
    if referral is None or referral.referred_at is None:
        return []
    letter = next(paper for paper in papers if paper.referral_id == referral.id)
    steps = [
        Step(
            referral.referred_at,
            N_("Referred to the fire service by %(number)s"),
            "send",
            who=letter.issued_by.name,
            words={"number": letter.number},
        )
    ]
    entries = steps_of_referral(session, referral)
    steps += [_corrected(each) for each in entries if each.replaces_id is not None]
    for entered in standing_among(entries):
        parts = (entered.document_number, entered.receiver, entered.note)
        note = " · ".join(part for part in parts if part)
        kind = "pass" if entered.state in OVER else ""
        who = entered.recorded_by.name
        name = STATE_NAMES[entered.state]
        steps.append(Step(entered.recorded_at, name, "doc", kind, who=who, note=note))
    return steps


def _corrected(correction: ReferralStep) -> Step:
    """Return that an entry was corrected; what it says now stands as a step of its own."""
    sentence = N_("An entry about the referral was corrected")
    who, why = correction.recorded_by.name, correction.reason
    return Step(correction.recorded_at, sentence, "pen", who=who, note=why)
