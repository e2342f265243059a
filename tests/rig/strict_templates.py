"""A variable that a template of ours prints must exist.

``{% if person %}``, ``{% for one in many %}`` and ``{{ name|default:"–" }}`` may still meet a missing one: there it is
asked for. Templates of Django and of other packages, and ours under ``templates/admin``, keep Django's own rule.
"""

import copy
import sys

from django.conf import settings
from django.template import engines
from django.template.base import FilterExpression, Node
from django.template.defaultfilters import default, default_if_none


class UnknownVariable(Exception):
    """A template prints something that its view did not give."""


class Missing(str):
    """Stands where Django keeps ``string_if_invalid`` and is asked what to print instead of a missing variable."""

    def __new__(cls):
        return super().__new__(cls, "%s")

    def __mod__(self, variable):
        frame = sys._getframe(1)
        expression, context = frame.f_locals["self"], frame.f_locals["context"]
        asked_for = expression.filters and expression.filters[0][0] in {default, default_if_none}
        if asked_for or not is_ours(origin_of(frame)):
            return without_value(expression).resolve(context)
        raise UnknownVariable(f"{origin_of(frame)} prints {variable}, which its view does not give")

    def __html__(self):
        # Django hands the string itself over for a method that changes data or wants arguments.
        raise UnknownVariable("a template calls a method that changes data, or one that needs arguments")


def without_value(expression: FilterExpression) -> FilterExpression:
    """The same expression with "" for its variable: what Django does with a missing one."""
    expression = copy.copy(expression)
    expression.is_var, expression.var = False, ""
    return expression


def origin_of(frame) -> str | None:
    """The path of the template whose node is being rendered in this frame or the nearest one above it; else None."""
    while frame is not None:
        node = frame.f_locals.get("self")
        # Not isinstance: asking a lazy object for its class sends the query that led here, without end.
        if issubclass(type(node), Node) and getattr(node, "origin", None) is not None:
            return str(node.origin)
        frame = frame.f_back
    return None


def is_ours(origin: str | None) -> bool:
    """Whether a template stands in the project's own folder, the admin's aside; one made of a string is not."""
    ours = settings.BASE_DIR / "templates"
    return origin is not None and origin.startswith(f"{ours}/") and not origin.startswith(f"{ours}/admin/")


def install() -> None:
    """Make every template engine strict."""
    for backend in engines.all():
        backend.engine.string_if_invalid = Missing()
