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
    """Makes the form of one letter: a group of fields for each question that it asks."""

    def __init__(self, token: str):
        letter = SignatureLetter.objects.open(token, Purpose.REPORT).letter
        self.questions = list(CommitmentQuestion.objects.asked_by(letter)) if letter else []

    def posted(self, request) -> ProgressForm:
        return ProgressForm.posted(request, questions=self.questions)


@private
def report_progress(request, token):
    """What was selected is public at once; a sentence and an address wait for a curator."""
    forms = ProgressForms(token)

    def act(signature, facts):
        require_live(signature)
        for question in forms.questions:
            question.take(**facts["answers"][question.pk])

    return LINKS.follow(request, token, Purpose.REPORT, act, done="reported", form=forms)


@private
def renew(request, token):
    def act(signature, facts):
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
        offered = letter and letter.signature.moves.select_related("version").last()
        self.newest = offered.version.number if offered else None

    def posted(self, request) -> MoveForm:
        return MoveForm.posted(request, newest=self.newest)


@private
def move_version(request, token):
    def act(signature, facts):
        require_live(signature)
        move = signature.moves.filter(moved_at__isnull=True, version__number=facts["version"]).first()
        if move is None:
            raise not_allowed("moved")
        move.take()

    return LINKS.follow(request, token, Purpose.MOVE, act, done="moved", form=MoveForms(token))
