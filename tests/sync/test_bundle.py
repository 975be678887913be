"""The bundle for the day: everything a phone needs, with rules told as steps to be looked up."""

import gzip
import json
from datetime import timedelta

import pytest
from sqlalchemy import event

from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day, now
from firesafe.findings.queries import evidence_by_finding, findings_of
from firesafe.inspections.bundle import state_of
from firesafe.inspections.rules import MOST_WORKERS
from firesafe.photos.store import Store
from firesafe.standard.checklist import Applicability, Condition, Words
from firesafe.standard.edition import current_edition
from firesafe.standard.rules import not_applicable, sample_for
from firesafe.standard.terms import Operator
from firesafe.sync import bundle as bundling
from firesafe.sync.bundle import bundle_for, presets_of, samples_of
from tests.makers import (
    HANBIN,
    make_closed_inspection,
    make_factory,
    make_officer,
    make_open_inspection,
)
from tests.notices.cases import make_case, send_proof

LONG_AGO = now() - timedelta(days=200)


@pytest.fixture
def bundled(app, session):
    """Return a function that puts together what an officer gets."""

    def put_together(officer):
        session.flush()
        with app.test_request_context():
            return bundle_for(session, officer, at=now())

    return put_together


def looked_up(bands, workers):
    """Look a number up as the phone does: the last step that is not above it."""
    return [band for band in bands if band.from_workers <= workers][-1]


def test_it_says_whose_it_is_and_which_edition(team, bundled):
    made = bundled(team.lead)

    assert (made.officer.id, made.officer.name) == (team.lead.id, "王测试")
    assert (made.edition, made.sheet) == ("2026", "/visit/2026")
    assert [each.name for each in made.second_inspectors] == ["李测试"]


def test_a_factory_that_is_due_comes_with_what_is_known_of_it(session, team, bundled):
    visit = make_closed_inspection(
        session, factory=team.factory, lead=team.lead, failed=("A3-02", "A1-04"), at=LONG_AGO
    )
    (waiting, *_more) = findings_of(session, visit)

    (factory,) = bundled(team.lead).factories

    names = (factory.id, factory.name, factory.door_code, factory.point_number)
    known = team.factory
    assert names == (known.id, known.name, known.door_code, known.point_number)
    assert factory.last_closed_at == visit.closed_at
    assert {each.code for each in factory.open_findings} == {"A3-02", "A1-04"}
    assert waiting.wording in {each.wording for each in factory.open_findings}
    assert [(past.failed, past.score) for past in factory.history] == [(2, visit.score)]


def test_the_history_is_the_last_five_visits_the_last_first(session, team, bundled):
    for number in range(7):
        at = LONG_AGO + timedelta(days=number)
        make_closed_inspection(session, factory=team.factory, lead=team.lead, failed=(), at=at)

    (factory,) = bundled(team.lead).factories

    days = [past.closed_at for past in factory.history]
    assert len(days) == 5
    assert days == sorted(days, reverse=True)


def test_a_factory_with_a_draft_comes_with_the_draft(session, team, bundled):
    draft = make_open_inspection(session, factory=team.factory, lead=team.lead, second=team.second)

    made = bundled(team.lead)

    assert [each.id for each in made.factories] == [team.factory.id]
    assert made.drafts == [state_of(draft)]


@pytest.mark.parametrize(("left", "names"), [(3, ["示例绒品厂"]), (4, [])])
def test_a_factory_whose_deadline_presses_goes_along(session, team, bundled, left, names):
    factory = make_factory(session, name="示例绒品厂")
    for each in (team.factory, factory):
        visit = make_closed_inspection(
            session, factory=each, lead=team.lead, failed=("A3-02",), at=now()
        )
    (finding,) = findings_of(session, visit)
    finding.due_on = county_day(now()) + timedelta(days=left)

    made = bundled(team.lead)

    assert [each.name for each in made.factories] == names
    assert (f"/factories/{factory.id}" in made.pages) == bool(names)


def test_neither_other_counties_nor_those_just_visited_are_in_it(session, team, bundled):
    make_factory(session, county=HANBIN)
    make_closed_inspection(session, factory=team.factory, lead=team.lead, at=now())

    assert bundled(team.lead).factories == []


def test_the_pages_to_be_kept_lead_somewhere(app, team, sign_in, bundled):
    client = sign_in(team.lead)

    pages = bundled(team.lead).pages

    assert pages[0] == "/today"
    assert {f"/factories/{team.factory.id}", "/scan"} <= set(pages)
    there = [page for page in pages if page.startswith(("/today", "/factories", "/scan"))]
    assert {client.get(page).status_code for page in there} == {200}


def test_samples_are_what_the_rule_says_for_every_number_of_workers():
    standard = current_edition()
    samples = samples_of(standard.code)

    for checkpoint in standard.checkpoints:
        if checkpoint.counting is None:
            assert checkpoint.code not in samples
            continue
        for workers in range(MOST_WORKERS + 1):
            rule = sample_for(standard, checkpoint.counting, workers)
            told = looked_up(samples[checkpoint.code], workers)
            assert (told.asked, told.needed) == (rule.asked, rule.needed), workers


@pytest.mark.parametrize(
    "facts", [{}, {"has_hydrant": False}, {"has_hydrant": False, "footprint_m2": 200}]
)
def test_presets_are_what_the_rule_says(session, facts):
    factory = make_factory(session, **facts)
    standard = current_edition()

    presets = presets_of(standard, factory)

    for workers in (0, 1, 46, 2000):
        rule = not_applicable(standard, {**factory.facts, "workers_on_shift": workers})
        told = looked_up(presets, workers).codes
        assert told == {code: words.zh for code, words in rule.items()}


@pytest.mark.parametrize("op", [Operator.ABOVE, Operator.AT_LEAST, Operator.AT_MOST, Operator.IS])
def test_a_preset_that_depends_on_the_workers_turns_where_the_rule_does(session, op):
    standard = current_edition()
    rule = Applicability(Words("人少", "few"), (Condition("workers_on_shift", op, 10),))
    checkpoint = standard.checkpoints[0]
    changed = type(checkpoint)(**{**fields_of(checkpoint), "not_applicable": rule})
    other = type(standard)(**{**vars_of(standard), "checkpoints": (changed,)})
    factory = make_factory(session)

    presets = presets_of(other, factory)

    for workers in range(25):
        facts = {**factory.facts, "workers_on_shift": workers}
        told = looked_up(presets, workers).codes
        assert set(told) == set(not_applicable(other, facts)), workers


def fields_of(checkpoint):
    return {name: getattr(checkpoint, name) for name in checkpoint.__slots__}


def vars_of(standard):
    return {name: getattr(standard, name) for name in standard.__dataclass_fields__}


@pytest.fixture
def asked_for(session, database, bundled):
    """Return a function that counts the queries of an officer's bundle."""

    def count(officer):
        statements = []

        def ran(_connection, _cursor, statement, *_more):
            statements.append(statement)

        session.flush()
        session.expire_all()
        event.listen(database.writer, "before_cursor_execute", ran)
        bundled(officer)
        event.remove(database.writer, "before_cursor_execute", ran)
        return len([each for each in statements if each.startswith("SELECT")])

    return count


def test_it_asks_no_more_for_more_factories_and_drafts(session, team, asked_for):
    make_open_inspection(session, factory=make_factory(session, name="一厂"), lead=team.lead)
    few = asked_for(team.lead)
    for number in range(8):
        make_factory(session, name=f"示例{number}厂")
        factory = make_factory(session, name=f"草稿{number}厂")
        make_open_inspection(session, factory=factory, lead=team.lead)

    assert asked_for(team.lead) <= few + 1


def test_it_asks_no_more_for_more_deadlines(session, team, asked_for):
    def presses(name):
        factory = make_factory(session, name=name)
        visit = make_closed_inspection(
            session, factory=factory, lead=team.lead, failed=("A3-02",), at=now()
        )
        for finding in findings_of(session, visit):
            finding.due_on = county_day(now())

    presses("示例一厂")
    few = asked_for(team.lead)
    for number in range(5):
        presses(f"示例{number}号厂")

    assert asked_for(team.lead) <= few


def test_it_holds_so_many_factories_at_most(session, team, monkeypatch, bundled):
    monkeypatch.setattr(bundling, "MOST_FACTORIES", 3)
    for number in range(5):
        make_factory(session, name=f"示例{number}厂")

    assert len(bundled(team.lead).factories) == 3


def test_a_day_s_bundle_is_light(session, team, bundled):
    for number in range(20):
        make_factory(session, name=f"示例{number}厂")

    told = bundled(team.lead).model_dump_json().encode()

    assert len(gzip.compress(told)) < 40 * 1024


def test_the_door_gives_it_to_who_inspects(session, team, sign_in):
    told = sign_in(team.lead).get("/sync/bundle")

    assert (told.status_code, told.mimetype) == (200, "application/json")
    assert json.loads(told.get_data())["officer"]["id"] == team.lead.id
    clerk = make_officer(session, post=Post.COUNTY_CLERK)
    assert sign_in(clerk).get("/sync/bundle").status_code == 403


def test_a_re_check_that_falls_due_comes_with_its_pages_and_pictures(
    app, session, services, bundled, sign_in
):
    case = make_case(session, services.get(Store))
    send_proof(session, services.get(Store), case)
    inspector = make_officer(session, county=case.visit.county_code)
    (proof,) = evidence_by_finding(session, [case.finding.id])[case.finding.id]

    made = bundled(inspector)
    session.commit()

    pages = [page for page in made.pages if page.startswith("/rechecks")]
    start = f"/rechecks/{case.visit.id}"
    manners = {f"{start}?manner=on_site", f"{start}?manner=by_photo"}
    assert set(pages) == {"/rechecks", start, *manners}
    before = case.finding.photos[0]["sha256"]
    seen = [f"/findings/{case.finding.id}/photos/{name}/320" for name in (before, *proof.photos)]
    assert made.pictures == seen
    phone = sign_in(inspector)
    assert {phone.get(page).status_code for page in [*pages, *made.pictures]} == {200}


def test_another_county_takes_no_re_check_along(session, services, bundled):
    case = make_case(session, services.get(Store))
    send_proof(session, services.get(Store), case)

    made = bundled(make_officer(session, county=HANBIN))

    assert case.visit.county_code != HANBIN
    assert made.pictures == []
    assert not [page for page in made.pages if page.startswith("/rechecks")]


def test_more_re_checks_take_no_more_queries(session, services, asked_for):
    store = services.get(Store)
    first = make_case(session, store)
    send_proof(session, store, first)
    inspector = make_officer(session, county=first.visit.county_code)
    few = asked_for(inspector)
    for _case in range(4):
        send_proof(session, store, make_case(session, store))

    assert asked_for(inspector) <= few + 1
