"""The pictures for social media of themes and of pages that are one of a kind; entries, cities and others draw their own."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.caching.page_cache import PageCache, cached_file
from practices.directory.found import find
from practices.directory.selection import Selection
from practices.entries import share_card
from practices.vocabularies import THEMES


class CardText(NamedTuple):
    """What stands on a card: a title, and a line below it that fits in some fifty letters."""

    title: Promise
    line: Promise | str = ""


STATEMENT, RESIDENTS, CHOOSING = _("The #WithRefugees statement"), _("Residents and their cities"), _("For your mayor")
# By the name of the page's address; each of these templates calls ``social``.
CARDS = {
    "home": CardText(_("What cities do to welcome people forced to flee")),
    "directory": CardText(_("What cities do to include people forced to flee: the directory")),
    "coverage": CardText(_("What the directory covers, and its gaps")),
    "compare": CardText(_("Compare practices"), CHOOSING),
    "brief": CardText(_("Brief"), CHOOSING),
    "guides": CardText(_("Guides: practices and documents in the order of work")),
    "cities": CardText(_("Cities that include people forced to flee")),
    "library": CardText(_("The library: what has been written on cities and refugees")),
    "timeline": CardText(_("Timeline: how cities of solidarity came about")),
    "dialogue": CardText(_("Cities of solidarity: the dialogue of 2018")),
    "networks": CardText(_("Networks of cities that include refugees")),
    "statement": CardText(_("The statement of solidarity that cities sign"), STATEMENT),
    "statement_versions": CardText(_("Versions of the statement"), STATEMENT),
    "deeds": CardText(_("Promises and deeds"), STATEMENT),
    "signatories": CardText(_("Signatories"), STATEMENT),
    "newest_signatories": CardText(_("Latest signatories"), STATEMENT),
    "sign": CardText(_("Sign the statement for your city"), STATEMENT),
    "kit": CardText(_("Kit for your council"), STATEMENT),
    "hundred_days": CardText(_("The first hundred days after signing"), STATEMENT),
    "supports": CardText(_("Ask your city to sign"), RESIDENTS),
    "petition": CardText(_("UNHCR’s #WithRefugees petition, 2016 to 2018"), RESIDENTS),
    "share": CardText(_("Share a practice")),
    "glossary": CardText(_("Glossary")),
    "press": CardText(_("For the press")),
    "about": CardText(_("About this directory")),
    "about_method": CardText(_("Method and criteria")),
    "about_data": CardText(_("Data and licence")),
    "about_api": CardText(_("The API")),
    "about_embed": CardText(_("Show this on your website")),
}


@cached_file(PageCache())
def page_card(request, name: str):
    """The Open Graph image of one of CARDS: a PNG of 1200 × 630 pixels."""
    if name not in CARDS:
        raise Http404
    text = CARDS[name]
    image = share_card.draw(str(text.title), str(text.line), language=get_language())
    return HttpResponse(image, content_type="image/png")


@cached_file(PageCache())
def theme_card(request, theme):
    """The Open Graph image of the list of one theme: a PNG of 1200 × 630 pixels."""
    if theme not in THEMES.codes:
        raise Http404
    count = find(Selection(chosen={"theme": (theme,)}), checked=True).counts.total
    line = ngettext("%(count)d practice", "%(count)d practices", count) % {"count": count}
    image = share_card.draw(THEMES.label(theme), line, kind_label=gettext("Practices"), language=get_language())
    return HttpResponse(image, content_type="image/png")
