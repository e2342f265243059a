"""The official domain of a city proves who writes for it: a curator records it by an act, with its source."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.forms import WholeTexts
from citysolidarity.desk.page import permitted_row, render_page
from citysolidarity.forms.webpage import WebPageField
from citysolidarity.http.host_names import in_ascii
from citysolidarity.mail.domains import host_of, is_free, is_public_suffix
from practices.models import City


class OfficialDomainForm(WholeTexts, forms.Form):
    official_domain = forms.CharField(
        label=gettext_lazy("Official domain of the city"),
        max_length=200,
        help_text=gettext_lazy("For example berlin.de. Its subdomains, such as post.berlin.de, are included."),
    )
    source = WebPageField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy(
            "The web address of a page that you found yourself, such as a ministry’s list of municipalities. Never "
            "take the domain from the e-mail that it is supposed to prove."
        ),
    )

    def clean_official_domain(self):
        typed = self.cleaned_data["official_domain"].strip().lower()
        host = host_of(typed) if "://" in typed else typed.strip("/@. ")
        domain = in_ascii(host.removeprefix("www."))
        try:
            DomainNameValidator()(domain)
        except ValidationError as error:
            raise ValidationError(_("Enter a domain such as berlin.de."), code="domain") from error
        if is_free(domain):
            raise ValidationError(_("Anyone can create an e-mail address there: it cannot be official."), code="free")
        if is_public_suffix(domain):
            sentence = _("Others have subdomains of this one: enter the city’s own, such as leeds.gov.uk.")
            raise ValidationError(sentence, code="suffix")
        return domain


def record(city: City, domain: str, source: str) -> str:
    """Record the domain; returns what the log of the desk says about it."""
    before, city.official_domain = city.official_domain, domain
    city.save(update_fields=["official_domain"])
    values = {"before": before or "–", "after": domain, "source": source}
    return _("Official domain of the city: %(before)s → %(after)s, after %(source)s") % values


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def official_domain(request, object_id, desk):
    city = permitted_row(request, desk, object_id, to_change=True)
    form = OfficialDomainForm(request.POST or None, initial={"official_domain": city.official_domain})
    if request.method == "POST" and form.is_valid():
        city = City.objects.select_for_update().get(pk=city.pk)
        desk.log_change(request, city, record(city, form.cleaned_data["official_domain"], form.cleaned_data["source"]))
        messages.success(request, _("The official domain has been recorded."))
        return redirect("admin:practices_city_change", city.pk)
    context = {"title": _("Record the official domain"), "city": city, "form": form}
    return render_page(request, desk, "admin/practices/city/official_domain.html", context)
