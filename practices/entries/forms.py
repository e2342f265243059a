"""A form of the desk that counts the words of its texts while one types (static/js/counts.js)."""

from django.forms import ModelForm
from django.utils.html import format_html
from django.utils.translation import gettext as _

from citysolidarity.desk.forms import DeskForm
from practices.entries.help_texts import ADVISED_WORDS
from practices.models.entries.texts import SUMMARY_LENGTH


class CountingForm(DeskForm, ModelForm):
    """The count stands in the help of each text, with what reads well: advice, but for the summary."""

    def add_counts(self) -> None:
        for name, (least, most) in ADVISED_WORDS.items():
            advice = _("%(least)d to %(most)d read well.") % {"least": least, "most": most}
            self._add_count(name, _("Words:"), "words", len(self._text(name).split()), advice)
        advice = _("At most %(most)d.") % {"most": SUMMARY_LENGTH}
        self._add_count("summary", _("Characters:"), "characters", len(self._text("summary")), advice)

    def _text(self, name: str) -> str:
        # Not by self[name]: that would fix the help text before the count stands in it.
        return (self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or ""

    def _add_count(self, name: str, label: str, unit: str, count: int, advice: str) -> None:
        if name in self.fields:
            given = self.fields[name].help_text
            self.fields[name].help_text = format_html(
                '{}{} <b data-counts="{}" data-unit="{}">{}</b>. {}',
                format_html("{} <br>", given) if given else "",
                label, self.auto_id % self.add_prefix(name), unit, count, advice,
            )  # fmt: skip
