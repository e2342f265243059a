"""Two people who write the same translation at once: nothing that either of them wrote is lost."""

from hashlib import sha256

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.forms import CharField, HiddenInput
from django.utils.translation import gettext as _

from practices.entries.differences import Difference


def mark_of(text: str) -> str:
    """A hash that tells texts apart; a browser sends other line breaks than a load."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:12]


def seen_texts() -> CharField:
    """Marks of the texts that the writer has before them, by which the page tells who changed what."""
    return CharField(required=False, widget=HiddenInput)


class ShowsBoth:
    """Mixed into a form with the field ``seen_texts``; its page includes admin/practices/conflict.html.

    The form says which texts are ``compared``, what a row has ``stored`` of one, and what it is called (``name_of_text``).
    """

    compares_fields = False  # as a whole, see ``show_both``
    user = None  # who fills it in
    is_own = False  # whether it was this very person who saved meanwhile, in another tab
    compared: tuple[str, ...] | list[str] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.taken: list[Difference] = []

    def marks_of(self, row) -> str:
        return " ".join(f"{name}:{mark_of(self.stored(row, name))}" for name in self.compared)

    def show_both(self, saved) -> None:
        """Compares three ways: what was before the writer, what is ``saved``, and what stands in the form."""
        seen = self.cleaned_data.get("seen_texts", "").split()
        begun = dict(mark.split(":") for mark in seen if mark.count(":") == 1)
        self.data = self.data.copy()
        for name in self.compared:
            stored = self.stored(saved, name)
            mine = str(self.cleaned_data.get(name, self.data.get(self.add_prefix(name)) or ""))
            if mark_of(stored) == mark_of(mine):
                continue
            change = Difference(name, self.name_of_text(name), stored, mine)
            # A text that came into the form after it was opened is new to everybody.
            before = begun.get(name, mark_of(stored) if begun else "")
            if before == mark_of(mine):
                self.data[self.add_prefix(name)] = stored
                self.taken.append(change)
            elif before != mark_of(stored):
                self.conflict.append(change)
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(self.instance))
        last = entries.filter(object_id=self.instance.pk).order_by("-action_time", "-pk").first()
        self.is_own = bool(last and self.user and last.user_id == self.user.pk)
        self.data[self.add_prefix("seen_texts")] = self.marks_of(saved)

    def not_saved(self) -> str:
        """Why the form was not saved, for its error."""
        told = (
            _("Not saved: you saved this translation in another tab while you were writing.")
            if self.is_own
            else _("Not saved: someone else saved this translation while you were writing.")
        )
        return f"{told} {_('Your texts are all still here.')}"
