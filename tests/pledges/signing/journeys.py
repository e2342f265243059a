"""Somebody who fills in the form, page after page, as a browser without script does: it sends back what a page holds."""

from django.urls import reverse
from django.utils.timezone import localdate

from pledges.models import Signature
from tests.forms import ATHENS, fields_of, said, send

ANSWERS = {
    "city": {"q": "Athens", "city": f"place:{ATHENS}", "searched": "Athens"},
    "signer": {"institution": "Municipality of Athens", "office": "mayor", "signer_name": "Eleni Papadopoulou"},
    "contact": {"email": "mayor@athens.example"},
    "visibility": {"visibility": "public"},
    "commitments": {},
    "check": {"consent": "on"},
}
SIGNER = ANSWERS["signer"]
NEXT_YEAR = str(localdate().year + 1)


def walk(client, to="check", **changes):
    """The page ``to``, reached by answering all those before it; ``changes`` are other answers, by page."""
    page = client.get(reverse("sign_city"))
    for name, answers in ANSWERS.items():
        if name == to:
            return page
        page = send(client, page, **(answers | changes.get(name, {})))
        assert page.status_code == 200, page.text
    return page


def sign(client, **changes):
    """The answer to the last button."""
    return send(client, walk(client, **changes), **(ANSWERS["check"] | changes.get("check", {})))


def refusal(client, page, **typed):
    """The sentences about what was typed into a page; asserts 422, the focus, and that everything typed is still there."""
    answer = send(client, walk(client, to=page), **typed)
    assert answer.status_code == 422
    assert '<div class="summary" role="alert" tabindex="-1" autofocus' in answer.text
    kept = fields_of(answer)
    for name, value in typed.items():
        assert kept[name] == value.strip(), name
    sentences = said(answer)
    beside = [
        sentence for sentence in sentences if answer.text.count(sentence.replace("<", "&lt;").replace(">", "&gt;")) > 1
    ]
    assert beside == sentences, "the same words stand beside the field"
    assert not Signature.objects.exists()
    return sentences
