"""Files for outside translators: what goes out comes back exactly, and nothing that was written at the desk is lost."""

import pytest

from practices.models import Practice, PracticeTranslation
from practices.models.entries.version import Version
from practices.translating.exchange.reading import MOST_BYTES, BadFile, read
from tests.people import a_city, a_practice
from tests.practices.translating.translators import edited, exported, plan_of, taken, texts_of
from tests.translating import a_published_translation, a_translation

pytestmark = pytest.mark.django_db
# Line breaks of a browser, quotes, a backslash, a tab's name, a sign of per cent, marks of gettext itself.
STORY = 'They said: "no shade".\r\n\r\nC:\\new, 100 % of parks\n#. msgid "x"\n– “so” – %(count)s'
TRANSLATED = 'Dijeron: «sin sombra».\n\nC:\\nuevo, el 100 % de "los parques"\nmsgstr "y"\n\n\n– 😀 –'
ARABIC_STORY = 'قالوا: "لا ظل".\n\nC:\\new، \u200f100٪ من الحدائق\nو\u200fUNHCR (2020) – «نعم»'
PHRASE = 'A council vote; "yes"'


@pytest.fixture
def practice():
    return a_practice(slug="parks", challenge=STORY, conditions=[PHRASE])


def outcomes(content):
    return {change.message.context: str(change.outcome) for change in plan_of(content).changes}


def reasons(content):
    return {change.message.context: change.why for change in plan_of(content).changes if change.why}


def test_a_file_says_what_a_translator_needs(practice, settings):
    settings.SITE_URL = "https://cities.example"
    a_translation(practice, challenge=TRANSLATED)
    file = exported().decode()
    assert '"Language: es\\n"' in file and '"Content-Type: text/plain; charset=utf-8\\n"' in file
    assert file.startswith("# Cities of Solidarity: texts to be translated into Spanish\n# ")
    title = file[: file.index('msgctxt "parks/title"')].rpartition("\n\n")[2].splitlines()
    assert title[:3] == [
        "#. Amman, Jordan",
        "#. Title, at most 120 characters",
        f"#. https://cities.example{practice.get_absolute_url()}",
    ]
    assert "#. Summary, at most 280 characters\n" in file
    assert 'msgctxt "parks/phrase"\nmsgid "A council vote; \\"yes\\""\nmsgstr ""' in file
    assert "python-format" not in file and "\\r" not in file
    assert 'msgctxt "parks/approach"' not in file  # the original says nothing there


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_file_that_comes_back_as_it_went_changes_nothing(practice, language):
    story = ARABIC_STORY if language == "ar" else TRANSLATED.replace("\n", "\r\n")
    a_translation(practice, language, challenge=story, phrases={PHRASE: "Un voto; «sí»"})
    before = PracticeTranslation.objects.values().get()
    for width in (0, 40, 76):
        file = edited(exported(language), width)
        assert set(outcomes(file).values()) == {"unchanged"}
        assert taken(file) == []
    assert PracticeTranslation.objects.values().get() == before


@pytest.mark.parametrize(("language", "story"), [("es", TRANSLATED), ("ar", ARABIC_STORY)])
def test_what_is_edited_outside_is_what_the_next_file_says(practice, language, story):
    other = a_practice("Gardens", a_city("Thun", "CH"), slug="gardens", published_at=None)
    a_translation(practice, language)
    a_translation(other, language)
    file = edited(exported(language), challenge=story, phrase="«كلمة»", summary="ملخص")
    assert len(taken(file)) == 2
    assert texts_of(exported(language)) == texts_of(file)
    row = PracticeTranslation.objects.get(practice=practice)
    assert (row.challenge, row.summary, row.phrases) == (story, "ملخص", {PHRASE: "«كلمة»"})
    assert set(outcomes(exported(language)).values()) == {"unchanged"}


def test_an_entry_that_nobody_has_translated_goes_out_empty_and_comes_back_as_a_draft(practice):
    a_practice("Entre nous", language="es", slug="own")
    file = exported()
    assert {string for _context, _id, string, _comments in texts_of(file)} == {""}
    assert set(outcomes(file)) == {"parks/title", "parks/summary", "parks/challenge", "parks/phrase"}
    half = edited(file, title="Parques")
    assert reasons(half) == {"parks/title": "this translation is new: it needs the title and the summary as well."}
    assert taken(half) == []
    [row] = taken(edited(file, title="Parques", summary="Para todos."), made_by="An agency")
    row.refresh_from_db()
    assert (row.title, row.language, row.kind, row.made_by) == ("Parques", "es", "human", "An agency")
    assert (row.published_at, row.follows) == (None, Practice.objects.get(pk=practice.pk).revision)
    assert Version.objects.filter(practice=practice, revision=row.follows).exists()


def test_an_import_publishes_nothing_and_leaves_alone_who_made_it(practice):
    row = a_published_translation(practice, kind="machine")
    taken(edited(exported(), title="Jardines"), made_by="")
    row.refresh_from_db()
    assert (row.title, row.shown["title"], row.kind) == ("Jardines", "Parques para todos", "machine")
    assert row.made_by == "Translation office of Quito"


def test_an_original_that_changed_meanwhile_is_told_and_the_rest_is_taken(practice):
    a_translation(practice)
    file = edited(exported(), title="Jardines", challenge="Nada.", phrase="Un voto")
    Practice.objects.filter(pk=practice.pk).update(challenge="No water.", conditions=["A council vote"])
    told = "the original has changed since the export, and says something else now."
    assert reasons(file) == {"parks/challenge": told, "parks/phrase": told}
    [row] = taken(file)
    row.refresh_from_db()
    assert (row.title, row.challenge, row.phrases) == ("Jardines", "challenge (es)", {})
    assert PracticeTranslation.objects.behind().count() == 1


def test_a_translation_that_lagged_catches_up_once_all_that_changed_is_translated_anew(practice):
    row = a_translation(practice)
    Version.objects.keep([practice.pk])
    Practice.objects.filter(pk=practice.pk).update(challenge="No water.", summary="Water.")
    taken(edited(exported(), challenge="Sin agua."))
    assert PracticeTranslation.objects.behind().count() == 1
    taken(edited(exported(), summary="Agua.", challenge="No hay agua."))
    assert PracticeTranslation.objects.behind().count() == 0
    row.refresh_from_db()
    assert row.summary == "Agua."


def test_what_changed_at_the_desk_since_is_left_out_unless_it_is_ticked(practice):
    row = a_translation(practice)
    file = edited(exported(), title="De fuera", summary="Resumen de fuera.")
    PracticeTranslation.objects.update(title="Del escritorio")
    assert outcomes(file) == {
        "parks/title": "changed-here", "parks/summary": "changed", "parks/challenge": "unchanged",
        "parks/phrase": "empty",
    }  # fmt: skip
    taken(file)
    row.refresh_from_db()
    assert (row.title, row.summary) == ("Del escritorio", "Resumen de fuera.")
    [change] = plan_of(file).of("changed-here")
    taken(file, change.line)
    row.refresh_from_db()
    assert row.title == "De fuera"


def test_a_file_without_marks_overwrites_nothing_unseen(practice):
    a_translation(practice)
    lines = edited(exported(), title="De fuera", phrase="Un voto").decode().splitlines(keepends=True)
    file = "".join(line for line in lines if not line.startswith("#.")).encode()
    found = outcomes(file)
    assert (found["parks/title"], found["parks/phrase"]) == ("changed-here", "changed")


def test_an_emptied_text_and_a_message_that_is_missing_change_nothing(practice):
    row = a_translation(practice)
    file = edited(exported(), title="", challenge="")
    assert outcomes(file)["parks/challenge"] == "empty"
    assert taken(file) == []
    row.refresh_from_db()
    assert row.challenge == "challenge (es)"


def test_whatever_cannot_be_taken_is_told(practice):
    a_translation(practice)
    a_practice("Lo nuestro", language="es", slug="own", summary="Nuestro.")
    file = edited(exported(), title="x" * 121, summary="y" * 281, challenge="#")
    more = (
        '\nmsgctxt "nowhere/title"\nmsgid "A"\nmsgstr "B"\n\nmsgctxt "parks/lead"\nmsgid "A"\nmsgstr "B"\n'
        '\nmsgid "Bare"\nmsgstr "B"\n\nmsgctxt "own/title"\nmsgid "Lo nuestro"\nmsgstr "B"\n'
        '\nmsgctxt "parks/phrase"\nmsgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Uno"\nmsgstr[1] "Muchos"\n'
        '\nmsgctxt "parks/summary"\nmsgid "Parks made with those who use them."\nmsgstr "Otra vez"\n'
    )
    file = file.replace(b"#, python-format\n", b"")
    file = file.replace(b'msgctxt "parks/challenge"', b'#, fuzzy\nmsgctxt "parks/challenge"')
    plan = plan_of(file + more.encode())
    assert [(change.message.context, change.why.partition("line")[0]) for change in plan.of("left-out")] == [
        ("parks/title", "121 characters, but the limit is 120."),
        ("parks/summary", "281 characters, but the limit is 280."),
        ("parks/challenge", "the file marks it as “fuzzy”: not finished."),
        ("nowhere/title", "no entry has the address “nowhere”."),
        ("parks/lead", "an entry has no text called “lead”."),
        ("", "no entry has the address “”."),
        ("own/title", "the original is in this language."),
        ("parks/phrase", "the original has changed since the export, and says something else now."),
        ("parks/summary", "this text stands in the file already, in "),
    ]
    assert all(change.line > 10 for change in plan.changes)
    assert plan.of("changed") == []


def test_what_cannot_be_seen_does_not_come_in(practice):
    a_translation(practice)
    [row] = taken(edited(exported(), title="Par\u00adques\u0000 \u202epara e\u0301l", challenge="a\x0bb\u2028c"))
    row.refresh_from_db()
    assert (row.title, row.challenge) == ("Parques para \u00e9l", "a\nb\nc")


HEADER = b'msgid ""\nmsgstr ""\n"Language: es\\n"\n\n'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "There are no texts in this file"),
        (HEADER, "There are no texts in this file"),
        (b'msgid "a"\nmsgstr "b"\n', "The file does not say its language"),
        (HEADER.replace(b"es", b"tlh") + b'msgid "a"\nmsgstr "b"\n', "The language of the file is “tlh”"),
        (HEADER + b'msgid "a"\nmsgstr "b\n', "Line 6 cannot be read"),
        (HEADER + b'msgid "a"\nmsgid "c"\nmsgstr "b"\n', "Line 6 cannot be read"),
        (HEADER + b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n', "Line 7 cannot be read"),
        (HEADER + b'msgid "a"\nmsgstr[0] "b"\n', "Line 6 cannot be read"),
        (b'"x"\n' + HEADER, "Line 1 cannot be read"),
        (HEADER + b'msgid "a"\n', "The file ends in the middle of a text"),
        (HEADER + b"slug,title\nparks,Parks\n", "Line 5 cannot be read"),
        (HEADER + b"#- a\n", "Line 5 cannot be read"),
        (HEADER + b'msgid "a"\nmsgstr "\xe9"\n', "Line 6: this is not UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00", "cannot be read"),
        ("msgid".encode("utf-16"), "Line 1: this is not UTF-8"),
        (b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(content, sentence):
    with pytest.raises(BadFile, match=sentence):
        read(content)


@pytest.mark.parametrize("said", [b"es", b"es_419", b"es-MX", b"ES"])
def test_a_file_of_windows_and_a_regional_language_are_read(said):
    content = (
        b"\xef\xbb\xbf" + HEADER.replace(b"es", said) + b'#~ msgid "old"\n#~ msgstr "viejo"\nmsgid "a"\nmsgstr "b"\n'
    )
    file = read(content.replace(b"\n", b"\r\n"))
    assert (file.language, [(one.original, one.translation) for one in file.messages]) == ("es", [("a", "b")])
