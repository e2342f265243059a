"""What Django itself says at the desk is in the language of whoever reads it."""

from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils import translation

CATALOGS = ("contrib/admin", "contrib/auth", "contrib/postgres", "conf")
LANGUAGES_NAMED = {facts["name"] for facts in LANG_INFO.values() if "name" in facts}
# Of the page that tells why a form was refused, which the site has a page of its own for, and ordinal numbers.
OWN_PAGE = ("You are seeing this message", "If you have configured your browser", "If you are using the <meta")


def read(folder: str, language: str):
    file = Path(django.__file__).parent / folder / "locale" / language / "LC_MESSAGES" / "django.po"
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def is_said(message) -> bool:
    forms = message.string if message and isinstance(message.string, tuple) else (message.string if message else "",)
    return all(forms) and not message.fuzzy


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
def test_every_sentence_of_django_has_a_translation_here_or_there(language):
    with (Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po").open("rb") as opened:
        ours = read_po(opened, locale=language)
    missing, looked_at = [], 0
    for folder in CATALOGS:
        theirs = read(folder, language)
        for message in read(folder, "en"):
            key = message.id[0] if message.pluralizable else message.id
            if not key or key in LANGUAGES_NAMED or key.startswith(OWN_PAGE):
                continue
            looked_at += 1
            if not any(is_said(catalog.get(key, message.context)) for catalog in (ours, theirs)):
                missing.append(key)
    assert looked_at > 400
    assert not missing


def test_the_buttons_of_a_list_are_in_the_language_of_the_desk():
    said = {"es": ("Ejecutar", "Buscar en ciudades"), "ar": ("تنفيذ", "البحث في ciudades")}
    for language, expected in said.items():
        with translation.override(language):
            found = (translation.gettext("Run"), translation.gettext("Search %(name)s") % {"name": "ciudades"})
        assert found == expected
