"""Filters that turn codes into words and marks into ``<mark>``."""

import json

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from practices.atlas import land
from practices.facets import BY_NAME
from practices.languages import direction
from practices.search import marked_html
from practices.translations import other_ways, said_in_full
from practices.vocabularies import COST_BANDS, EVIDENCE_LEVELS

register = template.Library()
register.filter("marked", marked_html)
register.filter("direction", direction)
register.filter("other_ways", other_ways)
register.simple_tag(land, name="land")


@register.filter
def terms(codes, facet):
    """``["housing"]|terms:"theme"`` → ``[("housing", "Housing")]`` in the vocabulary's order."""
    vocabulary = BY_NAME[facet].vocabulary
    return [(code, vocabulary.label(code)) for code in vocabulary.known(codes)]


@register.filter
def translation(practice):
    """Who translated the texts of an entry; "" of an original."""
    return said_in_full(practice)


@register.filter
def term(code, facet):
    """``"ongoing"|term:"status"`` → the label in the active language."""
    return BY_NAME[facet].vocabulary.label(code)


@register.filter
def evidence(level):
    """The evidence level in plain words; ``level`` is 0 to 5."""
    return dict(EVIDENCE_LEVELS)[level]


@register.filter
def cost(code):
    """The cost band in words."""
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
    """A whole number with the active language's thousands separators."""
    return number_format(number, use_l10n=True, force_grouping=True)
