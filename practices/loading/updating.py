"""The directory only fills: what a curator changed here stays, unless it is to be replaced."""

from collections.abc import Iterable

from django.db.models import Model

from practices.models.entries.fields import CodeListField


def differs(stored: Model, loaded: Model, names: Iterable[str]) -> bool:
    """Whether any of these fields is not as the file says."""
    return any(_content(stored, name) != _content(loaded, name) for name in names)


def _content(row: Model, name: str):
    # Saving a form puts codes into another order, which says nothing new.
    value = getattr(row, name)
    return set(value) if isinstance(row._meta.get_field(name), CodeListField) else value


def replace(stored: Model, loaded: Model, names: Iterable[str]) -> None:
    """Takes these fields over from the file and saves the row."""
    for name in names:
        setattr(stored, name, getattr(loaded, name))
    stored.save()
