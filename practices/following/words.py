"""What is followed: a selection of the directory by the query of its address, in one spelling, and in words."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from practices.directory.filters import read_selection
from practices.directory.selection import Selection
from practices.directory.summary import sentence
from practices.models import City, Following


def selection_of(query: QueryDict | str) -> Selection:
    """Without what is the visitor's own, or changes only how the list is shown."""
    parameters = QueryDict(query) if isinstance(query, str) else query
    selection = read_selection(parameters).changed(sort="", view="list")
    return read_selection(QueryDict(selection.canonical_query.removeprefix("?")))


def query_of(selection: Selection) -> str:
    """The same for all addresses that lead to the same list; "" for all practices."""
    return selection.canonical_query.removeprefix("?")


def in_words(city: City | None, query: str) -> str:
    """Such as "practices about housing for refugees in Germany", or "Amman, Jordan"."""
    if city:
        return str(city)
    selection = selection_of(query)
    return sentence(selection, None) if selection.narrows else _("all practices of the directory")


def before_confirmation(following: Following) -> str:
    """Without the words that somebody typed: anybody could write to strangers through us otherwise."""
    selection = selection_of(following.query)
    if not selection.words:
        return in_words(following.city, following.query)
    rest = in_words(None, query_of(selection.changed(words="", exact=False)))
    return _("%(practices)s, with words that the page shows") % {"practices": rest}
