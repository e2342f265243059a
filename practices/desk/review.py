"""Where an entry is on its way, what happened, what curators said, and the moves that are possible now."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.forms import DeskForm, WholeTexts
from citysolidarity.desk.page import permitted_row
from practices.desk.bulk_actions import make_move, objection
from practices.desk.page import show
from practices.models import Practice
from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.models.entries.review import WHY_LENGTH, Gone, Move, ReviewComment
from practices.models.entries.workflow import STATES, WITH_A_REASON


class CommentForm(DeskForm, forms.ModelForm):
    class Meta:
        model = ReviewComment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "cols": 60})}
        help_texts = {
            "text": gettext_lazy("For the other curators; never public. Do not include private data about others.")
        }


class MoveForm(WholeTexts, forms.Form):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    why = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=WHY_LENGTH, help_text=gettext_lazy("For the curators.")
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year in which it ended"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    gone = forms.ChoiceField(
        label=gettext_lazy("What its page will say"), required=False, choices=Gone, initial=Gone.UNSAID
    )
    moved_to = forms.CharField(
        label=gettext_lazy("Web address of the other entry"),
        required=False,
        help_text=gettext_lazy("Only if it has become part of another entry: readers are redirected there."),
    )
    # The fields that only one move has.
    OWN = {"year": Move.ENDED, "gone": Move.ARCHIVED, "moved_to": Move.ARCHIVED}

    def __init__(self, *args, practice, **kwargs):
        super().__init__(*args, **kwargs)
        self.practice = practice
        move = self["move"].value()
        self.fields["why"].required = move in WITH_A_REASON
        for name in [name for name, mine in self.OWN.items() if move != mine]:
            del self.fields[name]

    def clean(self):
        facts = super().clean()
        typed = (facts.get("moved_to") or "").rstrip("/").rpartition("/")[2]
        is_double = facts.get("gone") == Gone.DOUBLE
        if is_double and not typed:
            self.add_error("moved_to", _("Say which entry it has become part of."))
        elif typed and not is_double:
            self.add_error(
                "gone", _("Enter the address of another entry only if this one “has become part of another one”.")
            )
        elif typed:
            others = Practice.objects.published().exclude(pk=self.practice.pk)
            facts["moved_to"] = others.filter(slug=typed).first()
            if facts["moved_to"] is None:
                self.add_error("moved_to", _("There is no other public entry at this address."))
        if "moved_to" in facts:
            facts["moved_to"] = facts["moved_to"] or None
        if "gone" in facts:
            facts["gone"] = facts["gone"] or Gone.UNSAID
        return facts


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def review(request, object_id, desk):
    practice = permitted_row(request, desk, object_id, to_change=request.method == "POST")
    comment, moved, done = CommentForm(), None, False
    if "move" in request.POST:
        moved = MoveForm(request.POST, practice=practice, auto_id=f"id_{request.POST['move']}_%s")
        done = moved.is_valid() and _move(request, desk, practice, **moved.cleaned_data)
    elif "remove" in request.POST:
        done = _remove_comment(request, desk, practice)
    elif request.method == "POST":
        comment = CommentForm(request.POST, instance=ReviewComment(practice=practice, by=request.user))
        done = comment.is_valid() and _comment(request, practice, comment)
    if done:
        return redirect("admin:practices_practice_review", practice.pk)
    is_editor = desk.has_change_permission(request, practice)
    return show(
        request, desk, "review", practice, _("Review"),
        state=STATES[practice.state],
        gone=practice.get_gone_because_display() if practice.archived_at else "",
        log=_log(practice, is_editor),
        comment=comment,
        moves=[(move, _form_of(move, moved, practice)) for move in practice.possible_moves],
        impossible=_impossible(practice),
    )  # fmt: skip


def _form_of(move: Move, moved: MoveForm | None, practice) -> MoveForm:
    if moved is not None and moved["move"].value() == move:
        return moved
    return MoveForm(initial={"move": move}, practice=practice, auto_id=f"id_{move}_%s")


# Of these nobody thinks unless they are possible.
ONLY_WHERE_POSSIBLE = (Move.SENT_BACK, Move.DISCARDED, Move.BROUGHT_BACK)


def _impossible(practice) -> list[tuple[Move, str]]:
    """The moves that are not possible now, each with the reason."""
    reasons = [(move, practice.why_not(move)) for move in Move if move not in ONLY_WHERE_POSSIBLE]
    return [(move, reason) for move, reason in reasons if reason]


def _move(request, desk, practice, move: str, why: str, **facts) -> bool:
    move = Move(move)
    if problem := objection(move, why, 1):
        messages.error(request, problem)
        return False
    if attempt(request, lambda: make_move(desk, request, practice, move, why, **facts)):
        messages.success(request, f"{move.label}.")
        if move == Move.ARCHIVED:
            messages.info(
                request, _("Its address says now: %(reason)s") % {"reason": practice.get_gone_because_display()}
            )
        return True
    return False


def _comment(request, practice, form) -> bool:
    latest = practice.review_comments.last()
    if latest and (latest.by_id, latest.text) == (request.user.pk, form.cleaned_data["text"]):
        messages.warning(request, _("Your comment is already here; it was not added again."))
        return True
    form.save()
    log_act(practice, request.user, _("A comment was written."))
    messages.success(request, _("Your comment has been added."))
    return True


def _remove_comment(request, desk, practice) -> bool:
    """Whoever wrote a comment can take it away."""
    key = request.POST["remove"]
    mine = practice.review_comments.filter(pk=key if key.isdecimal() and len(key) < 18 else 0, by=request.user)
    if mine.delete()[0]:
        desk.log_change(request, practice, _("A comment was removed by its author."))
        messages.success(request, _("Your comment has been removed."))
    else:
        messages.warning(request, _("Nothing was done: the comment has already been removed, or it is not yours."))
    return True


def _log(practice, is_editor: bool) -> list[tuple]:
    """Events and comments, the oldest first: (when, who or None, what happened or "", text, the comment or None).

    What curators tell each other is for curators alone.
    """
    lines = [
        (event.at, event.by, event.get_move_display(), event.why if is_editor else "", None)
        for event in practice.review_events.select_related("by")
    ]
    if is_editor:
        comments = practice.review_comments.select_related("by")
        lines += [(comment.at, comment.by, "", comment.text, comment) for comment in comments]
    return sorted(lines, key=lambda line: line[0])
