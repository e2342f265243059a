"""A city's name as its own people write it, where that is another script than the one of this site."""

from practices.models import City

# Languages that a country writes in another script than Latin, after the official languages, India's regional ones
# among them, of Unicode's CLDR 46.
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
    """The names of ``city.names`` in its country's languages that are not in Latin letters, each with its language."""
    found = {}
    for language in languages_of(city.country):
        name = city.names.get(language, "")
        if name and not name.isascii() and name != city.name:
            found.setdefault(name, written_as(language, city.country))
    return found


def languages_of(country: str) -> list[str]:
    """The languages of a country that are not written in Latin letters, by ISO 639-1."""
    return [language for language, countries in LANGUAGES.items() if country in countries.split()]


def written_as(language: str, country: str) -> str:
    """The language by BCP 47 with the script where the country decides: ``zh-Hant`` in Taiwan."""
    return f"{language}-Hant" if language == "zh" and country in TRADITIONAL else language
