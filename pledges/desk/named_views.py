"""Pages to enter a signature that a public source names, and to correct one."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.forms import WholeTexts
from citysolidarity.desk.page import render_page
from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.dates import FIRST_DAY
from pledges.models import Signature, SignatureSource
from pledges.models.named import NAMED_FACTS
from pledges.models.workflow import CURATE
from pledges.vocabularies import Origin, Precision
from practices.cities import place_search
from practices.cities.desk_form import suggesting
from practices.models import City

SOURCE = ("title", "publisher", "url", "year")


def day(label, **options) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=False, **options)


class NamedForm(WholeTexts, forms.Form):
    """The facts of a signature, and of its source with the prefix ``source_``."""

    city = forms.ModelChoiceField(City.objects.none(), label=gettext_lazy("City of the directory"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Or another city"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Type its name, and the country where several cities have it."),
    )
    which = forms.ChoiceField(label=gettext_lazy("Which one is it?"), widget=forms.RadioSelect, required=False)
    institution = forms.CharField(
        label=gettext_lazy("Institution"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As the source names it; leave empty if it names only the city."),
    )
    precision = forms.ChoiceField(
        label=gettext_lazy("How exactly the day is known"), choices=Precision, widget=forms.RadioSelect
    )
    signed_on = day(gettext_lazy("Day"), help_text=gettext_lazy("For “between”: the later one."))
    not_before = day(gettext_lazy("Not before"), help_text=gettext_lazy("Only for “between”: the earlier one."))
    signed_by = forms.CharField(
        label=gettext_lazy("What the source says"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("About when and who, for example: listed on 20 June 2018. For curators."),
    )
    source_title = forms.CharField(label=gettext_lazy("Title of the source"), max_length=300)
    source_publisher = forms.CharField(label=gettext_lazy("Publisher of the source"), max_length=200)
    source_url = forms.URLField(label=gettext_lazy("Address of the source"), max_length=1000)
    source_year = forms.IntegerField(
        label=gettext_lazy("Year of the source"), min_value=1900, max_value=2100, required=False
    )

    def __init__(self, *args, signature=None, **kwargs):
        super().__init__(*args, **kwargs)
        if signature is None:
            self.fields["city"].queryset = City.objects.defer("keywords").in_name_order()
            self.fields["place"].widget.attrs |= suggesting()
            self._offer((self.data.get("place") or "").strip())
        else:
            for name in ("city", "place", "which"):
                del self.fields[name]

    def _offer(self, typed: str) -> None:
        """The places that the typed name may mean; asked about unless it is said exactly, as a suggestion says it."""
        found = (place_search.find(typed) or place_search.find_similar(typed)) if typed else []
        exact = [choice for choice in found if choice.label == typed]
        self.meant = exact[0] if len(exact) == 1 else None
        self.found = {choice.value: choice for choice in found}
        self.fields["which"].choices = [(choice.value, choice.label) for choice in found]
        if self.meant or not found or self.data.get("city"):
            self.fields["which"].widget = forms.HiddenInput()

    def _clean_city(self, facts: dict) -> None:
        facts["choice"] = choice = self.meant or self.found.get(facts.get("which"))
        if facts.get("city") or choice or "city" in self.errors or "which" in self.errors:
            return
        if self.found:
            self.add_error("which", _("We know more than one such place. Which one is it?"))
        elif facts.get("place"):
            sentence = _("We know no place of this name. Add the city to the directory first, under “Cities”.")
            self.add_error("place", sentence)
        else:
            self.add_error("city", _("Which city has signed? Choose it here, or type its name below."))

    def clean(self):
        facts = super().clean()
        if "city" in self.fields:
            self._clean_city(facts)
        precision = facts.get("precision")
        signed_on, not_before = facts.get("signed_on"), facts.get("not_before")
        if precision == Precision.UNKNOWN:
            facts["signed_on"] = None
        elif precision and not signed_on and "signed_on" not in self.errors:
            self.add_error("signed_on", _("Give the day, or choose “Day not known”."))
        if precision == Precision.BETWEEN and not not_before and "not_before" not in self.errors:
            self.add_error("not_before", _("Give the earlier day, too."))
        elif precision != Precision.BETWEEN:
            facts["not_before"] = None
        elif signed_on and not_before and not_before > signed_on:
            self.add_error("not_before", _("This day comes after the other one."))
        return facts

    def clean_signed_on(self):
        return possible(self.cleaned_data["signed_on"])

    def clean_not_before(self):
        return possible(self.cleaned_data["not_before"])

    @property
    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in NAMED_FACTS}

    @property
    def source(self) -> dict:
        return {name: self.cleaned_data[f"source_{name}"] for name in SOURCE}


def possible(day):
    if day and not FIRST_DAY <= day <= timezone.localdate():
        raise ValidationError(_("Cities have been able to sign since 20 June 2018; choose a day until today."))
    return day


class NamedViews:
    """Mixed into the admin of signatures."""

    def get_urls(self):
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.named_view))
        return [
            path("named/", view, name="pledges_signature_enter"),
            path("<int:object_id>/named/", view, name="pledges_signature_named"),
            *super().get_urls(),
        ]

    def named_view(self, request, object_id=None):
        if not request.user.has_perm(CURATE):
            raise PermissionDenied
        signature = None
        if object_id is not None:
            signature = self.get_queryset(request).filter(pk=object_id, origin=Origin.STATED).first()
            if signature is None:
                raise Http404
        form = NamedForm(request.POST or None, initial=shown(signature), signature=signature)
        if request.method == "POST" and form.is_valid():
            try:
                saved = self._save_named(request, signature, form)
            except TransitionNotAllowed as refusal:
                form.add_error(None, refusal.messages)
            else:
                messages.success(request, _("It has been saved and is public."))
                return redirect("admin:pledges_signature_change", saved.pk)
        title = (
            _("Correct a signature named in a public source")
            if signature
            else _("Add a signature named in a public source")
        )
        context = {"title": title, "subtitle": None, "form": form, "signature": signature}
        return render_page(request, self, "admin/pledges/signature/named.html", context)

    def _save_named(self, request, signature, form) -> Signature:
        with transaction.atomic():
            if signature is None:
                city = form.cleaned_data["city"] or place_search.city_of(form.cleaned_data["choice"])
                signature = Signature.enter(request.user, city, form.source, **form.facts)
                self.log_addition(request, signature, "Entered from a source.")
            else:
                signature.correct_named(request.user, form.source, **form.facts)
                self.log_change(request, signature, [{"changed": {"fields": form.changed_data}}])
        return signature


def shown(signature) -> dict:
    if signature is None:
        return {"precision": Precision.BEFORE}
    source = signature.sources.first() or SignatureSource()
    facts = {name: getattr(signature, name) for name in NAMED_FACTS}
    return facts | {f"source_{name}": getattr(source, name) for name in SOURCE}
