"""A city's name as its own people write it, where that is another script than the one of this site."""

from practices.models import City

# Languages that a country writes in another script than Latin, after the official languages of Unicode's CLDR 46.
LANGUAGES = {
    "am": "ET", "ar": "AE BH DJ DZ EG EH ER IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE", "be": "BY",
    "bg": "BG", "bn": "BD", "bs": "BA", "dv": "MV", "dz": "BT", "el": "CY GR", "fa": "AF IR", "he": "IL", "hi": "IN",
    "hy": "AM", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH", "ko": "KP KR", "ky": "KG", "lo": "LA", "mk": "MK",
    "mn": "MN", "my": "MM", "ne": "NP", "ps": "AF", "ru": "BY KG KZ RU", "si": "LK", "sr": "BA ME RS XK", "ta": "LK",
    "tg": "TJ", "th": "TH", "ti": "ER ET", "uk": "UA", "ur": "PK", "zh": "CN HK MO SG TW",
}  # fmt: skip


def own_names(city: City) -> list[str]:
    """The names of ``city.names`` in its country's languages that are not in Latin letters, each once."""
    spoken = [language for language, countries in LANGUAGES.items() if city.country in countries.split()]
    named = (city.names.get(language, "") for language in spoken)
    return list(dict.fromkeys(name for name in named if name and not name.isascii() and name != city.name))
