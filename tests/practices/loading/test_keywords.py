"""The keywords that come with the directory: loaded once, and what a curator made of them stays."""

import json

import pytest
from django.conf import settings

from practices.models import PracticeKeywords
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.vocabularies.languages import LANGUAGES
from tests.folders import ENTRY, TOWN, load, problems, write

pytestmark = pytest.mark.django_db
KEYWORDS = {"slug": ENTRY["slug"], "en": ["shade for playgrounds", "benches"], "es": ["bancos a la sombra"]}


def phrases():
    return dict(PracticeKeywords.objects.values_list("language", "phrases"))


def test_they_are_loaded_with_their_entry(tmp_path):
    said = load(write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=[KEYWORDS]))
    assert "2 lists of keywords (all new)" in said
    assert phrases() == {"en": KEYWORDS["en"], "es": KEYWORDS["es"]}


def test_a_second_load_keeps_what_was_edited_here_unless_asked(tmp_path):
    folder = write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=[KEYWORDS])
    load(folder)
    PracticeKeywords.objects.filter(language="en").update(phrases=["pergola"])
    assert "parks-amman (en)" in load(folder)
    assert phrases()["en"] == ["pergola"]
    load(folder, overwrite=True)
    assert phrases()["en"] == KEYWORDS["en"]
    assert "2 lists of keywords (all unchanged)" in load(folder)


def test_a_list_that_was_deleted_here_does_not_come_back(tmp_path):
    folder = write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=[KEYWORDS])
    load(folder)
    PracticeKeywords.objects.filter(language="es").delete()
    load(folder)
    assert phrases().keys() == {"en"}
    load(folder, overwrite=True)
    assert phrases().keys() == {"en", "es"}


def test_one_address_on_two_lines_is_told(tmp_path):
    said = problems(write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=[KEYWORDS, KEYWORDS]))
    assert said == ["keywords.jsonl line 2: slug 'parks-amman' stands on line 1 already"]


def test_those_of_an_entry_that_is_not_here_are_left_out(tmp_path):
    load(write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=[KEYWORDS | {"slug": "another"}]))
    assert phrases() == {}


def test_a_row_that_cannot_be_read_loads_nothing(tmp_path):
    rows = [KEYWORDS | {"en": ["a" * (KEYWORDS_LENGTH + 1)]}, KEYWORDS | {"slug": "another", "de": ["Bänke"]}]
    said = problems(write(tmp_path, cities=[TOWN], practices=[ENTRY], keywords=rows))
    assert [line.partition(":")[0] for line in said] == ["keywords.jsonl line 1", "keywords.jsonl line 2"]


def test_each_practice_of_the_starter_directory_has_ten_in_each_language():
    folder = settings.BASE_DIR / "fixtures"
    rows = [json.loads(line) for line in (folder / "keywords.jsonl").read_text("utf-8").splitlines()]
    slugs = [json.loads(line)["slug"] for line in (folder / "practices.jsonl").read_text("utf-8").splitlines()]
    assert [row["slug"] for row in rows] == slugs
    for row in rows:
        assert row.keys() == {"slug", *LANGUAGES}
        assert {len({phrase.lower() for phrase in row[language]}) for language in LANGUAGES} == {10}, row["slug"]
