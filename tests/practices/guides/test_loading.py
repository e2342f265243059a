"""Loading guides from a file, and what the starter directory's own hold."""

import json

import pytest
from django.conf import settings

from practices.models import FormerAddress, Guide, GuidePractice, Practice
from practices.models.guides import SENTENCE_LENGTH
from tests.folders import ENTRY, TOWN, load, problems, write

PLACE = {"slug": ENTRY["slug"], "why": "Parks among neighbours."}
DOCUMENT = {
    "title": "Manual", "publisher": "A network", "url": "https://example.org/m", "year": 2020, "language": "fr",
    "why": "It explains.",
}  # fmt: skip
STEP = {"heading": "Find room", "text": "Look around.", "practices": [PLACE], "documents": [DOCUMENT]}
GUIDE = {
    "slug": "rooms", "title": "Rooms", "question": "Where?", "for_whom": "For all.", "introduction": "What cities did.",
    "position": 1, "published_on": "2026-11-01", "steps": [STEP],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path, cities=[TOWN], practices=[ENTRY], guides=[GUIDE])


@pytest.mark.django_db
def test_a_guide_is_loaded_with_its_steps_and_a_second_load_changes_nothing(folder):
    assert "1 guides (all new)" in load(folder)
    guide = Guide.objects.published().get()
    step = guide.steps.get()
    assert (step.heading, step.guide.title, guide.guidedocuments.get().language) == ("Find room", "Rooms", "fr")
    assert (guide.guidepractices.get().practice.slug, guide.guidepractices.get().step) == (ENTRY["slug"], step)
    assert "1 guides (all unchanged)" in load(folder)


@pytest.mark.django_db
def test_what_was_edited_here_stays_unless_it_is_to_be_replaced(folder):
    load(folder)
    GuidePractice.objects.update(why="Our own sentence.")
    assert "1 guides as edited here" in load(folder) and GuidePractice.objects.get().why == "Our own sentence."
    assert "1 guides (all replaced)" in load(folder, overwrite=True)
    assert GuidePractice.objects.get().why == PLACE["why"]


@pytest.mark.django_db
def test_a_practice_that_was_removed_here_is_left_out(folder):
    load(folder)
    Practice.objects.get().delete()
    assert FormerAddress.objects.exists()
    assert "1 guides (all unchanged)" in load(folder)
    assert not GuidePractice.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"steps": []}, "steps is missing"),
        ({"question": ""}, "question is missing"),
        ({"steps": [STEP | {"practices": [PLACE | {"slug": "nowhere"}]}]}, "step 1: practice 1: slug 'nowhere' is no practice"),
        ({"steps": [STEP | {"practices": [PLACE, PLACE]}]}, "practice 'parks-amman' stands there twice"),
        ({"steps": [STEP | {"documents": [DOCUMENT | {"language": "tlh-x"}]}]}, "language 'tlh-x' is not a code such as en"),
        ({"steps": [STEP | {"hading": "x"}]}, "step 1: field 'hading' is unknown"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(folder, changes, sentence):
    write(folder, guides=[GUIDE | changes])
    [problem] = problems(folder)
    assert problem.startswith("guides.jsonl line 1: ") and problem.endswith(sentence)


# --- the starter directory ------------------------------------------------------------------------


def records(name):
    return [json.loads(line) for line in (settings.BASE_DIR / "fixtures" / name).read_text("utf-8").splitlines()]


def test_the_first_five_guides_are_written():
    titles = [guide["title"] for guide in records("guides.jsonl")]
    assert titles == [
        "The first 72 hours", "Housing in a small town", "A one-stop centre from scratch", "Working with sponsors",
        "After an election",
    ]  # fmt: skip


def test_every_practice_and_document_of_the_first_guides_has_its_sentence():
    slugs = {practice["slug"] for practice in records("practices.jsonl")}
    for guide in records("guides.jsonl"):
        for step in guide["steps"]:
            places, documents = step.get("practices", []), step.get("documents", [])
            assert places or documents
            assert {place["slug"] for place in places} <= slugs
            assert all(row["why"].endswith(".") and len(row["why"]) <= SENTENCE_LENGTH for row in (*places, *documents))


def test_no_figure_stands_in_the_first_guides_that_is_not_in_the_entry():
    """Each number of a sentence about a practice is found in its record."""
    said = {practice["slug"]: json.dumps(practice, ensure_ascii=False) for practice in records("practices.jsonl")}
    wrong = [
        (place["slug"], number)
        for guide in records("guides.jsonl")
        for step in guide["steps"]
        for place in step.get("practices", [])
        for number in numbers(place["why"])
        if number not in numbers(said[place["slug"]])
    ]
    assert wrong == []


def numbers(text: str) -> set[str]:
    cleaned = "".join(sign if sign.isdigit() or sign in ",." else " " for sign in text)
    return {word.strip(",.") for word in cleaned.split() if word.strip(",.")}
