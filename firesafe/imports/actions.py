"""What is done with a county's table: taken in, decided on, written, and taken back."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.errors import RuleBroken, Stale, require
from firesafe.districts.actions import (
    add_community,
    add_town,
    remove_community,
    remove_town,
)
from firesafe.districts.models import Community, Town
from firesafe.factories.actions import add_factories, lock_register, write_entry
from firesafe.factories.entry import RegisterEntry, as_fact, entry_of, from_facts
from firesafe.factories.models import Factory
from firesafe.factories.queries import Gazetteer
from firesafe.imports.models import ImportState, RegisterImport
from firesafe.imports.places import Place
from firesafe.imports.plan import Judgement, Plan, PlannedRow, RowKind
from firesafe.imports.policy import may_change, may_import
from firesafe.imports.queries import factories_in_use, plan_of
from firesafe.imports.rules import guess_columns, header_place
from firesafe.imports.tables import Row

MOST_NAMED = 5
_NOT_YOURS = "Only a chief or clerk imports into the register of a county."


def take_in(
    session: Session, rows: Sequence[Row], *, file_name: str, by: Officer, at: datetime
) -> RegisterImport:
    """Keep an uploaded table, with a guess at what its columns are; the register stays as it is.

    Raises:
        Refused: ``by`` does not import.
        RuleBroken: there is nothing below the header.
    """
    require(may_import(by, by.county_code), _NOT_YOURS)
    place = header_place([row.cells for row in rows])
    header, body = rows[place].cells, rows[place + 1 :]
    if not body:
        raise RuleBroken("There is nothing in the table below its header.")
    upload = RegisterImport(
        county_code=by.county_code,
        file_name=file_name[:200],
        by=by,
        at=at,
        header=header,
        choices={"columns": guess_columns(header)},
        rows=[[row.line, row.cells] for row in body],
        row_count=len(body),
    )
    session.add(upload)
    session.flush()  # the page goes on to its id
    return upload


def choose_columns(upload: RegisterImport, columns: Mapping[str, int], *, by: Officer) -> None:
    """Say which column holds which field; what was decided about single rows is dropped.

    Raises:
        Refused: ``by`` does not import into this county.
        RuleBroken: the import has been written.
    """
    _check_open(upload, by)
    known = {field: place for field, place in columns.items() if place < len(upload.header)}
    upload.choices = {"columns": known, "places": upload.choices.get("places", [])}


def choose_places(upload: RegisterImport, places: Iterable[str], *, by: Officer) -> None:
    """Say which of the unknown towns and communities are to be made.

    Raises:
        Refused: ``by`` does not import into this county.
        RuleBroken: the import has been written.
    """
    _check_open(upload, by)
    upload.choices = {**upload.choices, "places": sorted(places)}


def judge_row(
    upload: RegisterImport, line: int, judgement: Judgement | None, *, by: Officer
) -> None:
    """Say whether a doubtful row is the known factory or another one; None takes it back.

    Raises:
        Refused: ``by`` does not import into this county.
        RuleBroken: the import has been written.
    """
    _check_open(upload, by)
    judgements = {**upload.choices.get("judgements", {})}
    judgements.pop(str(line), None)
    if judgement is not None:
        judgements[str(line)] = judgement.value
    upload.choices = {**upload.choices, "judgements": judgements}


def commit_import(
    session: Session, upload: RegisterImport, *, fingerprint: str, by: Officer, at: datetime
) -> None:
    """Write the new and changed rows into the register; all others stay outside.

    ``fingerprint`` is that of the plan the officer has seen.

    Raises:
        Refused: ``by`` does not import into this county.
        Stale: the register or the import has changed, so that the plan is another one now.
        RuleBroken: the import has been written, or there is nothing to write.
    """
    _look_anew(session, upload)
    _check_open(upload, by)
    lock_register(session, upload.county_code)
    plan = plan_of(session, upload, by)
    if plan.fingerprint != fingerprint:
        raise Stale("The register has changed since you looked. Look through the rows once more.")
    new, updates = plan.of_kind(RowKind.NEW), plan.of_kind(RowKind.UPDATE)
    if not new and not updates:
        raise RuleBroken("There is nothing new in this table.")
    places = _needed(plan, (*new, *updates))
    made = _make_places(session, upload.county_code, places, by=by, at=at)
    undone = _write_updates(session, upload.county_code, updates, made, by=by, at=at)
    added = add_factories(
        session,
        [_with_made(row.entry, made) for row in new if row.entry],
        county_code=upload.county_code,
        by=by,
        at=at,
    )
    undone += [{"id": factory.id, "version": factory.version, "old": None} for factory in added]
    upload.undo = {
        "factories": undone,
        "towns": [made[place.id] for place in places if place.town_id is None],
        "communities": [made[place.id] for place in places if place.town_id is not None],
    }
    upload.state, upload.committed_at = ImportState.COMMITTED, at
    upload.new_count, upload.changed_count = len(new), len(updates)
    _record(session, Event.REGISTER_IMPORTED, upload, by=by, at=at)


def undo_import(session: Session, upload: RegisterImport, *, by: Officer, at: datetime) -> None:
    """Take an import back: new factories leave the register, changed ones are as they were.

    Towns and communities that it made go as well, unless they are in use by now.

    Raises:
        Refused: ``by`` does not import into this county.
        RuleBroken: it was not written, or factories were changed or used since; they are named.
    """
    _look_anew(session, upload)
    require(may_change(by, upload), _NOT_YOURS)
    if upload.state is not ImportState.COMMITTED or upload.undo is None:
        raise RuleBroken("This import is not in the register.")
    lock_register(session, upload.county_code)
    before = {step["id"]: step for step in upload.undo["factories"]}
    factories = _factories(session, before)
    _check_untouched(session, factories, before)
    _put_back(session, upload.county_code, factories, before, by=by, at=at)
    _remove_places(session, upload.undo, by=by, at=at)
    upload.state = ImportState.UNDONE
    _record(session, Event.IMPORT_UNDONE, upload, by=by, at=at)


def _look_anew(session: Session, upload: RegisterImport) -> None:
    """Hold the import, so that nobody else writes it or takes it back at the same time."""
    session.flush()  # what is not written yet would be lost by looking anew
    session.refresh(upload, with_for_update={"of": RegisterImport})


def _check_open(upload: RegisterImport, by: Officer) -> None:
    require(may_change(by, upload), _NOT_YOURS)
    if upload.state is not ImportState.PREVIEWED:
        raise RuleBroken("This import has been written already.")


def _needed(plan: Plan, rows: Iterable[PlannedRow]) -> list[Place]:
    """Return the places that have to be made for these rows, towns before their communities."""
    entries = [row.entry for row in rows if row.entry]
    ids = {entry.town_id for entry in entries} | {entry.community_id for entry in entries}
    return [place for place in plan.to_make if place.id in ids]


def _make_places(
    session: Session, county_code: str, places: Iterable[Place], *, by: Officer, at: datetime
) -> dict[int, int]:
    """Make towns and communities and return their ids by the negative ones of the plan."""
    made: dict[int, int] = {}
    for place in places:
        if place.town_id is None:
            made[place.id] = add_town(session, county_code, place.name, by=by, at=at).id
        else:
            town = session.get_one(Town, made.get(place.town_id, place.town_id))
            made[place.id] = add_community(session, town, place.name, by=by, at=at).id
    return made


def _with_made(entry: RegisterEntry, made: Mapping[int, int]) -> RegisterEntry:
    community = entry.community_id
    return replace(
        entry,
        town_id=made.get(entry.town_id, entry.town_id),
        community_id=None if community is None else made.get(community, community),
    )


def _write_updates(
    session: Session,
    county_code: str,
    rows: Iterable[PlannedRow],
    made: Mapping[int, int],
    *,
    by: Officer,
    at: datetime,
) -> list[dict[str, Any]]:
    """Write the changed rows and return what each factory was before."""
    entries = {row.known.id: _with_made(row.entry, made) for row in rows if row.known and row.entry}
    places, steps = Gazetteer(session, county_code), []
    for factory in _factories(session, entries):
        old = {name: as_fact(value) for name, value in asdict(entry_of(factory)).items()}
        write_entry(session, factory, entries[factory.id], places, by=by, at=at)
        steps.append({"id": factory.id, "version": factory.version, "old": old})
    return steps


def _factories(session: Session, ids: Iterable[int]) -> list[Factory]:
    rows = select(Factory).where(Factory.id.in_(list(ids))).order_by(Factory.id)
    return list(session.scalars(rows.with_for_update(of=Factory)))


def _check_untouched(
    session: Session, factories: Iterable[Factory], before: Mapping[int, Mapping[str, Any]]
) -> None:
    new = [factory_id for factory_id, step in before.items() if step["old"] is None]
    used = factories_in_use(session, new)
    names = [
        factory.name
        for factory in factories
        if factory.version != before[factory.id]["version"] or factory.id in used
    ]
    if names:
        raise RuleBroken(
            "%(count)s factories of this import have been changed or used since, so it stays:"
            " %(names)s.",
            count=len(names),
            names=" · ".join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else ""),
        )


def _put_back(
    session: Session,
    county_code: str,
    factories: Iterable[Factory],
    before: Mapping[int, Mapping[str, Any]],
    *,
    by: Officer,
    at: datetime,
) -> None:
    changed = []
    for factory in factories:
        if before[factory.id]["old"] is None:
            session.delete(factory)
        else:
            changed.append(factory)
    session.flush()  # a point number is free again only when its factory is gone
    places = Gazetteer(session, county_code)
    for factory in changed:
        write_entry(session, factory, from_facts(before[factory.id]["old"]), places, by=by, at=at)
    session.flush()  # and a place only when no factory stands in it any more


def _remove_places(
    session: Session, made: Mapping[str, Sequence[int]], *, by: Officer, at: datetime
) -> None:
    """Remove the places that were made, communities before their towns; those in use stay."""
    for community_id in made["communities"]:
        community = session.get(Community, community_id)
        if community is not None:
            with suppress(RuleBroken):
                remove_community(session, community, by=by, at=at)
    for town_id in made["towns"]:
        town = session.get(Town, town_id)
        if town is not None:
            with suppress(RuleBroken):
                remove_town(session, town, by=by, at=at)


def _record(
    session: Session, event: Event, upload: RegisterImport, *, by: Officer, at: datetime
) -> None:
    record(
        session, event, by=by.id, subject=f"import:{upload.id}", at=at, county=upload.county_code,
        file=upload.file_name, added=upload.new_count, changed=upload.changed_count,
    )  # fmt: skip
