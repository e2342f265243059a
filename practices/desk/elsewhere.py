"""Pages about the same practices on other platforms: proposals from the sources, and pages that a curator adds."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.curated import AddedByHand
from citysolidarity.desk.decided import UNDECIDED
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.todo import ToDo, WaitsFilter
from citysolidarity.forms.webpage import WebPageField
from practices.desk.fields import PracticeByAddress
from practices.models import Elsewhere, Practice
from practices.models.entries.elsewhere import Platform, platform_of

TO_COMPARE = ToDo("proposed", _("Pages elsewhere to compare"), UNDECIDED, F("proposed_at"))


class ElsewhereForm(DeskForm, forms.ModelForm):
    practice = PracticeByAddress(
        Practice.objects.published().defer("search"),
        error_messages={"invalid_choice": _("There is no public entry at this address.")},
    )
    url = WebPageField(
        label=_("Web address"),
        longest=1000,
        help_text=_("Compare the two pages first: what you add is shown at once, with the date of today."),
    )

    class Meta:
        model = Elsewhere
        fields = ["practice", "url"]

    def clean_url(self):
        url = self.cleaned_data["url"]
        platform = platform_of(url)
        if platform is None:
            names = get_text_list([str(name) for name in Platform.labels])
            sentence = gettext("This page is on none of the platforms that we link to. Enter a page on %(platforms)s.")
            raise ValidationError(sentence % {"platforms": names}, code="platform")
        self.instance.platform = platform
        return url


@admin.register(Elsewhere)
class ElsewhereAdmin(AddedByHand):
    """Open both pages, compare them, and decide: only what is accepted is shown."""

    form = ElsewhereForm
    list_display = ["entry", "platform", "pages", "proposed_at", "accepted_at", "refused_at"]
    list_display_links = ["platform"]
    list_filter = [WaitsFilter, "platform"]
    search_fields = [*AddedByHand.search_fields, "url"]
    todos = [TO_COMPARE]
    fields = ["entry", "platform", "pages", "proposed_at", "accepted_at", "refused_at", "decided_by"]

    @admin.display(description=_("pages to compare"))
    def pages(self, row):
        return format_html(
            '<a href="{}">{}</a> · <a href="{}" rel="noreferrer">{}</a>',
            row.practice.get_absolute_url(), gettext("Page here"), row.url, gettext("Page there"),
        )  # fmt: skip
