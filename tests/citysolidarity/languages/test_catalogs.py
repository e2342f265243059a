"""Every sentence of the project is there in every language of the site, whole."""

import re
from copy import deepcopy

import pytest
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import ngettext, override

from citysolidarity.languages import messages
from citysolidarity.languages.catalogs import compile_catalogs

CODES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
ADDRESS = re.compile(r"https?://\w[^\s<\"،,]*")


@pytest.fixture(scope="module")
def sentences():
    return messages.template()


@pytest.fixture(scope="module", params=CODES)
def catalog(request):
    return messages.read(request.param)


def forms(message):
    """Pairs of an English form and a translated one; of plurals, every form is held against the English plural."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    return [(message.id[1], form) for form in message.string]


def test_the_languages_are_the_five():
    assert [code for code, _name in settings.LANGUAGES] == ["en", "fr", "es", "ar", "pt"]


def test_every_sentence_is_there_and_nothing_else(catalog, sentences):
    """After new sentences: ``manage.py makemessages``, and translate what it counts."""
    there = {(message.context, message.id) for message in catalog if message.id}
    wanted = {(message.context, message.id) for message in sentences if message.id}
    assert there == wanted


def test_no_sentence_hides_behind_another_name():
    """What calls gettext by a name of its own is in no catalogue."""
    texts = [file.read_text("utf-8") for file in messages.sources() if file.suffix == ".py"]
    assert {name for text in texts for name in re.findall(r"gettext\w* as (\w+)", text)} == {"_"}


def test_none_waits_for_its_translation(catalog):
    assert messages.missing(catalog) == []
    assert not [message.id for message in catalog if message.id and message.fuzzy]


def test_what_stands_in_place_of_names_and_numbers_is_kept(catalog):
    wrong = []
    for message in filter(lambda message: message.id, catalog):
        for english, said in forms(message):
            names, own = sorted(PLACEHOLDER.findall(english)), sorted(PLACEHOLDER.findall(said))
            # "One city" and "two cities" need no figure.
            if own != names and not (message.pluralizable and set(own) < set(names)):
                wrong.append((english, said))
    assert wrong == []


def test_markup_and_addresses_are_kept(catalog):
    for message in filter(lambda message: message.id, catalog):
        for english, said in forms(message):
            assert sorted(TAG.findall(said)) == sorted(TAG.findall(english)), said
            assert ADDRESS.findall(strip_tags(said)) == ADDRESS.findall(strip_tags(english)), said


def test_breaks_at_the_ends_are_kept(catalog):
    for message in filter(lambda message: message.id, catalog):
        for english, said in forms(message):
            assert (said[:1] == "\n", said[-1:] == "\n") == (english[:1] == "\n", english[-1:] == "\n"), said


@pytest.mark.parametrize(("code", "number"), [("fr", 3), ("es", 3), ("ar", 6), ("pt", 3)])
def test_plurals_have_as_many_forms_as_the_language(code, number):
    catalog = messages.read(code)
    assert catalog.num_plurals == number
    assert all(len(message.string) == number for message in catalog if message.pluralizable)


def test_the_plural_of_arabic_goes_by_number():
    """One, two, few and many differ, as CLDR has them."""
    said = {spoken("ar", number) for number in (1, 2, 3, 11)}
    assert len(said) == 4


def spoken(language, number):
    with override(language):
        return ngettext("%(count)s city", "%(count)s cities", number) % {"count": ""}


def test_a_catalogue_is_compiled_once(settings, tmp_path):
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n', "utf-8")
    settings.LOCALE_PATHS = [tmp_path]
    assert compile_catalogs() == [folder / "django.mo"]
    assert compile_catalogs() == []


def test_a_new_sentence_waits_and_an_old_one_goes(settings, tmp_path, sentences):
    settings.LOCALE_PATHS = [tmp_path]
    sentences = deepcopy(sentences)
    waiting = messages.update("fr", sentences)
    assert len(waiting) == len(sentences)
    del sentences["Cities of Solidarity"]
    assert len(messages.update("fr", sentences)) == len(waiting) - 1
    assert "Cities of Solidarity" not in messages.read("fr")
