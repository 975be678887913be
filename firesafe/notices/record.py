"""The inspection record, form F1: a closed visit frozen in the form's sixteen fields."""

from typing import Any

from firesafe.core.clock import county_time
from firesafe.findings.models import Finding, FindingState
from firesafe.inspections.models import Inspection, Signature, SignatureRole
from firesafe.notices import snapshot
from firesafe.notices.freezing import Pictures, as_closed, frozen_findings
from firesafe.notices.snapshot import Head
from firesafe.notices.wording import wording
from firesafe.standard.edition import edition
from firesafe.standard.terms import Mark, Verdict


def inspection_record(
    paper_head: Head,
    inspection: Inspection,
    findings: list[Finding],
    pictures: Pictures,
    bodies: tuple[str, ...],
) -> snapshot.InspectionRecord:
    """Freeze the record of a closed visit; ``bodies`` are those of its inspectors.

    Premises, building and people are those frozen at closing; findings are worded as they
    stand now, with what was put right on the spot named as such.

    Raises:
        ValueError: the visit is not closed.
    """
    words = wording()
    closed = as_closed(inspection)
    rows, photos = frozen_findings(inspection, findings, pictures, within=words.within_days)
    printed = edition(inspection.edition_code).printed
    if inspection.closed_at is None:
        raise ValueError("A visit that is not closed has no record.")
    return snapshot.InspectionRecord(
        head=paper_head,
        premises=premises_of(closed["factory"]),
        building=_building(closed["factory"]),
        started_at=inspection.opened_at,
        ended_at=inspection.closed_at,
        inspection_type=words.kinds[inspection.kind.value],
        inspectors=inspectors_of(inspection, closed["inspectors"], bodies),
        credentials=words.credentials if inspection.cards_shown else words.no_credentials,
        sections=_sections(findings),
        scores=_scores(inspection),
        total_score=_number(inspection.score),
        total_grade=printed.marks[Mark(inspection.mark)] if inspection.mark else "",
        findings=rows,
        corrected_on_the_spot=_put_right(findings),
        statement=inspection.statement or words.no_statement,
        handling=_handling(findings),
        signature=_signature(inspection),
        remark=_remark(inspection),
        photos=photos,
    )


def premises_of(factory: dict[str, Any]) -> snapshot.Premises:
    """Return the unit as it was frozen when the visit was closed."""
    words = wording()
    return snapshot.Premises(
        name=factory["name"],
        credit_code=factory["credit_code"] or "",
        address=factory["place"],
        principal=snapshot.Person(factory["responsible_name"], factory["responsible_phone"]),
        fire_manager=snapshot.Person(factory["fire_manager_name"], factory["fire_manager_phone"]),
        nature=words.key_unit if factory["is_key_unit"] else words.general_unit,
        trade=factory["trade"],
        workers_on_shift=factory["workers_on_shift"],
        largest_shift=factory["most_on_shift"],
    )


def _building(factory: dict[str, Any]) -> snapshot.Building:
    words = wording()

    def area(value: int | None) -> str:
        return "" if value is None else words.square_metres.format(area=value)

    return snapshot.Building(
        use=words.building_uses[factory["building_use"]],
        storeys=words.storeys.format(count=factory["storeys"]) if factory["storeys"] else "",
        floor=_floor(factory["on_floor"]),
        floor_area=area(factory["floor_area_m2"]),
        footprint=area(factory["footprint_m2"]),
        fire_resistance=words.fire_resistance.get(factory["fire_resistance"], ""),
        shared_with_dwellings=words.yes if factory["is_below_housing"] else words.no,
    )


def _floor(number: int | None) -> str:
    if number is None:
        return ""
    words = wording()
    return (words.floor if number > 0 else words.basement).format(number=abs(number))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def inspectors_of(
    inspection: Inspection, people: list[dict[str, Any]], bodies: tuple[str, ...]
) -> tuple[snapshot.Inspector, ...]:
    """Return who inspected, with their cards and the signatures they gave on the screen."""
    roles = (SignatureRole.LEAD, SignatureRole.SECOND)
    signed = {signature.role: signature.sha256 for signature in inspection.signatures}
    return tuple(
        snapshot.Inspector(
            name=person["name"],
            organisation=body,
            certificate=person["card_number"] or "",
            ink_sha256=signed.get(role, ""),
        )
        for role, person, body in zip(roles, people, bodies, strict=False)
    )


def _sections(findings: list[Finding]) -> tuple[snapshot.Section, ...]:
    words = wording()
    seen: dict[str, list[str]] = {section.heading: [] for section in words.sections}
    for finding in findings:
        heading = words.section_of(finding.checkpoint_code)
        seen[heading].append(f"{finding.checkpoint_code} {finding.wording.rstrip('。')}")
    return tuple(
        snapshot.Section(heading, "；".join(lines) + "。" if lines else words.nothing_found)
        for heading, lines in seen.items()
    )


def _scores(inspection: Inspection) -> tuple[snapshot.ItemScore, ...]:
    standard = edition(inspection.edition_code)
    scores = inspection.item_scores or {}
    failed: dict[str, list[str]] = {}
    for answer in inspection.answers:
        if answer.verdict is Verdict.FAIL:
            item_code = standard.checkpoint(answer.checkpoint_code).item_code
            failed.setdefault(item_code, []).append(answer.checkpoint_code)
    return tuple(
        snapshot.ItemScore(
            code=item.code,
            name=item.name.zh,
            score=_number(scores.get(item.code, {}).get("score")),
            problems="、".join(failed.get(item.code, [])),
        )
        for item in standard.items
    )


def _put_right(findings: list[Finding]) -> str:
    words = wording()
    lines = [
        words.corrected_line.format(
            code=finding.checkpoint_code, wording=finding.wording.rstrip("。")
        )
        for finding in findings
        if finding.put_right_on_the_spot
    ]
    return "；".join(lines) or words.nothing_corrected


def _handling(findings: list[Finding]) -> tuple[str, ...]:
    words = wording().handling
    unsettled = [finding for finding in findings if finding.state is not FindingState.CLOSED]
    chosen = {
        "on_the_spot": any(finding.put_right_on_the_spot for finding in findings),
        "issue": bool(unsettled),
        "refer": any(finding.is_suspected_major for finding in unsettled),
    }
    return tuple(words[name] for name, is_so in chosen.items() if is_so) or (words["archive"],)


def _signature(inspection: Inspection) -> snapshot.Signature:
    """Return how the factory answered at the visit; what it signed later is a remark."""
    signed: Signature | None = next(
        (
            each
            for each in inspection.signatures
            if each.role is SignatureRole.FACTORY and not each.is_later
        ),
        None,
    )
    return snapshot.Signature(
        name=signed.name if signed else "",
        post="",
        signed_at=signed.signed_at if signed else None,
        ink_sha256=signed.sha256 if signed else "",
        refusal=inspection.refusal_reason if inspection.refused_at else "",
        witness=inspection.refusal_witness if inspection.refused_at else "",
    )


def _remark(inspection: Inspection) -> str:
    words = wording()
    lines = [
        words.correction_line.format(
            subject=each.subject, was=each.was, should_be=each.should_be, reason=each.reason
        )
        for each in inspection.corrections
    ]
    lines += [
        words.later_line.format(name=each.name, at=county_time(each.signed_at))
        for each in inspection.signatures
        if each.is_later
    ]
    return "；".join(lines) or words.no_remark
