import pytest
from sqlalchemy import select

from firesafe.accounts.posts import Post
from firesafe.audit.events import Event
from firesafe.audit.models import AuditEntry
from firesafe.core.errors import Refused, RuleBroken, Stale
from firesafe.findings.actions import Wording, reword_finding, set_deadlines
from firesafe.findings.models import FindingState
from firesafe.findings.queries import findings_of
from tests.makers import HANBIN, MONDAY, make_closed_inspection, make_officer

TODAY = MONDAY.date()


@pytest.fixture
def finding(session):
    return findings_of(session, make_closed_inspection(session, failed=("P2-01",)))[0]


@pytest.fixture
def chief(session):
    return make_officer(session, post=Post.SECTION_CHIEF)


def wording(finding, **changes):
    names = ("wording", "grade", "bases", "requirement", "grace_days")
    return Wording(**{**{name: getattr(finding, name) for name in names}, **changes})


def reword(session, finding, by, version=1, **changes):
    words = wording(finding, **changes)
    reword_finding(session, finding, words, version=version, by=by, at=MONDAY)


def test_a_failed_checkpoint_becomes_a_finding_as_the_standard_words_it(finding):
    assert finding.wording == "门口堆放纸箱约12只。"
    assert finding.grade == "general"
    assert finding.grace_days == 7
    assert finding.bases == ["《中华人民共和国消防法》第十六条第一款第二项"]
    assert finding.state is FindingState.OPEN


def test_what_was_put_right_on_the_spot_is_closed_with_the_visit(session):
    failed = {"A3-02": {"put_right_on_the_spot": True}}
    visit = make_closed_inspection(session, failed=failed)

    assert findings_of(session, visit)[0].state is FindingState.CLOSED


def test_a_suspected_major_hazard_is_never_closed_at_the_visit(session):
    failed = {"P4-04": {"put_right_on_the_spot": True}}
    finding = findings_of(session, make_closed_inspection(session, failed=failed))[0]

    assert finding.is_suspected_major
    assert finding.state is FindingState.OPEN


def test_a_chief_rewords_and_the_trail_keeps_what_it_was(session, finding, chief):
    reword(session, finding, chief, wording="2层缺疏散示意图。", grace_days=3)

    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.event == Event.FINDING_REWORDED)
    ).one()
    assert finding.version == 2
    assert entry.facts["changes"]["grace_days"] == {"was": 7, "is": 3}
    assert set(entry.facts["changes"]) == {"wording", "grace_days"}


def test_the_same_wording_changes_nothing(session, finding, chief):
    reword(session, finding, chief, version=99)

    assert finding.version == 1


def test_a_stale_wording_is_refused(session, finding, chief):
    reword(session, finding, chief, wording="甲。")

    with pytest.raises(Stale, match="P2-01"):
        reword(session, finding, chief, wording="乙。")


def test_a_finding_under_notice_is_not_reworded(session, finding, chief):
    set_deadlines(session, [finding], received_on=TODAY)

    with pytest.raises(RuleBroken, match="Withdraw"):
        reword(session, finding, chief, version=finding.version, wording="甲。")


def test_a_suspected_major_hazard_is_not_played_down(session, chief):
    visit = make_closed_inspection(session, failed=("P4-04",))
    finding = findings_of(session, visit)[0]

    with pytest.raises(RuleBroken, match="fire service"):
        reword(session, finding, chief, grade="serious")


@pytest.mark.parametrize(("post", "county"), [(Post.INSPECTOR, None), (Post.SECTION_CHIEF, HANBIN)])
def test_others_may_not_reword(session, finding, post, county):
    stranger = make_officer(session, post=post, county=county or finding.county_code)

    with pytest.raises(Refused):
        reword(session, finding, stranger, wording="甲。")
