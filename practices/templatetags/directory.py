"""Filters that turn codes into words and marks into ``<mark>``."""

import json
import re

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from practices.cities.atlas import land
from practices.entries.language_links import languages_without_pages
from practices.entries.numbers import with_numbers
from practices.search import marked_html
from practices.vocabularies import COST_BANDS, EVIDENCE_LEVELS
from practices.vocabularies.facets import BY_NAME
from practices.vocabularies.glossary import explaining
from practices.vocabularies.languages import direction, name_in_sentence

# How large the number is, in the languages of the site.
OF_THE_NUMBER = (
    "thousand|millions?|billions?|mille|milliards?|mil|mill[oó]n(?:es)?|bill[oó]n(?:es)?|milh(?:ão|ões)|bilh(?:ão|ões)"
    "|ألف|آلاف|مليون|ملايين|مليار"
)
# Digits with what belongs to them, such as "US$1.5", "83 %" or "3 million", then a blank and words.
NUMBER_AND_UNIT = re.compile(
    rf"\A(\D{{0,4}}\d(?:[\d.,\u00a0\u202f ]*\d)?(?:\s?%)?\s(?:(?:{OF_THE_NUMBER})\s){{0,2}})((?!(?:{OF_THE_NUMBER})\b)[^\W\d_]\D*)",
    re.IGNORECASE,
)

register = template.Library()
register.filter("marked", marked_html)
register.filter("direction", direction)
register.filter("language_name", name_in_sentence)
register.filter("with_numbers", with_numbers)
register.filter("languages_without_pages", languages_without_pages)
register.simple_tag(land, name="land")


@register.filter
def terms(codes, facet):
    """``["housing"]|terms:"theme"`` → ``[("housing", "Housing")]`` in the vocabulary's order."""
    vocabulary = BY_NAME[facet].vocabulary
    return [(code, vocabulary.label(code)) for code in vocabulary.known(codes)]


@register.filter
def labels(codes, facet):
    """The same without the codes: ``["Housing"]``."""
    return [label for _code, label in terms(codes, facet)]


@register.filter
def words(codes, facet):
    """``["refugees"]|words:"population"`` → the terms of the glossary that explain these values."""
    return explaining(facet, codes) if codes else []


@register.filter
def term(code, facet):
    """``"ongoing"|term:"status"`` → the label in the active language."""
    return BY_NAME[facet].vocabulary.label(code)


@register.filter
def phrase_language(text, practice):
    """In which language a phrase of the entry's facts is shown."""
    return getattr(text, "language", practice.written_in)


@register.filter
def listed(texts, practice):
    """Names or phrases of the entry's facts in one line, each with its language, as another one may stand beside it."""
    separator = SafeString(pgettext("list separator", "; "))
    parts = [(text, phrase_language(text, practice)) for text in texts]
    spans = [(language, direction(language), text) for text, language in parts]
    return format_html_join(separator, '<span lang="{}" dir="{}">{}</span>', spans)


@register.filter
def joined(texts, mark):
    """Texts in the language of the page, in one line, with its commas or semicolons between them; ``mark`` says which."""
    separators = {",": pgettext("list separator", ", "), ";": pgettext("list separator", "; ")}
    return separators[mark].join(map(str, texts))


@register.filter
def unit_apart(value):
    """``"255,000 US dollars"`` with its unit in an element of its own, to be drawn smaller; other texts as they are."""
    # Between large digits the narrow blank of French is not seen.
    value = value.replace("\u202f", "\xa0")
    found = NUMBER_AND_UNIT.fullmatch(value)
    # The line may break before the unit, whatever blank the text has there.
    return format_html("{} <small>{}</small>", found[1].rstrip(), found[2]) if found else value


@register.filter
def evidence(level):
    return dict(EVIDENCE_LEVELS)[level]


@register.filter
def cost(code):
    return dict(COST_BANDS)[code]


@register.filter
def linked_data(data):
    """A JSON-LD block; ``data`` is a dictionary. Characters that could end the block are escaped."""
    text = json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
    )
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


@register.filter
def grouped(number):
    return number_format(number, use_l10n=True, force_grouping=True)
