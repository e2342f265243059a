"""Loading translations of the library and of networks from files."""

import pytest

from practices.models import DocumentTranslation, LibraryDocument, NetworkTranslation
from tests.folders import ENTRY, TOWN, load, problems, write
from tests.login import staff
from tests.practices.library.test_loading import DOCUMENT, NETWORK
from tests.practices.loading.starter import LANGUAGES, originals

pytestmark = pytest.mark.django_db
SPANISH = {
    "slug": DOCUMENT["slug"], "translated_on": "2026-11-29",
    "english_title": "Ciudades de Solidaridad", "summary": "Qué dijeron las ciudades.",
    "points": ["Incluir pronto vale la pena", "Hacen falta medios"], "note": "Día no visto.",
}  # fmt: skip
NET = {"slug": NETWORK["slug"], "description": "Ciudades grandes.", "member_count_of": "miembros", "note": "Sin fecha."}


def a_folder(path, **changes):
    (path / "translations").mkdir(exist_ok=True)
    write(path / "translations", **{"documents.es": [SPANISH | changes], "networks.es": [NET]})
    return write(path, cities=[TOWN], practices=[ENTRY], documents=[DOCUMENT], networks=[NETWORK])


def test_each_text_is_kept_with_its_original(tmp_path):
    told = load(a_folder(tmp_path))
    assert "1 translations of documents (all new)" in told and "1 translations of networks (all new)" in told
    row = DocumentTranslation.objects.get()
    assert row.phrases == {
        "What cities said.": "Qué dijeron las ciudades.", "Day not seen.": "Día no visto.",
        "Cities of Solidarity": "Ciudades de Solidaridad",
        "Early inclusion pays": "Incluir pronto vale la pena", "Means are needed": "Hacen falta medios",
    }  # fmt: skip
    assert (row.language, str(row.translated_on), row.reviewed_at) == ("es", "2026-11-29", None)
    assert NetworkTranslation.objects.get().phrases["members"] == "miembros"


def test_a_second_load_changes_nothing_and_keeps_what_a_curator_wrote(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    DocumentTranslation.objects.get().review(staff("ana", "Curator"))
    assert "1 translations of documents (all unchanged)" in load(folder)
    row = DocumentTranslation.objects.get()
    row.phrases["Day not seen."] = "Sin día."
    row.save()
    assert "Kept 1 translations of documents as edited here" in load(folder)
    assert DocumentTranslation.objects.get().phrases["Day not seen."] == "Sin día."
    assert "1 translations of documents (all replaced)" in load(folder, overwrite=True)
    assert DocumentTranslation.objects.get().reviewed_at is None


def test_a_sentence_that_says_something_else_here_is_not_given_the_files_translation(tmp_path):
    folder = a_folder(tmp_path)
    load(folder)
    DocumentTranslation.objects.all().delete()
    LibraryDocument.objects.update(summary="What mayors said.")
    load(folder)
    assert DocumentTranslation.objects.get().phrases.keys() == {
        "Cities of Solidarity", "Day not seen.", "Early inclusion pays", "Means are needed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"slug": "nowhere"}, ["slug 'nowhere' has no original in this folder"]),
        ({"note": ""}, ["note stands in the original alone"]),
        ({"points": ["Uno", "Dos", "Tres"]}, ["point 3 stands in the translation alone"]),
        ({"titulo": "x"}, ["field 'titulo' is unknown"]),
    ],
    ids=["document", "text", "points", "field"],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, changes, sentences):
    told = problems(a_folder(tmp_path, **changes))
    assert told == [f"documents.es.jsonl line 1: {sentence}" for sentence in sentences]


def test_the_originals_are_not_translated_into_their_own_language(tmp_path):
    folder = a_folder(tmp_path)
    write(folder / "translations", **{"networks.en": [NET]})
    assert problems(folder) == ["networks.en.jsonl line 1: the originals are in this language"]


def test_the_starter_library_is_loaded_in_every_language(starter, client):
    for language in LANGUAGES:
        assert DocumentTranslation.objects.filter(language=language).count() == len(originals("documents"))
        assert NetworkTranslation.objects.filter(language=language).count() == len(originals("networks"))
        for page in ("library/", "library/networks/"):
            text = client.get(f"/{language}/{page}").text
            assert f'<p lang="{language}"' in text and '<p lang="en"' not in text
    assert all(row.is_whole() for row in NetworkTranslation.objects.select_related("network"))
