"""Curators and senders who want to speak for Athens, for the tests."""

from django.contrib.auth.models import Group, User
from django.test import Client

from practices.models import ContactRoute, Practice, Submission
from practices.models.sharing.letter import SharingPurpose
from tests.desk import desk
from tests.people import a_city, a_practice
from tests.practices.sharing.sharers import a_submission, link_in

OFFICIAL, FREE, LOOK_ALIKE, OTHER = "athens.example", "gmail.com", "athens-example.org", "ngo.example"
TICKS = {"contact": "on", "confirms": "on"}


def an_entry() -> Practice:
    """A public entry of Athens, whose official domain is recorded."""
    city = a_city("Athens", "GR", geonames_id=264371, official_domain=OFFICIAL)
    entry = a_practice("Neighbours help families", city, slug="known", lessons="Begin early.")
    entry.refresh_from_db()
    return entry


def a_curator(name) -> Client:
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name="Curator"))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def a_correction(domain, **changes) -> Submission:
    return a_submission(
        **{"alike": "update:known", "email": f"office@{domain}", "summary": "Parks, and squares."} | changes
    )


def status_page(submission) -> str:
    return link_in(submission.letters.earliest("posted_at"), SharingPurpose.STATUS)


def press(submission) -> None:
    assert Client().post(status_page(submission), {"confirm": "1"}).status_code == 302


def do(client, submission, act="accept", **facts) -> list[str]:
    """Presses a button of the page of a submission; what was said."""
    if submission.about:
        facts = {"seen_revision": Practice.objects.get(pk=submission.about_id).revision, "field": ["summary"]} | facts
    answer = client.post(desk("submission", "change", submission.pk), {"act": act} | facts, follow=True)
    submission.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def ticks(client, submission) -> set[str]:
    """The names of the boxes that this curator is offered; none is ticked beforehand."""
    page = client.get(desk("submission", "change", submission.pk)).text
    boxes = [f'<input type="checkbox" name="{name}" id="id_{name}">' for name in TICKS]
    assert page.count('name="contact"') + page.count('name="confirms"') == sum(box in page for box in boxes)
    return {name for name, box in zip(TICKS, boxes, strict=True) if box in page}


def is_the_city(submission, entry) -> bool:
    entry.refresh_from_db()
    submission.refresh_from_db()
    return bool(entry.confirmed_at or ContactRoute.objects.exists() or submission.speaks_since)
