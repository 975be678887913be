from datetime import date, timedelta

from sqlalchemy import event

from firesafe.findings.actions import set_deadlines
from firesafe.findings.queries import findings_of
from firesafe.findings.standing import standings_of
from tests.makers import MONDAY, make_closed_inspection, make_factory

TODAY = date(2026, 11, 30)


def test_a_factory_stands_by_its_last_visit_and_what_is_open(session):
    factory = make_factory(session)
    make_closed_inspection(session, factory=factory, failed=(), at=MONDAY - timedelta(days=30))
    visit = make_closed_inspection(session, factory=factory, failed=("A3-02", "P2-01"))
    set_deadlines(session, findings_of(session, visit), received_on=MONDAY.date())

    standing = standings_of(session, [factory.id], TODAY)[factory.id]

    assert standing.squares.count("fail") == 2
    assert standing.squares[2] == "fail"  # A3, the third item
    assert (standing.score, standing.open_count) == (visit.score, 2)
    assert standing.days_left == -7  # A3-02 was to be put right on the spot


def test_a_factory_that_was_never_visited_has_sixteen_open_squares(session):
    factory = make_factory(session)

    standing = standings_of(session, [factory.id], TODAY)[factory.id]

    assert standing.squares == ("open",) * 16
    assert (standing.visited_at, standing.open_count, standing.days_left) == (None, 0, None)


def test_what_is_closed_counts_no_more(session):
    failed = {"A2-03": {"put_right_on_the_spot": True}}
    visit = make_closed_inspection(session, failed=failed)

    standing = standings_of(session, [visit.factory_id], TODAY)[visit.factory_id]

    assert standing.open_count == 0


def test_many_factories_cost_no_more_queries_than_one(session, database):
    ids = [make_closed_inspection(session).factory_id for _each in range(3)]
    session.commit()
    asked = []
    event.listen(database.reader, "before_cursor_execute", lambda *args: asked.append(args[2]))

    with database.reading() as reading:
        assert len(standings_of(reading, ids, TODAY)) == 3

    assert len([words for words in asked if words.startswith("SELECT")]) == 2
