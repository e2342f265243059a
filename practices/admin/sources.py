"""What an entry rests on, edited beside its texts."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from practices.models import Figure, Source


class SourceFormSet(BaseInlineFormSet):
    def clean(self):
        # The database refuses this too, but only when the transaction ends: too late for a kind word.
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if self.instance.published_at is not None and not kept and not any(self.errors):
            raise ValidationError(_("A published practice keeps at least one source."), code="last_source")


class SourceInline(admin.StackedInline):
    model = Source
    formset = SourceFormSet
    fields = [
        "title",
        "url",
        ("publisher", "year", "language"),
        "archived_url",
        ("position", "last_seen_on", "broken_since"),
    ]
    readonly_fields = ["last_seen_on", "broken_since"]
    extra = 0


class FigureInline(admin.StackedInline):
    # Not as a table: the stock one has a heading without words, which a screen reader stumbles over.
    model = Figure
    fields = [("value", "what"), ("year", "source")]
    extra = 0
    verbose_name_plural = _("figures (save a new source before a figure rests on it)")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "source":
            practice = request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = Source.objects.filter(practice=practice) if practice else Source.objects.none()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
