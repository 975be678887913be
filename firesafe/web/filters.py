"""How moments, days, shares and phones are shown on the screen."""

from datetime import date, datetime

from flask import Flask
from flask_babel import gettext

from firesafe.core.clock import county_day, county_time, now


def day(value: date | datetime | None) -> str:
    """Show a day; the year only when it is another than this one."""
    if value is None:
        return ""
    value = county_day(value) if isinstance(value, datetime) else value
    parts = {"day": value.day, "month": value.month, "year": value.year}
    if value.year == county_day(now()).year:
        return str(gettext("%(day)s/%(month)s", **parts))
    return str(gettext("%(day)s/%(month)s/%(year)s", **parts))


def clock(value: datetime | None) -> str:
    """Show the time of day in Ankang as 14:32."""
    return "" if value is None else county_time(value).strftime("%H:%M")


def moment(value: datetime | None) -> str:
    """Show day and time."""
    return "" if value is None else f"{day(value)} {clock(value)}"


def percent(share: float | None) -> str:
    """Show a share from 0 to 1 as a whole percentage."""
    return "" if share is None else f"{round(share * 100)}%"


def masked_phone(phone: str | None) -> str:
    """Show a phone number with its middle hidden: 138****0000."""
    if not phone or len(phone) < 7:
        return phone or ""
    return f"{phone[:3]}****{phone[-4:]}"


def add_filters(app: Flask) -> None:
    """Give the templates their filters."""
    for function in (day, clock, moment, percent, masked_phone):
        app.add_template_filter(function)
