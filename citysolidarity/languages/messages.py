"""The sentences of the project that are to be translated, and the catalogues that follow them.

By Babel instead of GNU gettext's tools, so that neither a translator nor a test has anything to install.
"""

import io
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("citysolidarity", "practices", "pledges", "templates")
# Function → where its arguments hold the sentence, its plural and its context ("c"); None is the first one alone.
PLURAL, CONTEXT, BOTH = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    name + ending: places
    for name, places in {"gettext": None, "ngettext": PLURAL, "pgettext": CONTEXT, "npgettext": BOTH}.items()
    for ending in ("", "_lazy")
} | {"_": None, "gettext_noop": None}
COMMENTS = ["Translators:"]
WIDTH = 110
HEADER = "# Translated from English with the help of a machine, and not yet reviewed: see docs/languages.md."


def template():
    """A babel Catalog of every sentence in the code and the templates, with the files in which it stands."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract

    catalog = Catalog(project="citysolidarity", charset="utf-8")
    for file in sources():
        text, method = file.read_text("utf-8"), "python"
        if file.suffix != ".py":
            # Django turns a template into lines of code with calls of gettext, which are no Python.
            text, method = templatize(text), "javascript"
        found = extract(method, io.BytesIO(text.encode()), keywords=KEYWORDS, comment_tags=COMMENTS)
        place = file.relative_to(settings.BASE_DIR).as_posix()
        for _line, message, comments, context in found:
            catalog.add(message, None, [(place, None)], auto_comments=comments, context=context)
    return catalog


def sources() -> list[Path]:
    endings = {".py", ".html", ".txt"}
    files = (file for room in ROOMS for file in (settings.BASE_DIR / room).rglob("*"))
    return sorted(file for file in files if file.suffix in endings and "migrations" not in file.parts)


def catalog_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def read(language: str):
    """The babel Catalog of a language; an empty one where it has none yet."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    try:
        with catalog_of(language).open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except FileNotFoundError:
        return Catalog(locale=language, project="citysolidarity", charset="utf-8")


def update(language: str, sentences) -> list[str]:
    """Bring a catalogue in line with ``sentences`` (a template); returns those that wait for a translation.

    What the project no longer says is dropped. Nothing is guessed: a new sentence is empty until somebody translates it.
    """
    from babel.messages.pofile import write_po

    catalog = read(language)
    catalog.update(sentences, no_fuzzy_matching=True, update_creation_date=False)
    catalog.header_comment = HEADER
    catalog.last_translator = catalog.language_team = "nobody yet"
    catalog.obsolete.clear()
    path = catalog_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=WIDTH, sort_by_file=True, include_lineno=False, omit_header=False)
    return missing(catalog)


def missing(catalog) -> list[str]:
    """The sentences without a translation, or without one of its plural forms."""
    waiting = []
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(forms)):
            waiting.append(message.id[0] if message.pluralizable else message.id)
    return waiting
