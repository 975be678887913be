"""What stands in the tables once the demo is loaded."""

from collections import Counter

import pytest
from sqlalchemy import Table, func, select

from firesafe.accounts.models import Officer
from firesafe.accounts.posts import Post
from firesafe.core.clock import county_day
from firesafe.core.db import Base, Database
from firesafe.core.errors import RuleBroken
from firesafe.core.services import Services
from firesafe.core.settings import Settings
from firesafe.demo.actions import load_demo
from firesafe.factories.models import Factory, FactoryManager
from firesafe.findings.models import Finding, FindingState, ReferralStep
from firesafe.findings.rules import days_left
from firesafe.inspections.models import Correction, Inspection, InspectionState, Signature
from firesafe.inspections.queries import progress_of
from firesafe.inspections.reuse import reused_photos
from firesafe.jobs.models import Job, JobState
from firesafe.notices.desk import (
    LIKENESS_BITS,
    Weight,
    days_until_issue,
    desk_of,
    late_to_serve,
)
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import Notice, NoticeState, Service, ServiceManner, Statement
from firesafe.notices.printing import pdf_of
from firesafe.notices.queries import Notices, awaiting_issue
from firesafe.photos.models import Photo, PhotoState
from firesafe.reports.models import HazardReport
from firesafe.reports.rules import ReportState
from tests.demo.conftest import AT, SEED, opened
from tests.makers import HANBIN, PINGLI, make_factory, make_officer
from tests.notices.printed import Printed

TODAY = county_day(AT)
SECRET = {  # what is made by chance that nobody may guess
    "officers": {"password_hash"},
    "factories": {"door_code"},
    "invitations": {"token_hash"},
    "door_passes": {"code_hash"},
    "sign_ins": {"token_hash"},
    "notices": {"check_code", "pdf_key", "pdf_sha256"},
    "services": {"pdf_key", "pdf_sha256"},
}


def count(session, *criteria, of=Inspection):
    return session.scalar(select(func.count()).select_from(of).where(*criteria))


@pytest.mark.parametrize("make", [make_officer, make_factory])
def test_it_is_never_loaded_over_anything(session, services, make):
    make(session)
    session.commit()

    with pytest.raises(RuleBroken):
        load_demo(services, seed=SEED, at=AT)
    assert session.scalar(select(func.count(Officer.id))) == (make is make_officer)


def test_two_counties_have_their_people_and_factories(rows):
    posts = Counter(rows.scalars(select(Officer.post)))

    assert count(rows, of=Factory) == 24
    assert set(rows.scalars(select(Factory.county_code))) == {PINGLI, HANBIN}
    assert set(posts) == set(Post)
    assert posts[Post.INSPECTOR] >= 4
    assert posts[Post.FACTORY_MANAGER] >= 3
    assert count(rows, of=FactoryManager) > posts[Post.FACTORY_MANAGER]
    assert not count(rows, Officer.must_change_password, of=Officer)


def test_findings_stand_in_every_state(rows):
    findings = rows.scalars(select(Finding)).all()
    left = [days_left(each.due_on, TODAY) for each in findings if each.due_on]

    assert {each.state for each in findings} == set(FindingState)
    assert any(each.failed_rechecks for each in findings)
    assert count(rows, Notice.state == NoticeState.CLOSED, of=Notice) == 1
    assert any(days < 0 for days in left)
    assert any(0 <= days <= 3 for days in left)
    assert any(days > 3 for days in left)
    assert any(each.put_right_on_the_spot for each in findings)
    assert any(each.is_suspected_major and each.state is FindingState.OPEN for each in findings)


def test_visits_are_found_in_every_state(rows):
    states = set(rows.scalars(select(Inspection.state)))
    clean = Inspection.score == 100
    drafts = rows.scalars(select(Inspection).where(Inspection.state == InspectionState.DRAFT))
    progress = progress_of(rows, [draft.id for draft in drafts]).values()

    assert states == set(InspectionState)
    assert 41 in {each.answered for each in progress}
    assert count(rows, Inspection.refused_at.is_not(None)) == 1
    assert count(rows, of=Correction) == 1
    assert count(rows, clean, Inspection.closed_at.is_not(None)) >= 1
    assert len(set(rows.scalars(select(Inspection.mark).where(Inspection.mark.is_not(None))))) == 4


def test_photographs_are_developed_and_papers_printed(rows):
    assert 60 <= count(rows, of=Photo) <= 80
    assert count(rows, Photo.state != PhotoState.READABLE, of=Photo) == 0
    assert count(rows, Job.state != JobState.DONE, of=Job) == 0
    assert count(rows, Notice.pdf_key.is_(None), of=Notice) == 0


def test_the_chiefs_find_work_in_their_inboxes(rows):
    chiefs = rows.scalars(select(Officer).where(Officer.post == Post.SECTION_CHIEF)).all()
    waiting = [(chief, visit) for chief in chiefs for visit in rows.scalars(awaiting_issue(chief))]
    days = [days_until_issue(visit, TODAY) for _chief, visit in waiting]
    desks = [desk_of(rows, visit, chief) for chief, visit in waiting]

    assert min(days) < 0
    assert 0 in days
    assert max(days) > 0
    assert all(desk.may_issue for desk in desks)
    assert {check.weight for desk in desks for check in desk.checks} == set(Weight) - {Weight.BAR}


def test_one_photograph_was_used_twice_and_no_other_looks_alike(rows):
    visits = rows.scalars(select(Inspection))
    alike = [each for visit in visits for each in reused_photos(rows, visit, within=LIKENESS_BITS)]

    assert [each.checkpoint_code for each in alike] == ["A3-02", "A3-02"]
    assert all(each.is_same for each in alike)


def test_numbers_follow_the_dates_without_a_gap(rows):
    series: dict[tuple, list[int]] = {}
    for notice in rows.scalars(select(Notice).order_by(Notice.issued_at, Notice.id)):
        key = (notice.issuer_id, notice.kind, notice.year)
        series.setdefault(key, []).append(notice.sequence)

    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in series.values())
    assert {kind for _issuer, kind, _year in series} == set(PaperKind)
    assert count(rows, Notice.state == NoticeState.WITHDRAWN, of=Notice) == 2


@pytest.mark.parametrize("kind", list(PaperKind))
def test_each_kind_of_paper_bears_its_number(rows, loaded, kind):
    query = select(Notice).where(Notice.kind == kind).order_by(Notice.id.desc()).limit(1)
    notice = rows.scalars(query).one()

    pdf = Printed(pdf_of(loaded, notice.id))

    assert notice.number in pdf.text


def test_notices_were_served_in_every_manner_and_one_is_late(rows):
    manners = set(rows.scalars(select(Service.manner)))
    chiefs = rows.scalars(select(Officer).where(Officer.post == Post.SECTION_CHIEF)).all()
    late_day = late_to_serve(TODAY, 3)
    late = [
        Notices.visible_to(chief).to_be_served().issued_by_end_of(late_day).count(rows)
        for chief in chiefs
    ]

    assert manners == set(ServiceManner)
    assert sum(late) >= 1
    assert count(rows, Service.pdf_key.is_(None), of=Service) == 0


def test_everybody_signs_who_should(rows):
    handed_in = count(rows, Inspection.state == InspectionState.HANDED_IN)
    closed = count(rows, Inspection.state == InspectionState.CLOSED)

    assert count(rows, of=Signature) == 3 * (closed + handed_in) - 1


def test_the_same_seed_gives_the_same_rows_on_the_other_database(loaded, tmp_path, request):
    if request.config.getoption("--engine"):
        pytest.skip("compares the two databases")
    with request.getfixturevalue("cluster").clean_database() as url:
        settings = Settings(instance=tmp_path, secret_key="s" * 40, database_url=url)
        with opened(settings) as again:
            load_demo(again, seed=SEED, at=AT)
            for table in Base.metadata.sorted_tables:
                assert told(again, table) == told(loaded, table), table.name


def told(services: Services, table: Table) -> list[tuple]:
    """Return what a table says, but for what must not be guessed."""
    columns = [each for each in table.columns if each.name not in SECRET.get(table.name, ())]
    with services.get(Database).reading() as session:
        query = select(*columns).order_by(*table.primary_key.columns)
        lines = [tuple(row) for row in session.execute(query)]
        codes = session.scalars(select(Notice.check_code)).all()
    return [tuple(_without(value, codes) for value in line) for line in lines]


def _without(value: object, codes: list[str]) -> object:
    """Return the value with check codes blotted out, which stand in snapshots too."""
    if not isinstance(value, str):
        return value
    for code in codes:
        value = value.replace(code, "CODE")
    return value


def test_one_report_waits_and_one_led_to_a_visit(rows):
    reports = rows.scalars(select(HazardReport).order_by(HazardReport.reported_at)).all()

    assert [each.state for each in reports] == [ReportState.LOOKED_INTO, ReportState.NEW]
    assert reports[0].inspection.opened_at > reports[0].reported_at
    assert all(each.photos for each in reports)


def test_a_view_waits_to_be_read_and_an_entry_of_a_referral_was_corrected(rows):
    view = rows.scalars(select(Statement)).one()
    corrected = rows.scalars(
        select(ReferralStep).where(ReferralStep.replaces_id.is_not(None))
    ).one()

    assert view.read_at is None
    assert corrected.reason
    assert corrected.receiver == "秦某"
