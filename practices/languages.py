"""What languages are called, by others and by themselves, and which way they run."""

from django.conf import settings
from django.utils.translation import get_language, get_language_info

from practices.search.facts import LANGUAGES

__all__ = ["LANGUAGES", "base_of", "direction", "name_of", "of_the_page", "own_name"]


def base_of(code: str) -> str:
    """ "es-419" is Spanish: "es"."""
    return code.partition("-")[0]


def of_the_page() -> str:
    """The language that is active."""
    return base_of(get_language() or settings.LANGUAGE_CODE)


def name_of(code: str) -> str:
    """What it is called in the active language; the code where nobody told us."""
    return _told(code, "name_translated")


def own_name(code: str) -> str:
    """What it calls itself, as a heading; the code where nobody told us."""
    name = _told(code, "name_local")
    return name[:1].upper() + name[1:]


def direction(code: str) -> str:
    """ "rtl" or "ltr", for ``dir``."""
    return "rtl" if base_of(code) in settings.LANGUAGES_BIDI else "ltr"


def _told(code: str, what: str) -> str:
    try:
        return get_language_info(code)[what]
    except KeyError:
        return code
