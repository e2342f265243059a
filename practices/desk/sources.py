"""What an entry rests on, edited beside its texts."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import RemovedByEditing
from practices.desk.fields import SameAsPublic, keep_language, show_addresses
from practices.models import Fact, Figure, Source, Transfer


class SourceFormSet(BaseInlineFormSet):
    def clean(self):
        # The database refuses this too, but only when the transaction ends: too late for a kind word.
        super().clean()
        remaining = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if self.instance.published_at is not None and not remaining and not any(self.errors):
            raise ValidationError(_("A published practice keeps at least one source."), code="last_source")


class PartFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        removed = removed_sources(self.data)
        for form in self.forms:
            part = form.cleaned_data if hasattr(form, "cleaned_data") else {}
            if part.get("source") and not part.get("DELETE") and str(part["source"].pk) in removed:
                form.add_error(
                    "source", _("This source is being removed: select another one, or also remove what is based on it.")
                )


def removed_sources(data) -> set[str]:
    ticked = [name.removesuffix("-DELETE") for name in data if name.startswith("sources-") and name.endswith("-DELETE")]
    return {data.get(f"{source}-id", "") for source in ticked if data.get(f"{source}-DELETE")}


class SourceForm(DeskForm, ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_language(self)


class PartForm(DeskForm, ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            show_addresses(self)


class SourceInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    model = Source
    form = SourceForm
    formset = SourceFormSet
    fields = [
        "title", "url", ("publisher", "year", "language"), "archived_url", ("position", "last_seen_on", "broken_since"),
    ]  # fmt: skip
    readonly_fields = ["last_seen_on", "broken_since"]
    extra = 1  # one empty form, for those without a script

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        # Django looks at the parts that are stored; PartFormSet looks at those that this form leaves.
        formset.form.hand_clean_DELETE = lambda form: None
        return formset


class PartInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    # Not as a table: the stock one has a heading without words, which a screen reader stumbles over.
    form = PartForm
    formset = PartFormSet
    extra = 1  # one empty form, for those without a script

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "source":
            practice = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Source.objects.filter(practice=practice) if practice else Source.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class FigureInline(PartInline):
    model = Figure
    fields = [("value", "what"), ("year", "source")]
    verbose_name_plural = _("figures (save a new source before a figure rests on it)")


class FactInline(PartInline):
    model = Fact
    fields = ["kind", "text", ("year", "source")]
    max_num = len(Fact.Kind)
    verbose_name_plural = _("cost, staff and time to start, as a source says")


class TransferInline(PartInline):
    model = Transfer
    fields = ["direction", ("place", "country"), "what", "source"]
    verbose_name_plural = _("who learned from whom")
