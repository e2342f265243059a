"""What the links in e-mails to followers do; how links are followed stands in citysolidarity/mail/link_views.py."""

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import OpenedLink
from citysolidarity.mail.link_views import EmailLinkViews
from practices.following import emails
from practices.following.words import in_words
from practices.models import FollowingLetter
from practices.models.following.letter import FollowingPurpose


class FollowingLinks(EmailLinkViews):
    rows, refusal, done = FollowingLetter, TransitionNotAllowed, "follow_done"
    folder, outcomes = "practices/following/links", "practices/links"
    # A link to stop always works.
    again = {FollowingPurpose.CONFIRM: emails.confirm_following, FollowingPurpose.DISOWN: emails.confirm_following}

    def facts_about(self, opened: OpenedLink) -> dict:
        following = opened.letter.following
        is_known = following.stopped_at is None
        what = in_words(following.city, following.query) if is_known else ""
        return super().facts_about(opened) | {"following": following, "what": what}

    def state_of(self, letter: FollowingLetter) -> str:
        return letter.following.state.label


LINKS = FollowingLinks()
