"""Every number of a year: that none is missing, which are void, and how the year was closed."""

from flask import Blueprint, g, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from firesafe.core.clock import county_day, now
from firesafe.core.permissions import Permission
from firesafe.core.settings import Settings
from firesafe.factories.sheets import EXCEL, Sheet, xlsx
from firesafe.notices.desk import late_to_serve
from firesafe.notices.kinds import PaperKind
from firesafe.notices.models import NOTICE_STATE_NAMES, PAPER_NAMES, NoticeState, NumberSeries
from firesafe.notices.series import (
    Line,
    all_numbers,
    lines_of,
    one_series,
    tallies_of,
    void_numbers,
)
from firesafe.web.doors import allow, reading, service
from firesafe.web.paging import Page, cut

bp = Blueprint("numbers", __name__)

WIDTHS = (32, 18, 28, 12, 10, 32)


@bp.get("/notices/years/<int:year>")
@allow(Permission.NOTICE_READ)
def year(year: int) -> ResponseReturnValue:
    """Show the series of a year: last numbers, states, gaps, and how the year was closed."""
    return render_template(
        "notices/year.html",
        year=year,
        this_year=county_day(now()).year,
        tallies=tallies_of(reading(), g.officer, year),
        names=PAPER_NAMES,
        states=NOTICE_STATE_NAMES,
        shown=list(NoticeState),
    )


@bp.get("/notices/years/<int:year>/<int:issuer_id>/<string:kind>")
@allow(Permission.NOTICE_READ)
def series(year: int, issuer_id: int, kind: str) -> ResponseReturnValue:
    """Show every number of one series from the first to the last, or the void ones alone."""
    found = _series(year, issuer_id, kind)
    is_void = request.args.get("only") == "void"
    return render_template(
        "notices/series.html",
        series=found,
        is_void=is_void,
        page=_page(found, is_void=is_void),
        names=PAPER_NAMES,
        states=NOTICE_STATE_NAMES,
        late_day=late_to_serve(county_day(now()), service(Settings).service_days),
    )


@bp.get("/notices/years/<int:year>/<int:issuer_id>/<string:kind>/xlsx")
@allow(Permission.NOTICE_READ)
def table(year: int, issuer_id: int, kind: str) -> ResponseReturnValue:
    """Hand out every number of one series as an Excel file."""
    found = _series(year, issuer_id, kind)
    name = _(PAPER_NAMES[found.kind])
    headings = [
        _("Number"),
        _("Kind"),
        _("Factory"),
        _("Issued on"),
        _("State"),
        _("Withdrawn by"),
    ]
    rows = (_cells(line, name) for line in all_numbers(reading(), found))
    file = xlsx([Sheet(f"{found.year}", headings, rows, WIDTHS)])
    file_name = f"{name}-{found.issuer.abbreviation}-{found.year}.xlsx"
    return send_file(file, mimetype=EXCEL, as_attachment=True, download_name=file_name)


def _series(year: int, issuer_id: int, kind: str) -> NumberSeries:
    known = PaperKind(kind) if kind in set(PaperKind) else None
    return one_series(reading(), g.officer, issuer_id, known, year)


def _page(found: NumberSeries, *, is_void: bool) -> Page[Line]:
    number = request.args.get("page", 1, type=int)
    if is_void:
        return cut(void_numbers(reading(), found), number)
    numbers = cut(range(1, found.last + 1), number)
    lines = lines_of(reading(), found, numbers.rows)
    return Page(lines, numbers.number, numbers.count, is_more=False)


def _cells(line: Line, kind: str) -> tuple[str, ...]:
    if line.notice is None:
        return line.number, kind, "", "", _("Missing"), ""
    notice = line.notice
    return (
        notice.number,
        kind,
        notice.inspection.factory.name,
        notice.issued_on.isoformat(),
        _(NOTICE_STATE_NAMES[notice.state]),
        line.withdrawn_by,
    )
