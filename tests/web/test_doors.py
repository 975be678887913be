"""The session a page reads from, and the unit of work it writes in."""

import pytest
from sqlalchemy import select

from firesafe.core.db import Database
from firesafe.core.errors import RuleBroken
from firesafe.districts.models import Town
from firesafe.web.doors import allow, reading, service, unit_of_work
from tests.makers import PINGLI


@pytest.fixture
def request_context(app):
    with app.test_request_context():
        yield


def town_names():
    return reading().scalars(select(Town.name)).all()


def add_town(name):
    with unit_of_work() as session:
        session.add(Town(county_code=PINGLI, name=name))


@pytest.mark.usefixtures("request_context")
class TestDoors:
    def test_one_request_reads_from_one_session(self):
        assert reading() is reading()

    def test_a_page_reads_what_its_own_work_has_left_behind(self):
        assert town_names() == []

        add_town("老县镇")

        assert town_names() == ["老县镇"]

    def test_a_unit_of_work_that_stumbles_leaves_nothing(self):
        with pytest.raises(RuleBroken), unit_of_work() as session:
            session.add(Town(county_code=PINGLI, name="老县镇"))
            session.flush()
            raise RuleBroken("No.")

        assert town_names() == []

    def test_a_lasting_object_is_found_by_its_type(self, database):
        assert service(Database) is database


def test_the_end_of_a_request_lets_go_of_its_session(app, database):
    with app.test_request_context():
        town_names()
        assert database.reader.pool.checkedout() == 1

    assert database.reader.pool.checkedout() == 0


def test_a_page_declares_what_it_asks_for():
    @allow("notice:issue")
    def view():
        return "in"

    assert (view.permission, view()) == ("notice:issue", "in")
