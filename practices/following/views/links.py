from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from citysolidarity.http.private_pages import private
from citysolidarity.mail.link_views import DISOWNED, SENT_AGAIN
from citysolidarity.mail.one_click import FIELD
from practices.following import emails
from practices.following.links import LINKS
from practices.models import Follower
from practices.models.following.letter import FollowingPurpose, Occasion

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("Thank you: you will get these e-mails"),
        _(
            "If nothing is new, you will get no e-mail. Each e-mail has a link with which you can stop them at any time."
        ),
    ),
    "stopped": (
        _("You will get no more of these e-mails"),
        _("Your e-mail address and what you followed are erased. You are welcome to follow it again at any time."),
    ),
    "disowned": DISOWNED,
    "again": SENT_AGAIN,
}


@private
def confirm_following(request, token):
    def act(occasion: Occasion):
        occasion.following.confirm()
        emails.following_receipt.post(occasion)

    return LINKS.follow(request, token, FollowingPurpose.CONFIRM, act, done="confirmed")


@private
def disown_following(request, token):
    return LINKS.disown(
        request,
        token,
        FollowingPurpose.DISOWN,
        lambda occasion: Follower.objects.filter(following=occasion.following),
    )


@csrf_exempt
def stop_following(request, token):
    """The page with the button; a mail program may press it by itself (RFC 8058), wherever its POST comes from."""
    if request.method == "POST" and FIELD in request.POST:
        return LINKS.one_click(token, FollowingPurpose.STOP, Occasion.withdraw)
    return stop_by_hand(request, token)


@private
def stop_by_hand(request, token):
    return LINKS.follow(request, token, FollowingPurpose.STOP, Occasion.withdraw, done="stopped")


@private
def follow_done(request, what):
    return LINKS.say(request, what, OUTCOMES)
