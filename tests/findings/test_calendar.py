"""The calendar against the State Council's published lists, written down here independently."""

from datetime import UTC, date, datetime, timedelta

import pytest

from firesafe.findings import cli
from firesafe.findings.calendar import is_published, is_working_day, missing_year

# Notices 国办发明电〔2024〕12号 and 国办发明电〔2025〕7号: free from day to day, and the
# Saturdays and Sundays that are worked instead.
FREE = {
    2025: ["0101", "0128-0204", "0404-0406", "0501-0505", "0531-0602", "1001-1008"],
    2026: ["0101-0103", "0215-0223", "0404-0406", "0501-0505", "0619-0621", "0925-0927",
           "1001-1007"],
}  # fmt: skip
WORKED = {
    2025: ["0126", "0208", "0427", "0928", "1011"],
    2026: ["0104", "0214", "0228", "0509", "0920", "1010"],
}


def day_of(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def listed_free(year: int) -> set[date]:
    free = set()
    for span in FREE[year]:
        first, last = (day_of(year, end) for end in (span[:4], span[-4:]))
        free |= {first + timedelta(days=n) for n in range((last - first).days + 1)}
    return free


@pytest.mark.parametrize("year", FREE)
def test_every_day_of_a_year_is_as_the_state_council_published_it(year):
    free, worked = listed_free(year), {day_of(year, text) for text in WORKED[year]}
    wrong = []
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in worked or (day.weekday() < 5 and day not in free)
        if is_working_day(day) != expected:
            wrong.append(day)
        day += timedelta(days=1)

    assert wrong == []


def test_2027_knows_weekends_until_its_list_is_there():
    """New Year's Day is a Friday: free by any list, and worked as long as there is none."""
    assert is_working_day(date(2027, 1, 1)) is not is_published(2027)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2025, 12, 1), None),
        (date(2098, 11, 30), 2098),
        (date(2098, 12, 1), 2098),
        (date(2026, 1, 1), None),
    ],
)
def test_a_year_that_is_not_known_is_missed(today, missing):
    assert missing_year(today) == missing


@pytest.mark.skipif(is_published(2027), reason="the list of 2027 is there")
def test_next_year_is_missed_from_the_first_of_december_on():
    assert missing_year(date(2026, 11, 30)) is None
    assert missing_year(date(2026, 12, 1)) == 2027


def test_the_command_shows_what_differs_from_monday_to_friday(app):
    shown = app.test_cli_runner().invoke(args=["calendar", "show", "2026"]).output.splitlines()

    assert "2026-02-14 Sat worked" in shown
    assert "2026-02-16 Mon free" in shown
    assert len(shown) == sum(day.weekday() < 5 for day in listed_free(2026)) + len(WORKED[2026])


def test_the_command_fails_when_a_year_is_missing(app, monkeypatch):
    run = app.test_cli_runner()
    monkeypatch.setattr(cli, "now", lambda: datetime(2098, 5, 1, tzinfo=UTC))

    failed = run.invoke(args=["calendar", "check"])

    assert failed.exit_code == 1
    assert "2098" in failed.output
    assert run.invoke(args=["calendar", "show", "2098"]).exit_code == 1
