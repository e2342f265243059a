"""Loading guides in other languages, and what the starter directory's own hold."""

import pytest

from practices.loading.guides import sentences_in
from practices.models import Guide, GuidePractice, GuideTranslation, Practice
from tests.folders import ENTRY, TOWN, load, problems, write
from tests.login import staff
from tests.practices.guides.test_loading import DOCUMENT, GUIDE, PLACE, STEP, numbers, records

SPANISH_STEP = STEP | {
    "heading": "Buscar sitio",
    "text": "Mire alrededor.",
    "practices": [PLACE | {"why": "Parques entre vecinos."}],
    "documents": [DOCUMENT | {"why": "Lo explica."}],
}
SPANISH = GUIDE | {
    "translated_on": "2026-11-29", "title": "Habitaciones", "question": "¿Dónde?", "for_whom": "Para todos.",
    "introduction": "Qué hicieron las ciudades.", "steps": [SPANISH_STEP],
}  # fmt: skip


def a_folder(path, *rows, language="es", guide=GUIDE):
    write(path, cities=[TOWN], practices=[ENTRY], guides=[guide])
    (path / "translations").mkdir(exist_ok=True)
    write(path / "translations", **{f"guides.{language}": rows})
    return path


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path, SPANISH)


@pytest.mark.django_db
def test_each_sentence_is_paired_with_its_translation(folder, client):
    assert "1 translations of guides (all new)" in load(folder)
    row = GuideTranslation.objects.whole().get()
    assert row.phrases == {
        "Rooms": "Habitaciones", "Where?": "¿Dónde?", "For all.": "Para todos.",
        "What cities did.": "Qué hicieron las ciudades.", "Find room": "Buscar sitio", "Look around.": "Mire alrededor.",
        "Parks among neighbours.": "Parques entre vecinos.", "It explains.": "Lo explica.",
    }  # fmt: skip
    assert (row.language, str(row.translated_on), row.reviewed_at) == ("es", "2026-11-29", None)
    page = client.get("/es/guides/rooms/").text
    assert all(said in page for said in row.phrases.values())


@pytest.mark.django_db
def test_a_second_load_changes_nothing_and_keeps_what_a_curator_wrote(folder):
    load(folder)
    GuideTranslation.objects.get().review(staff("ana", "Curator"))
    assert "1 translations of guides (all unchanged)" in load(folder)
    assert GuideTranslation.objects.get().reviewed_at
    row = GuideTranslation.objects.get()
    row.phrases["Rooms"] = "Cuartos"
    row.save()
    told = load(folder)
    assert "Kept 1 translations of guides as edited here" in told and "rooms (es)" in told
    assert GuideTranslation.objects.get().phrases["Rooms"] == "Cuartos"
    assert "1 translations of guides (all replaced)" in load(folder, overwrite=True)
    row = GuideTranslation.objects.get()
    assert row.phrases["Rooms"] == "Habitaciones" and row.reviewed_at is None


@pytest.mark.django_db
def test_a_guide_that_says_something_else_here_is_not_given_the_files_translation(tmp_path):
    load(a_folder(tmp_path))
    Guide.objects.update(title="Beds")
    assert "translations of guides" not in load(a_folder(tmp_path, SPANISH))
    assert not GuideTranslation.objects.exists()


@pytest.mark.django_db
def test_what_stood_with_a_practice_that_was_removed_here_is_left_out(folder):
    load(folder)
    Practice.objects.get().delete()
    GuideTranslation.objects.all().delete()
    load(folder)
    assert not GuidePractice.objects.exists() and PLACE["why"] not in GuideTranslation.objects.whole().get().phrases
    assert "1 translations of guides (all unchanged)" in load(folder)


@pytest.mark.django_db
def test_the_language_of_the_guide_itself_is_passed_over(tmp_path):
    load(a_folder(tmp_path, SPANISH, language="en"))
    assert not GuideTranslation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"slug": "beds"}, ["slug 'beds' is no guide of guides.jsonl"]),
        ({"title": ""}, ["title is missing", "title stands in guides.jsonl alone"]),
        ({"introduction": ""}, ["introduction stands in guides.jsonl alone"]),
        (
            {"steps": [SPANISH_STEP, SPANISH_STEP | {"practices": [], "documents": []}]},
            ["step 2: heading stands in this file alone", "step 2: text stands in this file alone"],
        ),
        (
            {"steps": [SPANISH_STEP | {"documents": []}]},
            ["step 1: document https://example.org/m stands in guides.jsonl alone"],
        ),
        ({"titulo": "x"}, ["field 'titulo' is unknown"]),
        ({"translated_on": "29 November"}, ["translated_on '29 November' is not a date such as 2018-06-20"]),
    ],
    ids=["guide", "title", "introduction", "steps", "documents", "field", "day"],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, changes, sentences):
    told = problems(a_folder(tmp_path, SPANISH | changes))
    assert told == [f"guides.es.jsonl line 1: {sentence}" for sentence in sentences]


# --- the starter directory ------------------------------------------------------------------------

OTHERS = ("fr", "es", "ar", "pt")


def texts_in(guide: dict) -> dict[str, str]:
    """As ``sentences_in``, of a line of the file."""
    steps = [
        {"practices": [(row["slug"], row["why"]) for row in step.get("practices", [])]}
        | {"documents": step.get("documents", []), "heading": step["heading"], "text": step["text"]}
        for step in guide["steps"]
    ]
    return sentences_in(guide | {"steps": steps})


@pytest.mark.parametrize("language", OTHERS)
def test_the_first_guides_are_written_in_every_language(language):
    originals, rows = records("guides.jsonl"), records(f"translations/guides.{language}.jsonl")
    assert [row["slug"] for row in rows] == [guide["slug"] for guide in originals]
    for guide, row in zip(originals, rows, strict=True):
        before, after = texts_in(guide), texts_in(row)
        assert before.keys() == after.keys()
        assert [place for place in before if before[place] == after[place]] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_number_of_the_first_guides_stands_in_their_translations(language):
    wrong = []
    for guide, row in zip(records("guides.jsonl"), records(f"translations/guides.{language}.jsonl"), strict=True):
        before, after = texts_in(guide), texts_in(row)
        wrong += [(place, before[place]) for place in before if digits(before[place]) != digits(after[place])]
    assert wrong == []


def digits(text: str) -> list[str]:
    """The numbers in a text without the signs that part thousands or decimals, which each language writes its own way."""
    for sign in ("\u202f", "\xa0"):
        text = text.replace(sign, "")
    return sorted(number.replace(",", "").replace(".", "") for number in numbers(text))


@pytest.mark.django_db
def test_the_first_guides_are_loaded_in_every_language(starter, client):
    assert GuideTranslation.objects.whole().count() == len(OTHERS) * Guide.objects.count()
    for language in OTHERS:
        page = client.get(f"/{language}/guides/").text
        assert page.count(f'<li lang="{language}"') == Guide.objects.published().count()
