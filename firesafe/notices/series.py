"""The series of numbers: every number of a year with its paper, and the year's close.

That nothing is missing is not claimed but counted: what was given out against what is there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from firesafe.accounts.models import Officer
from firesafe.audit.events import Event
from firesafe.audit.trail import record
from firesafe.core.clock import county_day
from firesafe.core.errors import NotFound
from firesafe.jobs.worker import Work, job
from firesafe.notices.kinds import CLOSE_JOB, LETTER_KINDS, PaperKind
from firesafe.notices.models import Issuer, Notice, NoticeState, NumberSeries, YearClose
from firesafe.notices.rules import number_text
from firesafe.notices.wording import wording

ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One number of a series; a number without a paper would be a gap."""

    sequence: int
    number: str
    notice: Notice | None
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A series as it stands: how many papers there are in each state, and how it was closed."""

    series: NumberSeries
    states: Counter[NoticeState]
    close: YearClose | None

    @property
    def missing(self) -> int:
        """How many numbers were given out and have no paper: none, or somebody tampered."""
        return self.series.last - sum(self.states.values())


def series_visible_to(officer: Officer) -> Select[Any]:
    """Return the series of the officer's county, or of all for the city."""
    rows = select(NumberSeries).join(Issuer, NumberSeries.issuer_id == Issuer.id)
    if not officer.is_city_wide:
        rows = rows.where(Issuer.county_code == officer.county_code)
    return rows.order_by(Issuer.county_code, NumberSeries.kind)


def one_series(
    session: Session, officer: Officer, issuer_id: int, kind: PaperKind | None, year: int
) -> NumberSeries:
    """Return a series.

    Raises:
        NotFound: there is none, or not within the officer's sight.
    """
    rows = series_visible_to(officer).where(
        NumberSeries.issuer_id == issuer_id, NumberSeries.kind == kind, NumberSeries.year == year
    )
    found: NumberSeries | None = session.scalar(rows)
    if found is None:
        raise NotFound("There is no such series of numbers in your county.")
    return found


def tallies_of(session: Session, officer: Officer, year: int) -> list[Tally]:
    """Return how the series of a year stand, in three queries whatever their number."""
    series = session.scalars(series_visible_to(officer).where(NumberSeries.year == year)).all()
    states = _states_of(session, year, {each.issuer_id for each in series})
    closes = {
        (each.issuer_id, each.kind): each
        for each in session.scalars(select(YearClose).where(YearClose.year == year))
    }
    return [
        Tally(
            each,
            states.get((each.issuer_id, each.kind), Counter()),
            closes.get((each.issuer_id, each.kind)),
        )
        for each in series
    ]


def lines_of(session: Session, series: NumberSeries, numbers: Iterable[int]) -> list[Line]:
    """Return these numbers of a series with their papers, in two queries."""
    wanted = list(numbers)
    rows = select(Notice).where(*_of_series(series), Notice.sequence.in_(wanted))
    papers = {notice.sequence: notice for notice in session.scalars(rows)}
    void = [each.id for each in papers.values() if each.state is NoticeState.WITHDRAWN]
    by = _withdrawn_by(session, void)
    return [
        Line(each, _number(series, each), papers.get(each), _of(by, papers.get(each)))
        for each in wanted
    ]


def all_numbers(session: Session, series: NumberSeries) -> Iterator[Line]:
    """Yield every number from the first to the last."""
    for first in range(1, series.last + 1, ROWS_AT_ONCE):
        numbers = range(first, min(first + ROWS_AT_ONCE, series.last + 1))
        yield from lines_of(session, series, numbers)


def void_numbers(session: Session, series: NumberSeries) -> list[Line]:
    """Return the numbers whose papers were withdrawn, with what withdrew them."""
    found = select(Notice.sequence).where(
        *_of_series(series), Notice.state == NoticeState.WITHDRAWN
    )
    return lines_of(session, series, session.scalars(found.order_by(Notice.sequence)).all())


def close_years(session: Session, *, at: datetime) -> None:
    """Freeze how the series of past years stood when their year was over; each is frozen once."""
    this_year = county_day(at).year
    frozen = select(YearClose.issuer_id, YearClose.kind, YearClose.year)
    known = {tuple(row) for row in session.execute(frozen)}
    rows = select(NumberSeries).where(NumberSeries.year < this_year)
    open_ones = [
        each
        for each in session.scalars(rows)
        if (each.issuer_id, each.kind, each.year) not in known
    ]
    for year in sorted({each.year for each in open_ones}):
        of_year = [each for each in open_ones if each.year == year]
        states = _states_of(session, year, {each.issuer_id for each in of_year})
        for series in of_year:
            counts = states.get((series.issuer_id, series.kind), Counter())
            session.add(_frozen(series, counts, at))
        for issuer_id in sorted({each.issuer_id for each in of_year}):
            _note_closed(session, session.get_one(Issuer, issuer_id), year, at)


@job(CLOSE_JOB, daily=True)
def close_years_asked(work: Work) -> None:
    """Freeze the numbers of a year on the first day after it."""
    with work.database.writing() as session:
        close_years(session, at=work.at)


def _frozen(series: NumberSeries, counts: Counter[NoticeState], at: datetime) -> YearClose:
    return YearClose(
        issuer_id=series.issuer_id,
        kind=series.kind,
        year=series.year,
        last=series.last,
        counts={state.value: counts[state] for state in NoticeState},
        closed_at=at,
    )


def _note_closed(session: Session, issuer: Issuer, year: int, at: datetime) -> None:
    record(
        session,
        Event.YEAR_CLOSED,
        by=None,
        county=issuer.county_code,
        subject=f"issuer:{issuer.id}",
        at=at,
        year=year,
    )


def _of_series(series: NumberSeries) -> tuple[ColumnElement[bool], ...]:
    return (
        Notice.issuer_id == series.issuer_id,
        Notice.kind == series.kind,
        Notice.year == series.year,
    )


def _states_of(
    session: Session, year: int, issuer_ids: set[int]
) -> dict[tuple[int, PaperKind], Counter[NoticeState]]:
    rows = (
        select(Notice.issuer_id, Notice.kind, Notice.state, func.count())
        .where(Notice.year == year, Notice.issuer_id.in_(issuer_ids))
        .group_by(Notice.issuer_id, Notice.kind, Notice.state)
    )
    counts: dict[tuple[int, PaperKind], Counter[NoticeState]] = {}
    for issuer_id, kind, state, count in session.execute(rows):
        counts.setdefault((issuer_id, kind), Counter())[state] = count
    return counts


def _of(withdrawn_by: dict[int, str], notice: Notice | None) -> str:
    return withdrawn_by.get(notice.id, "") if notice else ""


def _withdrawn_by(session: Session, notice_ids: list[int]) -> dict[int, str]:
    rows = select(Notice.refers_to_id, Notice.number).where(
        Notice.refers_to_id.in_(notice_ids), Notice.kind == PaperKind.WITHDRAWAL
    )
    return {refers_to: number for refers_to, number in session.execute(rows) if refers_to}


def _number(series: NumberSeries, sequence: int) -> str:
    mark = wording().number_marks[series.kind]
    return number_text(
        series.issuer.abbreviation,
        mark,
        series.year,
        sequence,
        is_letter=series.kind in LETTER_KINDS,
    )
