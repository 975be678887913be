"""The register leaving the service as a table; who took it and why is kept in the trail."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, g, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Row, Select

from firesafe.core.clock import county_day, now
from firesafe.core.db import Database
from firesafe.core.errors import RuleBroken
from firesafe.core.permissions import Permission
from firesafe.factories.actions import note_export
from firesafe.factories.cells import reader_of, table_of
from firesafe.factories.entry import TABLE_COLUMNS
from firesafe.factories.forms import ExportForm
from firesafe.factories.labels import table_wording
from firesafe.factories.narrowing import Narrowing
from firesafe.factories.policy import may_export_clear
from firesafe.factories.sheets import EXCEL, FACTORY_WIDTHS, ROWS_AT_ONCE, Sheet, csv_parts, xlsx
from firesafe.web.doors import allow, reading, service, unit_of_work
from firesafe.web.downloads import saved_as
from firesafe.web.errors import sentence_of
from firesafe.web.paging import page_of

bp = Blueprint("exports", __name__)


@bp.route("/factories/export", methods=["GET", "POST"])
@allow(Permission.FACTORY_READ)
def choose() -> ResponseReturnValue:
    """Ask how the filtered register is to leave the service, note it, and hand it over."""
    asked, form = Narrowing.asked(), ExportForm()
    if not form.validate_on_submit():
        return _export_page(form, asked), 422 if form.errors else 200
    try:
        with unit_of_work() as session:
            note_export(
                session, by=g.officer, at=now(), form=form.form.data, reason=form.given_reason,
                **asked.given,
            )  # fmt: skip
    except RuleBroken as fault:
        form.reason.errors = [sentence_of(fault)]
        return _export_page(form, asked), 422
    return _table(asked, form.form.data, is_masked=form.given_reason is None)


def _export_page(form: ExportForm, asked: Narrowing) -> str:
    page = page_of(reading(), asked.factories(g.officer).by_name(), 1, size=1)
    return render_template(
        "factories/export.html",
        form=form,
        page=page,
        asked=asked,
        may_have_clear=may_export_clear(g.officer),
        list_address=url_for("factories.index", **asked.given),
    )


def _table(asked: Narrowing, form: str, *, is_masked: bool) -> Response:
    """Hand the table over; CSV is sent while it is read."""
    wording = table_wording()
    headings = [wording.headings[column] for column in TABLE_COLUMNS]
    cells = reader_of(wording, is_masked=is_masked)
    rows = _rows(service(Database), table_of(asked.factories(g.officer)))
    name = f"{_('Factories')}-{county_day(now()):%Y%m%d}"
    if form == "csv":
        answer = Response(csv_parts(headings, map(cells, rows)), mimetype="text/csv")
        return saved_as(answer, f"{name}.csv")
    file = xlsx([Sheet(_("Factories"), headings, map(cells, rows), FACTORY_WIDTHS)])
    return send_file(file, mimetype=EXCEL, as_attachment=True, download_name=f"{name}.xlsx")


def _rows(database: Database, table: Select[Any]) -> Iterator[Row[Any]]:
    """Yield rows from a session that lasts as long as the sending."""
    with database.reading() as session:
        found = session.connection().execute(table.execution_options(yield_per=ROWS_AT_ONCE))
        for part in found.partitions():
            yield from part
