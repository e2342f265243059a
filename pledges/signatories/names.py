"""A city's name in its country's own script, where that is not Latin."""

from practices.models import City

# The official languages that a country writes in another script than Latin, India's regional ones included: CLDR 46.
LANGUAGES = {
    "am": "ET", "ar": "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE", "as": "IN",
    "be": "BY", "bg": "BG", "bn": "BD IN", "bs": "BA", "dv": "MV", "dz": "BT", "el": "CY GR", "fa": "AF IR", "gu": "IN",
    "he": "IL", "hi": "IN", "hy": "AM", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH", "kn": "IN", "ko": "KP KR",
    "ky": "KG", "lo": "LA", "mk": "MK", "ml": "IN", "mn": "MN", "mr": "IN", "my": "MM", "ne": "IN NP", "or": "IN",
    "pa": "IN", "ps": "AF", "ru": "BY KG KZ RU", "si": "LK", "sr": "BA ME RS XK", "ta": "IN LK SG", "te": "IN",
    "tg": "TJ", "th": "TH", "ti": "ER ET", "uk": "UA", "ur": "IN PK", "zh": "CN HK MO SG TW",
}  # fmt: skip
TRADITIONAL = {"HK", "MO", "TW"}  # where Chinese is written in its older forms


def own_names(city: City) -> dict[str, str]:
    """The names in the country's languages that are not in Latin letters, each with its BCP 47 language."""
    names = {}
    for language in languages_of(city.country):
        name = city.names.get(language, "")
        if name and not name.isascii() and name != city.name:
            names.setdefault(name, written_as(language, city.country))
    return names


def languages_of(country: str) -> list[str]:
    """The ISO 639-1 codes of the country's languages in another script than Latin."""
    return [language for language, countries in LANGUAGES.items() if country in countries.split()]


def written_as(language: str, country: str) -> str:
    """The BCP 47 tag, with the script where the country decides: ``zh-Hant`` in Taiwan."""
    return f"{language}-Hant" if language == "zh" and country in TRADITIONAL else language
