"""The page where one puts together a frame for another site, and sees its code and what it shows."""

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from citysolidarity.forms.base import PlainForm, without_nul
from citysolidarity.forms.bounds import ShortField
from citysolidarity.opendata.embeds import KINDS, LEAST, MOST, Embed, embed_of

LONGEST = 2_000  # characters of an address
# Beside everything that every page may load: the frame that is shown.
WITH_FRAME = settings.SECURE_CSP | {"frame-src": [CSP.SELF]}
NUMBER = {"min_value": LEAST, "max_value": MOST, "required": False}
WRONG = {
    "invalid": _("Enter a whole number"),
    "min_value": _("Enter 120 or more"),
    "max_value": _("Enter 2000 or less"),
}


class EmbedForm(PlainForm):
    kind = forms.ChoiceField(
        label=_("What to show"), choices=lambda: [(kind.name, kind.title) for kind in KINDS.values()]
    )
    of = ShortField(
        label=_("Address of the page"),
        longest=LONGEST,
        help_text=_("Of the practice, of the list after you searched and filtered it, or of the city’s signature."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)
    width = forms.IntegerField(
        label=_("Width in pixels"), help_text=_("Leave it empty for a size that fits."), error_messages=WRONG, **NUMBER
    )
    height = forms.IntegerField(label=_("Height in pixels"), error_messages=WRONG, **NUMBER)

    @classmethod
    def of_query(cls, query: QueryDict) -> "EmbedForm":
        """Bound to what the address says, with defaults for what it leaves out."""
        data, had_nul = without_nul(query)
        values = {"kind": "practices", "language": get_language()}
        return cls(
            values | {name: data[name][: LONGEST + 1] for name in cls.base_fields if data.get(name)}, had_nul=had_nul
        )

    def clean(self):
        """``embed`` is what was asked for, None where there is no such page."""
        self.embed: Embed | None = None
        asked = self.cleaned_data
        if "kind" in asked and "of" in asked and "language" in asked:
            path, _mark, query = asked["of"].partition("#")[0].partition("?")
            with override(asked["language"]):
                self.embed = embed_of(asked["kind"], path.rstrip("/").rpartition("/")[2], query)
            if self.embed is None:
                self.add_error("of", _("We do not know this page. Copy its address from your browser."))


@csp_override(WITH_FRAME)
@require_safe
def embed_page(request):
    """At most two queries."""
    form = EmbedForm.of_query(request.GET)
    context = {"form": form, "problems": form.problems() if request.GET else [], "is_asked": bool(request.GET)}
    if form.is_valid():
        width, height = form.embed.size(form.cleaned_data["width"])
        width = form.cleaned_data["width"] or width
        height = form.cleaned_data["height"] or height
        context |= {"embed": form.embed, "code": form.embed.code(width, height), "width": width, "height": height}
    return render(request, "citysolidarity/opendata/embed_page.html", context)
