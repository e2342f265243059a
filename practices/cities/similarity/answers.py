"""What the address says of the visitor's city: which one it is, or answers to five questions."""

from dataclasses import dataclass

from django.http import QueryDict

LONGEST_KEY = 120  # characters


@dataclass(frozen=True)
class Answers:
    """``city`` is a slug, or a number of GeoNames; the others are codes of vocabularies. "" and () are no answer."""

    city: str = ""
    size: str = ""
    region: str = ""
    income: str = ""
    contexts: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @classmethod
    def of_city(cls, query: QueryDict) -> "Answers":
        """The city that an address names (``like``), and nothing else.

        Of several the first of the alphabet, since a page that is kept does not know in which order they were named.
        """
        return cls(city=min(query.getlist("like"), default="").replace("\0", "")[:LONGEST_KEY])

    def __bool__(self):
        return bool(self.city or self.size or self.region or self.income or self.contexts or self.themes)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        codes_of = {
            "like": [self.city],
            "size_like": [self.size],
            "region_like": [self.region],
            "income_like": [self.income],
            "context_like": self.contexts,
            "theme_like": self.themes,
        }
        return [(name, code) for name, codes in codes_of.items() for code in codes if code]
