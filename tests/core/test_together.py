"""One transaction for several who ask at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import event, select

from firesafe.districts.models import Town
from tests.makers import PINGLI
from tests.patience import PATIENCE_SECONDS


class Trouble(Exception):
    pass


def adding(name):
    def add(session):
        session.add(Town(county_code=PINGLI, name=name))
        session.flush()
        return name

    return add


def stumbling(session):
    adding("丙镇")(session)
    raise Trouble


def towns(database):
    with database.reading() as session:
        return session.scalars(select(Town.name).order_by(Town.id)).all()


@pytest.fixture
def commits(database):
    """Hear of every transaction that is committed."""
    heard = []
    event.listen(database.writer, "commit", heard.append)
    return heard


@pytest.fixture
def at_once(database):
    """Return a function that has all ask while somebody else is writing."""

    def asking(*works):
        has_begun, may_end = Event(), Event()

        def hold(_session):
            has_begun.set()
            assert may_end.wait(PATIENCE_SECONDS)

        with ThreadPoolExecutor(len(works) + 1) as threads:
            holding = threads.submit(database.write_together, hold)
            assert has_begun.wait(PATIENCE_SECONDS)
            asked = [threads.submit(database.write_together, work) for work in works]
            while database.is_sqlite and len(database._together._waiting) < len(works):
                assert not any(each.done() for each in asked)
            may_end.set()
            holding.result(PATIENCE_SECONDS)
            return asked

    return asking


def test_each_is_told_what_came_of_his_and_it_is_kept(database, at_once):
    asked = at_once(*[adding(f"{n}镇") for n in range(5)])

    assert [each.result() for each in asked] == [f"{n}镇" for n in range(5)]
    assert set(towns(database)) == {f"{n}镇" for n in range(5)}


def test_those_who_wait_share_a_transaction_where_the_disk_is_synced_for_each(
    database, at_once, commits
):
    at_once(*[adding(f"{n}镇") for n in range(5)])

    assert len(commits) == (1 if database.is_sqlite else 5)  # whoever held wrote nothing


def test_a_fault_reaches_nobody_but_whoever_caused_it(database, at_once):
    good, bad, also_good = at_once(adding("甲镇"), stumbling, adding("乙镇"))

    assert (good.result(), also_good.result()) == ("甲镇", "乙镇")
    with pytest.raises(Trouble):
        bad.result()
    assert set(towns(database)) == {"甲镇", "乙镇"}


def test_a_fault_is_told_to_one_who_is_alone(database):
    with pytest.raises(Trouble):
        database.write_together(stumbling)

    assert towns(database) == []
    assert database.write_together(adding("甲镇")) == "甲镇"


def test_what_one_has_read_is_read_anew_by_the_next(database, at_once):
    with database.writing() as session:
        adding("甲镇")(session)

    def reading(session):
        return session.scalars(select(Town)).one()

    first, second = at_once(reading, reading)

    assert first.result() is not second.result()
