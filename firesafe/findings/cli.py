"""``firesafe calendar``: are the holidays known that deadlines need, and which days are they."""

from datetime import date, timedelta

import click
from flask.cli import AppGroup

from firesafe.core.clock import county_day, now
from firesafe.findings.calendar import SATURDAY, is_published, is_working_day, missing_year

calendar_commands = AppGroup("calendar", help="China's working days, by which deadlines count.")


@calendar_commands.command("check", with_appcontext=False)
def check() -> None:
    """Tell whether a year's holidays are missing that should be known by now: exit code 1."""
    year = missing_year(county_day(now()))
    if year is not None:
        raise click.ClickException(
            f"The State Council's holidays of {year} are not known to this version. "
            "Install the next one; until then Monday to Friday count as working days."
        )
    click.echo("All holidays that should be known by now are.")


@calendar_commands.command("show", with_appcontext=False)
@click.argument("year", type=click.IntRange(2000, 2099))
def show(year: int) -> None:
    """Print the days of YEAR on which working differs from Monday to Friday."""
    if not is_published(year):
        raise click.ClickException(f"The holidays of {year} are not known to this version.")
    day = date(year, 1, 1)
    while day.year == year:
        is_worked = is_working_day(day)
        if is_worked != (day.weekday() < SATURDAY):
            click.echo(f"{day:%Y-%m-%d %a} {'worked' if is_worked else 'free'}")
        day += timedelta(days=1)
