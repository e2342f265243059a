"""The translations that come with the directory: shown at once, and nobody is said to have reviewed them."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from practices.models import Practice, PracticeTranslation
from practices.models.entries.phrases import in_digits_of, phrases_of
from tests.folders import ENTRY, TOWN, write

pytestmark = pytest.mark.django_db
FACTS = ENTRY | {"conditions": ["a lease of ten years"], "evidence": {"level": 1, "why": "As the city tells it."}}
SPANISH = {
    "slug": ENTRY["slug"],
    "translated_on": "2026-11-29",
    "title": "Jardines comunes",
    "summary": "La ciudad abre jardines.",
    "phrases": {"a lease of ten years": "un arrendamiento de diez años", "Not in the entry.": "Sobra."},
}


def load(folder, *rows, entry=FACTS, **options):
    write(folder, cities=[TOWN], practices=[entry])
    (folder / "translations").mkdir(exist_ok=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "translations" / "es.jsonl").write_text(lines)
    call_command("load_directory", folder=folder, verbosity=0, without_places=True, **options)


def test_it_is_read_in_its_language_and_says_how_it_was_made(client, tmp_path):
    load(tmp_path, SPANISH)
    page = client.get(f"/es/practices/{ENTRY['slug']}/").text
    assert SPANISH["title"] in page
    with override("es"):
        row = PracticeTranslation.objects.get()
        entry = Practice.objects.published().in_language().get()
    assert entry.conditions == ["un arrendamiento de diez años"]
    assert not entry.translation.is_reviewed
    assert (row.published_by, row.phrases) == (None, {"a lease of ten years": "un arrendamiento de diez años"})
    assert "As the city tells it." in page  # no translation of it: the original, marked as such
    assert '<p class="count" lang="en" dir="ltr">As the city tells it.</p>' in " ".join(page.split()).replace("> ", ">")


def test_a_second_load_changes_nothing_and_keeps_what_a_curator_wrote(tmp_path):
    load(tmp_path, SPANISH)
    load(tmp_path, SPANISH)
    assert PracticeTranslation.objects.get().revision == 1
    PracticeTranslation.objects.update(title="Huertos")
    load(tmp_path, SPANISH)
    assert PracticeTranslation.objects.get().title == "Huertos"
    load(tmp_path, SPANISH, overwrite=True)
    assert PracticeTranslation.objects.get().title == SPANISH["title"]


def test_an_entry_that_says_something_else_here_is_not_given_the_files_translation(tmp_path):
    load(tmp_path)
    Practice.objects.update(summary="Changed by a curator.")
    load(tmp_path, SPANISH)
    assert not PracticeTranslation.objects.exists()


def test_a_bad_row_is_named_and_nothing_is_loaded(tmp_path):
    with pytest.raises(CommandError, match=r"es.jsonl line 1: title is missing"):
        load(tmp_path, SPANISH | {"title": ""})
    assert not Practice.objects.exists()


def test_a_review_by_a_curator_is_said(client, tmp_path, django_user_model):
    load(tmp_path, SPANISH)
    row = PracticeTranslation.objects.get()
    row.publish(django_user_model.objects.create_user("curator"))
    with override("es"):
        assert Practice.objects.published().in_language().get().translation.is_reviewed


def test_phrases_are_those_with_letters_each_once(tmp_path):
    load(tmp_path)
    assert phrases_of(Practice.objects.get())[:2] == ["a lease of ten years", "As the city tells it."]


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("1,032", "es", "1\xa0032"),
        ("12,500", "es", "12\xa0500"),
        ("1,032", "fr", "1\u202f032"),
        ("12.5 %", "fr", "12,5\u202f%"),
        ("65%", "es", "65\xa0%"),
        ("€1,200,000", "pt", "€1.200.000"),
        ("1,032", "ar", "1,032"),
        ("65 %", "ar", "65%"),
        ("2015", "fr", "2015"),
        ("two of 3", "fr", ""),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(text, language, written):
    assert in_digits_of(text, language) == written
