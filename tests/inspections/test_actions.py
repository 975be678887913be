"""What inspectors do with a visit while it can still be changed."""

import pytest
from sqlalchemy import func, select

from firesafe.audit.models import AuditEntry
from firesafe.core.errors import NotFound, Refused, RuleBroken, Stale
from firesafe.inspections.actions import (
    Opening,
    answer_checkpoint,
    attach_photo,
    detach_photo,
    open_inspection,
    void_inspection,
)
from firesafe.inspections.models import (
    Inspection,
    InspectionKind,
    InspectionState,
    PhotoMoment,
)
from firesafe.inspections.queries import answer_of
from firesafe.inspections.rules import MOST_PHOTOS
from firesafe.standard.models import UsedEdition
from tests.makers import (
    HANBIN,
    MONDAY,
    make_factory,
    make_officer,
    make_open_inspection,
    make_photo,
    sign_all,
)

KEY = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def visit(session):
    return make_open_inspection(session)


@pytest.fixture
def write(session, visit):
    """Return a function by which the first inspector writes at a checkpoint."""

    def written(code, *, version=1, by=visit.lead, **changes):
        return answer_checkpoint(session, visit, code, changes, version=version, by=by, at=MONDAY)

    return written


def opened(session, factory, lead, second, *, key=KEY, workers=46):
    opening = Opening(InspectionKind.PLANNED, second, workers_on_shift=workers)
    return open_inspection(session, factory, opening, client_key=key, by=lead, at=MONDAY)


def events(session):
    return session.scalars(select(AuditEntry.event).order_by(AuditEntry.id)).all()


def test_a_visit_begins_with_every_checkpoint_of_the_newest_edition(session, visit):
    assert len(visit.answers) == 67
    assert session.get_one(UsedEdition, visit.edition_code).first_used_at == MONDAY
    assert events(session) == ["inspections:inspection:opened"]


def test_what_does_not_apply_is_preset_with_its_reason(session):
    factory = make_factory(session, has_hydrant=False, footprint_m2=200)

    visit = make_open_inspection(session, factory=factory)

    preset = {answer.checkpoint_code: answer for answer in visit.answers if answer.is_preset}
    assert set(preset) == {"A2-04", "C2-02"}
    assert all(a.verdict == "na" and a.not_applicable_reason for a in preset.values())


def test_a_preset_can_be_overridden(session):
    factory = make_factory(session, has_hydrant=False, footprint_m2=200)
    visit = make_open_inspection(session, factory=factory)

    changes = {"verdict": "pass"}
    answer = answer_checkpoint(
        session, visit, "A2-04", changes, version=1, by=visit.lead, at=MONDAY
    )

    assert (answer.verdict, answer.is_preset) == ("pass", False)


def test_the_same_beginning_twice_is_one_visit(session):
    factory, lead, second = make_factory(session), make_officer(session), make_officer(session)

    first = opened(session, factory, lead, second)

    assert opened(session, factory, lead, second).id == first.id
    assert session.scalar(select(func.count()).select_from(Inspection)) == 1


def test_another_beginning_under_the_same_key_is_refused(session):
    factory, lead, second = make_factory(session), make_officer(session), make_officer(session)
    opened(session, factory, lead, second)

    with pytest.raises(RuleBroken):
        opened(session, factory, lead, second, workers=12)
    with pytest.raises(RuleBroken):
        opened(session, make_factory(session), lead, second)


def test_nobody_inspects_another_county_or_takes_somebody_from_there_along(session):
    lead, stranger = make_officer(session), make_officer(session, county=HANBIN)

    with pytest.raises(Refused):
        opened(session, make_factory(session, county=HANBIN), lead, None)
    with pytest.raises(Refused):
        opened(session, make_factory(session), lead, stranger)


def test_only_the_fields_that_are_named_change(write):
    write("A3-02", verdict="fail", seen="门口堆放纸箱。")

    answer = write("A3-02", version=2, place="2层北侧")

    assert (answer.verdict, answer.seen, answer.place) == ("fail", "门口堆放纸箱。", "2层北侧")
    assert answer.version == 3


def test_figures_choose_the_verdict_and_a_word_overrules_them(write):
    assert write("K1-02", asked_count=5, correct_count=3).verdict == "fail"
    assert write("K1-02", version=2, correct_count=5).verdict == "pass"
    assert write("K1-02", version=3, verdict="fail", remark="答得含糊").verdict == "fail"


def test_figures_that_are_not_complete_choose_nothing(write):
    assert write("K1-02", asked_count=3, correct_count=3).verdict is None


def test_more_right_than_asked_is_refused(write):
    with pytest.raises(RuleBroken):
        write("K1-02", asked_count=5, correct_count=6)


def test_whoever_saw_an_older_state_is_told_who_changed_it(visit, write):
    write("A1-01", verdict="fail", by=visit.second)

    with pytest.raises(Stale) as stale:
        write("A1-01", verdict="pass")

    assert stale.value.words == {"name": "李测试", "code": "A1-01", "clock": "10:00"}


def test_a_change_that_is_there_already_is_no_second_change(write):
    write("A1-01", verdict="pass")

    assert write("A1-01", verdict="pass").version == 2


def test_a_colleague_who_is_not_on_the_visit_writes_nothing(session, write):
    with pytest.raises(Refused):
        write("A1-01", verdict="pass", by=make_officer(session))


def test_there_are_no_other_checkpoints(write):
    with pytest.raises(NotFound):
        write("A9-01", verdict="pass")


def test_what_is_changed_after_signing_takes_the_signatures_back(session, visit, write):
    sign_all(session, visit)

    write("A1-01", verdict="pass")

    assert visit.signatures == []


def test_a_photograph_belongs_to_a_checkpoint_once(session, visit):
    sha256 = make_photo(session, by=visit.lead)

    for _each in range(2):
        attach_photo(session, visit, "A3-02", sha256, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)

    answer = answer_of(session, visit, "A3-02")
    assert [photo.sha256 for photo in answer.photos] == [sha256]
    assert answer.version == 1


def test_a_photograph_may_be_attached_before_it_arrives(session, visit):
    attach_photo(session, visit, "A3-02", "0" * 64, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)

    answer = answer_of(session, visit, "A3-02")
    assert [photo.sha256 for photo in answer.photos] == ["0" * 64]


def test_a_checkpoint_takes_so_many_photographs(session, visit):
    def attach():
        sha256 = make_photo(session, by=visit.lead)
        attach_photo(session, visit, "A3-02", sha256, PhotoMoment.FOUND, by=visit.lead, at=MONDAY)

    for _each in range(MOST_PHOTOS):
        attach()

    with pytest.raises(RuleBroken):
        attach()


def test_a_photograph_is_taken_away_again(session, visit):
    sha256 = make_photo(session, by=visit.lead)
    where = (session, visit, "A3-02", sha256, PhotoMoment.FOUND)
    attach_photo(*where, by=visit.lead, at=MONDAY)

    for _each in range(2):
        detach_photo(*where, by=visit.lead, at=MONDAY)

    assert answer_of(session, visit, "A3-02").photos == []


def test_a_draft_is_given_up_with_a_reason(session, visit):
    with pytest.raises(RuleBroken):
        void_inspection(session, visit, reason="  ", by=visit.lead, at=MONDAY)

    void_inspection(session, visit, reason="去错了厂", by=visit.lead, at=MONDAY)

    assert (visit.state, visit.void_reason) == (InspectionState.VOID, "去错了厂")
    with pytest.raises(Refused):
        void_inspection(session, visit, reason="再来", by=visit.lead, at=MONDAY)
