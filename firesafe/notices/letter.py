"""The referral letter, form F7: a suspected major hazard and its evidence, frozen as referred."""

from dataclasses import dataclass

from firesafe.findings.models import Finding, Referral
from firesafe.notices import snapshot
from firesafe.notices.canonical import from_json
from firesafe.notices.freezing import Pictures, as_closed, frozen_findings
from firesafe.notices.models import Notice
from firesafe.notices.record import inspectors_of, premises_of
from firesafe.notices.snapshot import Exhibit, Head, RectificationNotice
from firesafe.notices.wording import wording


@dataclass(frozen=True, slots=True)
class Covering:
    """What the chief writes in the letter: to whom, and what was done already."""

    addressee: str
    measures: str


def usual_covering(county_name: str, notice: Notice | None) -> Covering:
    """Return what the letter usually says; ``notice`` is the one that stands for the visit."""
    words = wording()
    measures = words.referral["measures_before_notice"]
    paper = from_json(notice.as_issued) if notice else None
    if isinstance(paper, RectificationNotice):
        measures = words.referral["measures"].format(
            title=words.titles[paper.kind],
            number=paper.head.number,
            interim=paper.interim_measures,
        )
    return Covering(words.referral["addressee"].format(county=county_name), measures)


def referral_letter(
    paper_head: Head,
    referral: Referral,
    findings: list[Finding],
    pictures: Pictures,
    papers: list[Notice],
    covering: Covering,
    bodies: tuple[str, ...],
) -> snapshot.ReferralLetter:
    """Freeze the letter; ``papers`` of the visit are evidence, ``bodies`` its inspectors'.

    Raises:
        ValueError: the visit is not closed.
    """
    words, inspection = wording(), referral.inspection
    closed = as_closed(inspection)
    rows, photos = frozen_findings(inspection, findings, pictures, within=words.within_days)
    if inspection.closed_at is None:
        raise ValueError("A visit that is not closed has nothing to refer.")
    return snapshot.ReferralLetter(
        head=paper_head,
        addressee=covering.addressee,
        premises=premises_of(closed["factory"]),
        authority=words.authority,
        started_at=inspection.opened_at,
        ended_at=inspection.closed_at,
        inspection_type=words.kinds[inspection.kind.value],
        inspectors=inspectors_of(inspection, closed["inspectors"], bodies),
        statement=inspection.statement or words.no_statement,
        findings=rows,
        evidence=_evidence(papers, photos),
        measures=covering.measures,
        opinion=words.referral["opinion"],
        copied_to=(words.referral["copied_to"].format(county=paper_head.county),),
        photos=photos,
    )


def _evidence(papers: list[Notice], photos: tuple[snapshot.Photo, ...]) -> tuple[Exhibit, ...]:
    words = wording()
    exhibits = [
        Exhibit(words.titles[paper.kind], paper.number, words.referral["paper_amount"])
        for paper in papers
    ]
    if photos:
        codes = "、".join(photo.code for photo in photos)
        amount = words.referral["photo_amount"].format(count=len(photos))
        exhibits.append(Exhibit(words.referral["photos"], codes, amount))
    return tuple(exhibits)
