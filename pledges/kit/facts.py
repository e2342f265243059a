"""What the address says of the city, the day and the signer. It is shown to whoever typed it, and stored nowhere."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.forms.base import PlainForm, without_nul
from citysolidarity.forms.line import LineField
from pledges.dates import FIRST_YEAR

LONGEST = 80  # characters of a name
LONGEST_READ = 400  # characters of a value, right or wrong, that the page shows again
YEARS_AHEAD = 5


@dataclass(frozen=True)
class KitFacts:
    """ "" and None are not known: the papers then leave a gap in brackets."""

    city: str = ""
    day: date | None = None
    signer: str = ""
    office: str = ""

    def __bool__(self):
        return bool(self.query)

    @property
    def query(self) -> str:
        """The address from the question mark on; "" where nothing is known."""
        values = {
            "city": self.city,
            "day": self.day.isoformat() if self.day else "",
            "signer": self.signer,
            "office": self.office,
        }
        known = {name: value for name, value in values.items() if value}
        return f"?{urlencode(known)}" if known else ""

    @property
    def city_or_gap(self) -> str:
        return self.city or _("[name of the city]")

    @property
    def day_or_gap(self) -> str:
        return date_format(self.day, "DATE_FORMAT") if self.day else _("[date]")

    @property
    def signer_or_gap(self) -> str:
        return self.signer or _("[name of the signatory]")

    @property
    def office_or_gap(self) -> str:
        return self.office or _("[office of the signatory]")


class DayInput(forms.DateInput):
    """The browser's own box for a date, which can only show one that exists."""

    input_type = "date"

    def format_value(self, value) -> str | None:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return None


class KitForm(PlainForm):
    city = LineField(
        label=gettext_lazy("Your city"),
        help_text=gettext_lazy("As it should appear in the papers, for example Irbid"),
        longest=LONGEST,
        required=False,
    )
    day = forms.DateField(
        label=gettext_lazy("Day of the decision"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=DayInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("There is no such date. Select it again, or leave it empty")},
    )
    signer = LineField(label=gettext_lazy("Who will sign"), longest=LONGEST, required=False)
    office = LineField(
        label=gettext_lazy("Office"), help_text=gettext_lazy("For example Mayor"), longest=LONGEST, required=False
    )

    @classmethod
    def of(cls, query: QueryDict) -> "KitForm":
        """The form with what the address says, each value cut to LONGEST_READ; unbound where that is nothing."""
        data, had_nul = without_nul(query)
        values = {name: data[name][:LONGEST_READ] for name in cls.base_fields if data.get(name)}
        return cls(values or None, had_nul=had_nul)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and not FIRST_YEAR <= day.year <= timezone.localdate().year + YEARS_AHEAD:
            raise forms.ValidationError(self.fields["day"].error_messages["invalid"], code="far")
        return day

    @property
    def facts(self) -> KitFacts:
        """What is right of it; a wrong value leaves its gap."""
        if not self.is_bound:
            return KitFacts()
        self.full_clean()
        known = {name: value for name, value in self.cleaned_data.items() if name not in self.errors and value}
        return KitFacts(**known)
