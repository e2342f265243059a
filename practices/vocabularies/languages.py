"""What languages are called, by others and by themselves, and which way they run."""

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from citysolidarity.languages.alphabet import alphabetical

# The languages of entries, of the search and of the lists of names: the only place that names them all.
LANGUAGES = ("en", "fr", "es", "ar", "pt")
# Those that write names of languages with a small letter, and Django's catalogues with a capital.
SMALL = {"fr", "es", "pt"}


# Languages of sources and of entries that Django knows no name of.
MORE = {
    "am": _("Amharic"),
    "ha": _("Hausa"),
    "ku": _("Kurdish"),
    "ln": _("Lingala"),
    "mt": _("Maltese"),
    "om": _("Oromo"),
    "ps": _("Pashto"),
    "rn": _("Rundi"),
    "rw": _("Kinyarwanda"),
    "si": _("Sinhala"),
    "so": _("Somali"),
    "ti": _("Tigrinya"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}


def base_of(code: str) -> str:
    """Strip the region: "es-419" → "es"."""
    return code.partition("-")[0]


def of_the_page() -> str:
    return base_of(get_language() or settings.LANGUAGE_CODE)


def name_of(code: str) -> str:
    """What it is called in the active language; the code where Django does not know it."""
    return _info(code, "name_translated")


def name_in_sentence(code: str) -> str:
    """The same within a sentence: Romance languages write it small there."""
    name = name_of(code)
    return name[:1].lower() + name[1:] if of_the_page() in SMALL else name


def own_name(code: str) -> str:
    """What it calls itself, as a heading; the code where Django does not know it."""
    name = _info(code, "name_local")
    return name[:1].upper() + name[1:]


def is_known(code: str) -> bool:
    """Whether there is such a language: "es" and "es-419", and neither "xx" nor "Spanish"."""
    base, dash, region = code.partition("-")
    return (base in LANG_INFO or base in MORE) and (not dash or (2 <= len(region) <= 4 and region.isalnum()))


def choices(*, chosen: str = "") -> list[tuple[str, str]]:
    """Every language with its name, those of the directory first; ``chosen`` is among them if it is known."""
    others = {code for code in [*LANG_INFO, *MORE] if "-" not in code} - set(LANGUAGES)
    if chosen and is_known(chosen) and chosen not in LANGUAGES:
        others.add(chosen)
    return [(code, name_of(code)) for code in LANGUAGES] + sorted(
        ((code, name_of(code)) for code in others), key=lambda choice: alphabetical(choice[1])
    )


def direction(code: str) -> str:
    """ "rtl" or "ltr", for ``dir``."""
    return "rtl" if base_of(code) in settings.LANGUAGES_BIDI else "ltr"


def _info(code: str, what: str) -> str:
    try:
        return get_language_info(code)[what]
    except KeyError:
        return str(MORE.get(code, code))
