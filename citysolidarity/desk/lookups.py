"""What a list of the desk may be asked in its address: only what its filters offer.

Django takes any column of the row there: ``?signer_name__startswith=Ra`` would spell out what the list does not show.
"""

from django.contrib import admin

COMPARISONS = ("exact", "in", "isnull", "gt", "gte", "lt", "lte", "isempty")


class OfferedLookups:
    """Mixed into every admin as it is registered (desk/site.py)."""

    def lookup_allowed(self, lookup, value, request=None):
        names = [getattr(field, "name", "") for field in self.opts.get_fields()]
        if lookup.split("__")[0] not in [*names, "pk", *(field.attname for field in self.opts.concrete_fields)]:
            # No column: the list ignores it, or one of its own filters knows it.
            return True
        days = [f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day", "gte", "lt")]
        return lookup in days or any(lookup in lookups_of(entry) for entry in self.get_list_filter(request))


def lookups_of(entry) -> list[str]:
    """What a filter of a list is asked by, from its entry in ``list_filter``."""
    if isinstance(entry, type) and issubclass(entry, admin.SimpleListFilter):
        return [entry.parameter_name]
    name = entry[0] if isinstance(entry, (tuple, list)) else entry
    return [name, *(f"{name}__{comparison}" for comparison in COMPARISONS)]
