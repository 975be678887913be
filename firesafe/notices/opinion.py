"""The re-check opinion, form F4: a re-check and its notice frozen in the form's nine fields."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from firesafe.accounts.models import Officer
from firesafe.findings.models import Finding, Manner, Occasion, Recheck, RecheckResult, Result
from firesafe.notices import snapshot
from firesafe.notices.freezing import Pictures, frozen_photo
from firesafe.notices.snapshot import Head, RectificationNotice
from firesafe.notices.wording import wording


class Step(StrEnum):
    """What the county does about what is still not put right, besides asking for it again."""

    REFER = "refer"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from a re-check.

    ``is_settled`` once every finding of the notice is closed; ``put_off_to`` the last day of
    those that were given more time.
    """

    is_settled: bool
    steps: tuple[Step, ...] = ()
    put_off_to: date | None = None


def recheck_opinion(
    paper_head: Head,
    recheck: Recheck,
    notice: RectificationNotice,
    ordinals: dict[int, int],
    pictures: Pictures,
    follows: Follows,
    *,
    served_on: date | None = None,
) -> snapshot.RecheckOpinion:
    """Freeze what was found of each finding; ``ordinals`` are those of the notice by finding."""
    words = wording().recheck
    rows: list[snapshot.RecheckedFinding] = []
    photos: list[snapshot.Photo] = []
    for result in recheck.results:
        row, shown = _row(ordinals[result.finding_id], result, recheck.manner, pictures)
        rows.append(row)
        photos += shown
    return snapshot.RecheckOpinion(
        head=paper_head,
        addressee=notice.addressee,
        notice_title=wording().titles[notice.kind],
        notice_number=notice.head.number,
        notice_served_on=served_on,
        notice_due_on=max((r.due_on for r in rows if r.due_on), default=None),
        occasions=tuple(words.occasions[each.value] for each in Occasion),
        occasion=words.occasions[recheck.occasion.value],
        manner=words.manners[recheck.manner.value],
        rechecked_at=recheck.rechecked_at,
        inspectors=_inspectors(recheck, paper_head.issuer.name),
        results=tuple(rows),
        opinions=tuple(words.opinions.values()),
        chosen=_chosen(recheck, follows),
        put_off_to=follows.put_off_to,
        statement=recheck.statement or words.no_statement,
        photos=tuple(photos),
    )


def _row(
    ordinal: int, result: RecheckResult, manner: Manner, pictures: Pictures
) -> tuple[snapshot.RecheckedFinding, list[snapshot.Photo]]:
    words, finding = wording(), result.finding
    is_own = manner is Manner.ON_SITE
    caption = words.recheck.photo_after if is_own else words.recheck.photo_sent
    before = [
        frozen_photo(
            pictures[taken["sha256"]],
            words.photo_code.format(finding=ordinal, photo=place),
            words.recheck.photo_before.format(code=finding.checkpoint_code),
        )
        for place, taken in enumerate(finding.photos, start=1)
    ]
    after = [
        frozen_photo(
            pictures[sha256],
            words.recheck.photo_after_code.format(finding=ordinal, photo=place),
            caption.format(code=finding.checkpoint_code),
        )
        for place, sha256 in enumerate(result.photos, start=1)
    ]
    row = snapshot.RecheckedFinding(
        ordinal=ordinal,
        fact=finding.wording,
        requirement=finding.requirement,
        due_on=finding.due_on,
        result=words.recheck.results[result.result.value],
        reason=result.reason,
        before_codes=tuple(photo.code for photo in before),
        after_codes=tuple(photo.code for photo in after),
    )
    return row, [*before, *after]


def _inspectors(recheck: Recheck, organisation: str) -> tuple[snapshot.Inspector, ...]:
    people: list[Officer] = [each for each in (recheck.lead, recheck.second) if each]
    return tuple(
        snapshot.Inspector(
            name=each.name,
            organisation=organisation,
            certificate=each.card_number or "",
            ink_sha256="",
        )
        for each in people
    )


def _chosen(recheck: Recheck, follows: Follows) -> tuple[str, ...]:
    words = wording().recheck.opinions
    if follows.is_settled:
        return (words["closed"],)
    is_missing = any(each.result is not Result.PUT_RIGHT for each in recheck.results)
    unfinished = ["unfinished"] if is_missing else []
    return tuple(words[each] for each in (*unfinished, *(step.value for step in follows.steps)))


def ordinals_of(findings: list[Finding], issued_at: datetime) -> dict[int, int]:
    """Return under which number each finding stands in the notice, by its id.

    ``findings`` are all of the visit, in the order of the standard. Those without a last day
    stand in no notice; nor do those that were closed before this one was issued.
    """
    noticed = [
        finding
        for finding in findings
        if finding.due_on is not None
        and (finding.closed_at is None or finding.closed_at >= issued_at)
    ]
    return {finding.id: ordinal for ordinal, finding in enumerate(noticed, start=1)}
