"""What may be done with rows at the desk: parts for ModelAdmin classes and inlines."""

from django.db import transaction
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.saved_meanwhile import gone_as_new


class NoneDeleted:
    def has_delete_permission(self, request, obj=None):
        return False


class NoneAddedOrDeleted(NoneDeleted):
    def has_add_permission(self, request, obj=None):
        return False


class RemovedByEditing:
    """An inline whose rows go by an edit of their parent, which its history keeps: a row may expose somebody."""

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class LockedWhileSaving:
    """Lock the row before it is saved: two saves at once come one after the other."""

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        # Outside of a transaction no lock would last: a page that saves a row opens one first.
        is_saved = request.method == "POST" and not getattr(request, "is_given_back", False)
        if row is None or not is_saved or not transaction.get_connection().in_atomic_block:
            return row
        lock_edition()
        self.model._base_manager.select_for_update().values_list("pk").filter(pk=row.pk).first()
        return self.get_queryset(request).filter(pk=row.pk).first()

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        # Django draws no row that a colleague has removed, and would refuse it for ever.
        if "data" in given and obj.pk:
            given["data"] = gone_as_new(given["data"], prefix, given["queryset"])
        return given

    @method_decorator(require_safe)
    def history_view(self, request, object_id, extra_context=None):
        # A POST here would lock outside a transaction.
        return super().history_view(request, object_id, extra_context)
