"""What is kept no longer than it must be."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from firesafe.core.errors import NotFound
from firesafe.photos.rules import SMALL
from firesafe.photos.store import Store
from firesafe.reports.actions import Outcome, settle_report
from firesafe.reports.models import HazardReport
from firesafe.reports.pictures import keep_pictures, picture
from firesafe.reports.pruning import prune
from firesafe.reports.rules import PHONE_KEPT, PHONE_KEPT_UNANSWERED, REPORT_KEPT, ReportState
from tests.makers import MONDAY, make_inspection
from tests.notices.visits import make_chief
from tests.photos.pictures import jpeg
from tests.reports.reports import make_report

KEY = "11111111-1111-4111-8111-111111111111"
MOMENT = timedelta(seconds=1)


@pytest.fixture
def store(services):
    return services.get(Store)


@pytest.fixture
def report(session, store):
    photos = keep_pictures(store, KEY, [BytesIO(jpeg())])
    return make_report(session, client_key=KEY, photos=tuple(photos))


def settle(session, report, *, with_visit=False):
    visit = make_inspection(session, factory=report.factory) if with_visit else None
    told = Outcome(ReportState.LOOKED_INTO, "去看过了。", visit.id if visit else None)
    settle_report(session, report, told, by=make_chief(session), at=MONDAY)
    session.commit()


def phones(session):
    session.expire_all()
    return [each.phone for each in session.scalars(select(HazardReport))]


def test_a_number_is_erased_ninety_days_after_its_report_is_dealt_with(
    session, database, store, report
):
    settle(session, report)
    prune(database, store, at=MONDAY + PHONE_KEPT)
    assert phones(session) == ["13700000000"]

    session.commit()
    prune(database, store, at=MONDAY + PHONE_KEPT + MOMENT)

    assert phones(session) == [""]


def test_a_number_that_nobody_ever_needed_goes_after_a_year(session, database, store, report):
    session.commit()

    prune(database, store, at=MONDAY + PHONE_KEPT_UNANSWERED + MOMENT)

    assert phones(session) == [""]


def test_a_report_without_a_visit_goes_after_two_years_with_its_pictures(
    session, database, store, report
):
    name = report.photos[0]
    settle(session, report)
    prune(database, store, at=MONDAY + REPORT_KEPT)
    assert picture(store, KEY, name, SMALL)

    prune(database, store, at=MONDAY + REPORT_KEPT + MOMENT)

    assert phones(session) == []
    with pytest.raises(NotFound):
        picture(store, KEY, name, SMALL)


def test_a_report_that_led_to_a_visit_stays_with_its_case(session, database, store, report):
    settle(session, report, with_visit=True)

    prune(database, store, at=MONDAY + 2 * REPORT_KEPT)

    assert phones(session) == [""]
    assert picture(store, KEY, report.photos[0], SMALL)
