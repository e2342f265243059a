"""The days that the report is about."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Period(NamedTuple):
    """Both days are included; days are those of UTC."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time.min, UTC)

    @property
    def ends(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, UTC)

    def holds(self, column: str) -> Q:
        """Rows whose moment in this column lies in the period."""
        return Q(**{f"{column}__gte": self.begins, f"{column}__lt": self.ends})

    @classmethod
    def this_year(cls) -> "Period":
        today = timezone.localdate()
        return cls(date(today.year, 1, 1), today)


class PeriodForm(forms.Form):
    first = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self):
        facts = super().clean()
        if facts.get("first") and facts.get("last") and facts["first"] > facts["last"]:
            raise ValidationError(_("The first day comes after the last one."))
        # The day after the last one has to exist, too.
        if facts.get("last") and facts["last"] >= date(9999, 1, 1):
            raise ValidationError(_("Choose days up to today."))
        return facts

    @classmethod
    def of(cls, query) -> tuple["PeriodForm", Period | None]:
        """The form and the period it names: this year where nothing was asked, None where the days are wrong."""
        if not query:
            period = Period.this_year()
            return cls(initial=period._asdict()), period
        form = cls(query)
        return form, Period(**form.cleaned_data) if form.is_valid() else None
