"""What people type who need an entry, edited beside its texts."""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import RemovedByEditing
from practices.desk.fields import LinesField
from practices.models import PracticeKeywords


class KeywordsForm(DeskForm, ModelForm):
    class Meta:
        help_texts = {
            "phrases": _(
                "One per line: what someone types who needs this practice and does not know it. Other words than the entry’s "
                "own, such as “council flats” or “how do we house large families”. The search finds the entry by them; "
                "readers do not see them."
            )
        }


class KeywordsInline(RemovedByEditing, admin.StackedInline):
    model = PracticeKeywords
    form = KeywordsForm
    formfield_overrides = {ArrayField: {"form_class": LinesField, "required": True}}
    extra = 1  # one empty form, for those without a script
