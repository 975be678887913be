"""From rows to snapshots: what a paper will say, gathered on the day it is issued."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from firesafe.core.clock import county_day
from firesafe.districts.counties import county
from firesafe.findings.models import Finding
from firesafe.findings.putting_off import why_never
from firesafe.inspections.models import Inspection, PhotoMoment
from firesafe.notices import snapshot
from firesafe.notices.models import Issuer
from firesafe.notices.snapshot import Head
from firesafe.notices.wording import wording
from firesafe.photos.develop import fitted
from firesafe.photos.models import Photo
from firesafe.photos.rules import MEDIUM
from firesafe.standard.edition import edition
from firesafe.standard.terms import Grade

Pictures = Mapping[str, Photo]
"""The photographs of a visit by their checksum, all of them readable."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the chief adds to the findings when he issues."""

    interim_measures: str
    copied_to: tuple[str, ...] = ()
    joined_by: tuple[str, ...] = ()


def unnumbered_head(issuer: Issuer, today: date) -> Head:
    """Return the head of a paper that is only looked at: words in place of its number, no code."""
    return head(issuer, wording().preview_number, today, "", "")


def head_without_number(issuer: Issuer, today: date) -> Head:
    """Return the head of a form that has neither a number nor a code to be checked by."""
    return replace(unnumbered_head(issuer, today), number="", check_url="")


def head(
    issuer: Issuer, number: str, issued_on: date, check_code: str, public_address: str
) -> Head:
    """Return what every paper has at its head and foot."""
    return Head(
        paper_id=check_code,
        number=number,
        issuer=snapshot.Issuer(
            name=issuer.name,
            department=issuer.department,
            abbreviation=issuer.abbreviation,
            contact=issuer.contact,
            phone=issuer.phone,
            address=issuer.address,
        ),
        county=county(issuer.county_code).name_zh,
        issued_on=issued_on,
        check_url=f"{public_address.rstrip('/')}/check/{check_code}",
        check_code=check_code,
    )


def rectification_notice(
    paper_head: Head,
    inspection: Inspection,
    findings: list[Finding],
    pictures: Pictures,
    terms: Terms,
) -> snapshot.RectificationNotice:
    """Freeze the notice: the findings that are still to be put right, and in how many days.

    It prints days from receipt and no last day, because nobody knows yet when it is served.
    """
    words = wording()
    rows, photos = frozen_findings(inspection, findings, pictures, within=words.within_days_served)
    return snapshot.RectificationNotice(
        head=paper_head,
        addressee=as_closed(inspection)["factory"]["name"],
        inspected_on=county_day(inspection.opened_at),
        joined_by=terms.joined_by,
        authority=words.authority,
        findings=rows,
        interim_measures=terms.interim_measures,
        interim_basis=words.interim_basis,
        extension_by=None,
        copied_to=terms.copied_to,
        photos=photos,
        counting=words.counting if any(each.grace_days for each in findings) else "",
        extension_until=words.extension_until if _may_wait(findings) else "",
    )


def withdrawal(paper_head: Head, withdrawn: snapshot.Paper, reason: str) -> snapshot.Withdrawal:
    """Freeze the paper that takes an earlier notice or order back.

    Raises:
        TypeError: ``withdrawn`` is of another kind.
    """
    orders = (snapshot.ImmediateOrder, snapshot.DatedOrder)
    if not isinstance(withdrawn, (snapshot.RectificationNotice, *orders)):
        raise TypeError("Only a notice or an order is withdrawn by a paper of its own.")
    return snapshot.Withdrawal(
        head=paper_head,
        addressee=withdrawn.addressee,
        withdrawn_title=wording().titles[withdrawn.kind],
        withdrawn_number=withdrawn.head.number,
        withdrawn_on=withdrawn.head.issued_on,
        reason=reason,
        replaced_by="",
        copied_to=() if isinstance(withdrawn, orders) else withdrawn.copied_to,
    )


def frozen_findings(
    inspection: Inspection,
    findings: list[Finding],
    pictures: Pictures,
    *,
    within: str,
) -> tuple[tuple[snapshot.Finding, ...], tuple[snapshot.Photo, ...]]:
    """Return the rows of the table of findings, and the photographs of the annex they name.

    ``within`` is how the paper says ``{days}`` of grace.
    """
    rows: list[snapshot.Finding] = []
    annex: list[snapshot.Photo] = []
    for ordinal, finding in enumerate(findings, start=1):
        photos = _photos(ordinal, finding, pictures)
        codes = tuple(photo.code for photo in photos)
        rows.append(_row(ordinal, inspection, finding, codes, within))
        annex += photos
    return tuple(rows), tuple(annex)


def frozen_photo(picture: Photo, code: str, caption: str) -> snapshot.Photo:
    """Return a photograph of the annex, of the size in which it is printed."""
    width, height = fitted((picture.width_px or 0, picture.height_px or 0), MEDIUM)
    return snapshot.Photo(
        code=code, sha256=picture.sha256, caption=caption, width_px=width, height_px=height
    )


def as_closed(inspection: Inspection) -> dict[str, Any]:
    """Return what was frozen of the factory and the people when the visit was closed.

    Raises:
        ValueError: the visit is not closed.
    """
    if inspection.as_closed is None:
        raise ValueError("A visit that is not closed has no paper.")
    return inspection.as_closed


def _row(
    ordinal: int,
    inspection: Inspection,
    finding: Finding,
    photo_codes: tuple[str, ...],
    within: str,
) -> snapshot.Finding:
    words = wording()
    days = finding.grace_days
    return snapshot.Finding(
        ordinal=ordinal,
        place="",
        fact=finding.wording,
        grade=edition(inspection.edition_code).printed.grades[Grade(finding.grade)],
        bases=tuple(finding.bases),
        requirement=finding.requirement,
        due_text=within.format(days=days) if days else words.on_the_spot,
        due_on=None,
        photo_codes=photo_codes,
    )


def _photos(ordinal: int, finding: Finding, pictures: Pictures) -> list[snapshot.Photo]:
    words = wording()
    captions = {
        PhotoMoment.FOUND.value: words.photo_found,
        PhotoMoment.PUT_RIGHT.value: words.photo_put_right,
    }
    frozen = []
    for place, taken in enumerate(finding.photos, start=1):
        picture = pictures.get(taken["sha256"])
        if picture is None:  # only in a preview: nothing is issued before all have arrived
            continue
        code = words.photo_code.format(finding=ordinal, photo=place)
        caption = captions[taken["moment"]].format(code=finding.checkpoint_code)
        frozen.append(frozen_photo(picture, code, caption))
    return frozen


def _may_wait(findings: list[Finding]) -> bool:
    """Tell whether more time may be asked for, for any of them.

    What may never be put off does not count.
    """
    return any(not why_never(each) for each in findings)
