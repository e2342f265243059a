"""An empty workbook to fill in: drop-downs for codes, room in the columns, and a sheet that explains them."""

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from citysolidarity.desk.tables import write_xlsx
from practices.entries.differences import label_of
from practices.entries.help_texts import HELP
from practices.models import City, Practice
from practices.models.entries.record import FIELDS
from practices.spreadsheets.columns import CODES, ONE_CODE, header
from practices.spreadsheets.sheets import MOST_ROWS
from practices.vocabularies.languages import LANGUAGES, name_of

CODES_SHEET = "Codes"


def template() -> bytes:
    columns = [name for name in header(1) if not name.startswith("(") and name != "revision"]
    columns.insert(columns.index("city") + 1, "country")
    return write_xlsx([columns], "practices", explain)


def explain(book, sheet, columns: list[str]) -> None:
    """Adds the sheet of codes and the drop-downs that point into it."""
    lists = lists_of()
    codes = book.create_sheet(CODES_SHEET)
    for letter, width in zip("ABCD", (22, 34, 30, 70), strict=True):
        codes.column_dimensions[letter].width = width
    codes.append([_("column"), _("its name at the desk"), _("code"), _("what it means")])
    line = 2
    ranges = {}
    for name in columns:
        if choices := lists.get(name):
            ranges[name] = (line, line + len(choices) - 1)
            rows = [[name, _label(name), str(code), str(label)] for code, label in choices]
        else:
            rows = [[name, _label(name), None, about(name)]]
        for row in rows:
            codes.append(row)
        line += len(rows)
    for name, (first, last) in ranges.items():
        letter = get_column_letter(columns.index(name) + 1)
        choice = DataValidation("list", formula1=f"{CODES_SHEET}!$C${first}:$C${last}", allow_blank=True)
        # Several words may stand in a cell, parted by commas: the list is an offer.
        choice.showErrorMessage = name not in CODES and name not in ("city", "language")
        choice.error = _("Choose from the list. The sheet “Codes” explains it.")
        choice.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.data_validations.append(choice)


def lists_of() -> dict[str, list[tuple]]:
    lists = {name: Practice._meta.get_field(name).vocabulary.choices for name in CODES}
    lists |= {
        name: [(code, str(label)) for code, label in Practice._meta.get_field(name).flatchoices if code is not None]
        for name in ONE_CODE
    }
    lists["language"] = [(code, name_of(code)) for code in LANGUAGES]
    lists["city"] = [(city.slug, str(city)) for city in City.objects.listed().in_name_order()]
    return lists


def _label(name: str) -> str:
    return label_of(name) if name in FIELDS else ""


def about(name: str) -> str:
    told = {
        "slug": _("Leave it empty for a new entry: its address is made of title and city."),
        "revision": _("Keep this: it shows whether someone has changed the entry since then."),
        "country": _("Needed where the city is not in the list of the column “city”: its name, or two letters."),
    }
    if name in told:
        return told[name]
    if name.startswith("("):
        return _("For reading only: an import passes over it.")
    return str(HELP.get(name, ""))
