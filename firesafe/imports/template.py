"""The empty table that the county fills in: headings, one example, and a sheet of remarks."""

from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _

from firesafe.core.words import N_
from firesafe.factories.entry import FLAGS
from firesafe.factories.models import BUILDING_USE_NAMES
from firesafe.imports.forms import COLUMN_NAMES
from firesafe.imports.rules import words
from firesafe.imports.workbook import MOST_ROWS

REMARKS = (
    N_("Name, town and building use are needed for a new factory; all else may stay empty."),
    N_("An empty cell changes nothing in a factory that is in the register already."),
    N_("A factory is known by its point number, else by its name and town."),
    N_("Phone numbers, floors and blocks such as 5-1 are safest in cells formatted as text."),
    N_("Delete the example before you upload the table."),
)
_NEEDED = ("name", "town", "building_use")


def template_book() -> BytesIO:
    """Return the template as an Excel file, in the language of the page."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet, remarks = book.add_worksheet(_("Factories")), book.add_worksheet(_("Remarks"))
        head = {"bold": True, "border": 1, "text_wrap": True}
        plain = book.add_format({**head, "bg_color": "#EEEBE4"})
        needed = book.add_format({**head, "bg_color": "#FCEFD7"})
        as_text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(words().in_template) - 1, 16, as_text)
        sheet.freeze_panes(1, 1)
        for place, field in enumerate(words().in_template):
            heading = _(COLUMN_NAMES[field])
            sheet.write_string(0, place, heading, needed if field in _NEEDED else plain)
            sheet.write_string(1, place, words().example.get(field, ""))
            choices = _choices(field)
            if choices:
                check = {"validate": "list", "source": choices, "error_type": "warning"}
                sheet.data_validation(1, place, MOST_ROWS, place, check)
        remarks.set_column(0, 0, 100)
        remarks.write_column(0, 0, [_(remark) for remark in REMARKS])
    file.seek(0)
    return file


def _choices(field: str) -> list[str]:
    if field == "building_use":
        return [_(name) for name in BUILDING_USE_NAMES.values()]
    return [_("Yes"), _("No")] if field in FLAGS else []
