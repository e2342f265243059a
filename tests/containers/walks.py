"""What people do at the site: search, sign, log in; each through nginx, to its end."""

import re
import time
from itertools import count

from tests.containers.stack import NAME, Stack
from tests.containers.visitor import Visitor
from tests.login import code_of

FILLING_IN = 3.2  # seconds; sooner than after three nobody has filled a form in
CONFIRM = re.compile(rf"https://{re.escape(NAME)}(/en/statement/confirm/[^\s/]+/)")
WELCOME = re.compile(rf"https://{re.escape(NAME)}(/\S*welcome/[^\s/]+/)")
PASSWORD = "a quite new battery"
signers = count(1)


def visitor(stack: Stack) -> Visitor:
    return Visitor(NAME, stack.ports[1], stack.certificate)


def search(stack: Stack):
    answer = visitor(stack).get("/en/practices/?q=housing")
    assert answer.status == 200, answer.status
    assert re.search(r"\b[1-9]\d* practices?\b", answer.text), "nothing was found"


def sign(stack: Stack) -> str:
    """From the form to the confirmed signature, by the link in the e-mail; returns the signer's address."""
    browser, number = visitor(stack), next(signers)
    address = f"officer-{number}@city-{number}.example"
    form = browser.get("/en/statement/sign/city/")
    stamp = re.search(r'name="stamp" value="([^"]+)"', form.text)
    assert form.status == 200, form.status
    assert stamp, "the form has no stamp"
    time.sleep(FILLING_IN)
    sent = browser.post(
        form,
        {
            "stamp": stamp[1], "q": "Vienna", "searched": "Vienna", "city": "city:vienna-at",
            "institution": f"Municipality of Vienna {number}", "office": "mayor", "signer_name": "Rana Haddad",
            "email": address, "visibility": "public", "seen": "1", "consent": "on",
        },
        to="/en/statement/sign/check/",
    )  # fmt: skip
    assert "/statement/sign/sent/" in sent.url, (sent.status, sent.url)
    parts = [part for part in stack.letter_to(address).walk() if part.get_content_type() == "text/plain"]
    link = CONFIRM.search(parts[0].get_payload(decode=True).decode())
    assert link, "the e-mail has no link"
    done = browser.post(browser.get(link[1]), {})
    assert done.status == 200, done.status
    assert "The signature is confirmed" in done.text
    return address


def enrol(stack: Stack, name: str) -> str:
    """A new curator: from the link that the command prints to the desk; returns the secret of the app."""
    said = stack.manage("createcurator", "--name", name, "--mail", f"{name}@{NAME}", "--role", "Lead curator")
    browser = visitor(stack)
    page = browser.get(WELCOME.search(said)[1])
    page = browser.post(page, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    browser.post(page, {"username": name, "password": PASSWORD})
    page = browser.get("/admin/factors/app/")
    secret = re.search(r'<code class="key">([^<]+)<', page.text)[1]
    assert browser.post(page, {"code": code_of(secret)}).status == 200
    assert "What waits" in browser.get("/admin/").text
    return secret


def log_in(stack: Stack, name: str, secret: str) -> Visitor:
    """Returns the browser that is inside."""
    browser = visitor(stack)
    page = browser.post(browser.get("/admin/login/"), {"username": name, "password": PASSWORD})
    assert page.url.endswith("/second-factor/"), page.url
    assert "What waits" not in browser.get("/admin/").text
    browser.post(browser.get("/admin/login/second-factor/"), {"code": code_of(secret)})
    assert "What waits" in browser.get("/admin/").text
    return browser
