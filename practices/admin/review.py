"""Where an entry is on its way, what happened, what curators said, and the moves that are possible now."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from practices.admin.actions import ACTS, objection
from practices.admin.page import entry_of, show
from practices.models.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.moves import STATES, WITH_A_REASON, ImpossibleMove
from practices.models.review import WHY_LENGTH, Move, ReviewComment


class CommentForm(forms.ModelForm):
    class Meta:
        model = ReviewComment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 60})}
        help_texts = {"text": gettext_lazy("For the other curators; never public. No private data of third people.")}


class MoveForm(forms.Form):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    why = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=WHY_LENGTH)
    year = forms.IntegerField(
        label=gettext_lazy("Year in which it ended"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        move = self["move"].value()
        self.fields["why"].required = move in WITH_A_REASON
        if move != Move.ENDED:
            del self.fields["year"]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def review(request, object_id, desk):
    """Shows the log; a POST makes one move (``move``) or adds a comment (``text``)."""
    practice = entry_of(request, desk, object_id, to_change=request.method == "POST")
    comment, moved = CommentForm(), None
    if request.method == "POST":
        if "move" in request.POST:
            moved = MoveForm(request.POST, auto_id=f"id_{request.POST['move']}_%s")
            done = moved.is_valid() and _move(request, desk, practice, **moved.cleaned_data)
        else:
            comment = CommentForm(request.POST, instance=ReviewComment(practice=practice, by=request.user))
            done = comment.is_valid() and comment.save()
        if done:
            return redirect("admin:practices_practice_review", practice.pk)
    return show(
        request, desk, "review", practice, _("Review"),
        state=STATES[practice.state],
        log=_log(practice),
        comment=comment,
        moves=[(move, _form_of(move, moved)) for move in practice.possible_moves],
    )  # fmt: skip


def _form_of(move: Move, moved: MoveForm | None) -> MoveForm:
    if moved is not None and moved["move"].value() == move:
        return moved
    return MoveForm(initial={"move": move}, auto_id=f"id_{move}_%s")


def _move(request, desk, practice, move: str, why: str, year: int | None = None) -> bool:
    move = Move(move)
    if against := objection(move, why, 1):
        messages.error(request, against)
        return False
    facts = {"year": year} if move is Move.ENDED else {}
    try:
        ACTS[move](practice, by=request.user, why=why, **facts)
    except ImpossibleMove as refused:
        messages.warning(request, _("Nothing was done: %(reason)s") % {"reason": refused})
        return False
    desk.log_change(request, practice, [{"changed": {"fields": [str(move.label)]}}])
    messages.success(request, f"{move.label}.")
    return True


def _log(practice) -> list[tuple]:
    """Events and comments, the oldest first: (when, who or None, what happened or "", text)."""
    events = [(one.at, one.by, one.get_move_display(), one.why) for one in practice.review_events.select_related("by")]
    comments = [(one.at, one.by, "", one.text) for one in practice.review_comments.select_related("by")]
    return sorted(events + comments, key=lambda entry: entry[0])
