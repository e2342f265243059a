"""The links of the e-mails that ask institutions what became of their signature; each page has one button."""

from citysolidarity.http.private_pages import private
from pledges.email_links.answers import MoveForm, ProgressForm, RenewForm
from pledges.email_links.links import LINKS
from pledges.models import CommitmentQuestion, SignatureLetter
from pledges.models.letter import Purpose
from pledges.models.workflow import not_allowed
from pledges.vocabularies import State


def require_live(signature) -> None:
    if signature.state != State.PUBLISHED:
        raise not_allowed("wrong-state")


class ProgressForms:
    """Makes the form of one letter: a group of fields for each question that another letter has not settled since."""

    def __init__(self, token: str):
        letter = SignatureLetter.objects.open(token, Purpose.REPORT).letter
        self.questions = list(CommitmentQuestion.objects.asked_by(letter)) if letter else []
        self.waiting = [question for question in self.questions if not question.answered_at] or self.questions

    def posted(self, request) -> ProgressForm:
        # A question that was answered after the page was drawn is still one of its form.
        drawn = [question for question in self.questions if f"text_{question.pk}" in request.POST]
        return ProgressForm.posted(request, questions=drawn or self.waiting)


@private
def report_progress(request, token):
    """What was selected is public at once; a sentence and an address wait for a curator."""
    forms = ProgressForms(token)

    def act(signature, facts):
        require_live(signature.in_force)
        taken = [question for question in forms.waiting if question.pk in facts["answers"]]
        if not taken:
            raise not_allowed("wrong-state")
        for question in taken:
            question.take(**facts["answers"][question.pk])

    return LINKS.follow(request, token, Purpose.REPORT, act, done="reported", form=forms)


@private
def renew(request, token):
    def act(signature, facts):
        signature = signature.in_force
        require_live(signature)
        renewal = signature.renewals.filter(renewed_at__isnull=True).first()
        if renewal is None:
            raise not_allowed("renewed")
        renewal.take(facts["next_election"])

    return LINKS.follow(request, token, Purpose.RENEW, act, done="renewed", form=RenewForm)


class MoveForms:
    """Makes the form of one letter, which knows the newest version that its institution was offered."""

    def __init__(self, token: str):
        letter = SignatureLetter.objects.open(token, Purpose.MOVE).letter
        offered = letter and letter.signature.in_force.moves.select_related("version").last()
        self.newest = offered.version.number if offered else None

    def posted(self, request) -> MoveForm:
        return MoveForm.posted(request, newest=self.newest)


@private
def move_version(request, token):
    def act(signature, facts):
        signature = signature.in_force
        require_live(signature)
        move = signature.moves.filter(moved_at__isnull=True, version__number=facts["version"]).first()
        if move is None:
            raise not_allowed("moved")
        move.take()

    return LINKS.follow(request, token, Purpose.MOVE, act, done="moved", form=MoveForms(token))
