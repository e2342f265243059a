"""What is sent after the end of a session, and what a page then shows."""

import re
from datetime import timedelta

from django.utils import timezone

from citysolidarity.login.sessions import DeskSession
from tests.login import LOGIN, SECOND, code_of

SENTENCE = "Your session had ended. Nothing has been saved yet: your text is below."


def end_sessions():
    DeskSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def log_in(client, answer, secret, name="ana"):
    """From the redirect to the login to the page it leads to, as a browser goes."""
    assert answer.status_code == 302 and answer.url.startswith(LOGIN)
    page = client.get(answer.url)
    assert (
        client.post(LOGIN, {"username": name, "password": "correct horse battery", "next": page.context["next"]}).url
        == SECOND
    )
    there = client.post(SECOND, {"code": code_of(secret)})
    assert there.status_code == 302
    return client.get(there.url)


def sent_too_late(ana, address, fields):
    client, secret = ana
    end_sessions()
    return log_in(client, client.post(address, fields), secret)


def values_of(page: str, name: str) -> list[str]:
    """The values of a field in a page, as a browser would send them."""
    texts = re.findall(rf'<textarea[^>]* name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    tags = [tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag]
    boxes = [tag for tag in tags if 'type="checkbox"' not in tag or re.search(r"\bchecked\b", tag)]
    return texts + [re.search(r'value="([^"]*)"', tag)[1] for tag in boxes if "value=" in tag]
