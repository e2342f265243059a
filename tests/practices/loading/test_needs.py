"""The needs that come with the directory: loaded once, and what a curator made of them stays."""

import json

import pytest
from django.conf import settings

from practices.models import Need, NeedPractice, Practice
from practices.models.entries.keywords import KEYWORDS_LENGTH
from practices.vocabularies.languages import LANGUAGES
from tests.folders import ENTRY, TOWN, load, problems, write

pytestmark = pytest.mark.django_db
OTHER = ENTRY | {"slug": "benches-amman", "title": "Benches"}
NEED = {
    "slug": "shade", "en": ["shade for playgrounds"], "es": ["sombra"], "answers": [ENTRY["slug"]], "helps": [OTHER["slug"]],
}  # fmt: skip


def folder_of(path, *needs, practices=(ENTRY, OTHER)):
    return write(path, cities=[TOWN], practices=practices, needs=needs)


def graded():
    return dict(NeedPractice.objects.values_list("practice__slug", "answers"))


def test_they_are_loaded_with_their_practices(tmp_path):
    assert "1 needs (all new)" in load(folder_of(tmp_path, NEED))
    assert Need.objects.get().phrases == ["shade for playgrounds", "sombra"]
    assert graded() == {ENTRY["slug"]: True, OTHER["slug"]: False}


@pytest.mark.parametrize(
    "edit",
    [
        lambda: Need.objects.update(phrases=["pergola"]),
        lambda: NeedPractice.objects.filter(answers=True).delete(),
        lambda: NeedPractice.objects.update(answers=True),
    ],
    ids=["its phrases", "its practices", "a tick"],
)
def test_a_second_load_keeps_what_was_edited_here_unless_asked(tmp_path, edit):
    folder = folder_of(tmp_path, NEED)
    load(folder)
    edit()
    before = Need.objects.get().phrases, graded()
    assert "shade" in load(folder)
    assert (Need.objects.get().phrases, graded()) == before
    load(folder, overwrite=True)
    assert Need.objects.get().phrases[0] == NEED["en"][0] and graded()[OTHER["slug"]] is False and len(graded()) == 2
    assert "1 needs (all unchanged)" in load(folder)


def test_a_practice_that_was_removed_here_is_left_out(tmp_path):
    folder = folder_of(tmp_path, NEED)
    load(folder)
    Practice.objects.filter(slug=OTHER["slug"]).delete()
    assert "1 needs (all unchanged)" in load(folder)


def test_a_row_that_cannot_be_read_loads_nothing(tmp_path):
    rows = [
        NEED,
        NEED | {"en": ["a" * (KEYWORDS_LENGTH + 1)], "slug": "long"},
        NEED | {"answers": ["nowhere"], "slug": "unknown"},
        {"slug": "empty"},
        NEED,
    ]
    assert problems(folder_of(tmp_path, *rows)) == [
        "needs.jsonl line 2: en 1 has 101 characters; 100 are allowed",
        "needs.jsonl line 3: practice 'nowhere' is unknown",
        "needs.jsonl line 4: there is no phrase",
        "needs.jsonl line 5: slug 'shade' stands on line 1 already",
    ]


def test_each_need_of_the_starter_directory_is_said_in_each_language():
    lines = (settings.BASE_DIR / "fixtures" / "needs.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["slug"] for row in rows] == sorted(row["slug"] for row in rows)
    for row in rows:
        assert row.keys() == {"slug", *LANGUAGES, "answers", "helps"}
        assert min(len(set(row[language])) for language in LANGUAGES) >= 3, row["slug"]
        assert not set(row["answers"]) & set(row["helps"]), row["slug"]
