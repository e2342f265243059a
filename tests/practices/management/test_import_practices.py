"""The command that imports practices: any size, in time, all rows or none."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from practices.models import Practice
from practices.spreadsheets import write_xlsx
from tests.modules import seconds
from tests.people import a_city, a_practice
from tests.practices.spreadsheets.sheets import ROW, exported, rows_of, sheet

pytestmark = pytest.mark.django_db
ROWS = 5_000
SECONDS = 30  # of this process, so that a busy machine does not count


def run(path, **options):
    out = StringIO()
    call_command("import_practices", path, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "practices.csv"


def test_it_says_what_it_saved(file):
    a_city("Quito", "EC")
    file.write_bytes(sheet(ROW))
    assert run(file, verbosity=1) == "Saved: 1 new.\n"
    assert Practice.objects.get().state == "draft"
    assert run(file, verbosity=1) == "Saved: 1 unchanged.\n"


def test_a_dry_run_tells_every_change_and_saves_nothing(file):
    a_city("Quito", "EC")
    a_practice(slug="parks")
    [row] = rows_of(exported())
    file.write_bytes(sheet(row | {"title": "Other"}, ROW))
    said = run(file, dry_run=True, verbosity=1).splitlines()
    assert said == [
        "line 2: changed parks Title", "line 3: new gardens-quito", "Nothing is saved (--dry-run): 1 changed, 1 new.",
    ]  # fmt: skip
    assert Practice.objects.get().title != "Other"


def test_one_bad_row_and_nothing_is_saved(file):
    a_city("Quito", "EC")
    file.write_bytes(sheet(ROW, ROW | {"slug": "b", "started": "soon"}))
    with pytest.raises(CommandError) as refused:
        run(file)
    assert str(refused.value).splitlines() == [
        "Nothing was imported. Problems: 1", "line 3: started 'soon' is not a whole number",
    ]  # fmt: skip
    assert not Practice.objects.exists()


@pytest.mark.parametrize("content", [None, b"x,y\n"])
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(file, content):
    if content:
        file.write_bytes(content)
    with pytest.raises(CommandError) as refused:
        run(file)
    assert "\n" not in str(refused.value)


def test_five_thousand_rows_are_imported_in_time_with_a_bar(tmp_path, monkeypatch):
    a_city("Quito", "EC")
    text = "The city works with those who came and with those who were there before. " * 15
    rows = [
        ROW | {"slug": f"gardens-{number}", "title": f"Gardens {number}", "approach": text, "results": text}
        for number in range(ROWS)
    ]
    file = tmp_path / "practices.xlsx"
    file.write_bytes(write_xlsx([[*rows[0]], *([*row.values()] for row in rows)]))
    bars = []
    monkeypatch.setattr("practices.loading.report.tqdm", lambda rows, **facts: bars.append(facts) or rows)
    answers = []
    assert seconds(lambda: answers.append(run(file, verbosity=1))) < SECONDS
    assert answers == ["Saved: 5,000 new.\n"]
    assert [(bar["desc"], bar["disable"]) for bar in bars] == [("Reading", None), ("Adding", None)]
    assert Practice.objects.drafts().count() == ROWS
