"""The door of the desk in a real browser: a link, a password, an app or a passkey, with and without script."""

import re

from playwright.sync_api import expect

from tests.login import code_of

INSIDE = "What waits"


def log_in(page, name, password):
    page.goto("/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()


def give(page, label, words, button):
    page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name=button).click()
    page.wait_for_load_state()


def plug_in_a_passkey(page):
    """An authenticator inside Chromium that says yes to everything."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_somebody_new_comes_in_with_an_app_and_without_a_script(enter, desk_site):
    """From the link that createcurator prints to the desk, out again, and in by a code and by a recovery code."""
    page = enter(java_script_enabled=False).page
    page.goto(desk_site["new"])
    page.get_by_label("New password:").fill("a quite new battery")
    give(page, "New password confirmation:", "a quite new battery", "Save this password")
    log_in(page, "nia", "a quite new battery")
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator("code.key").inner_text()
    give(page, "Code:", code_of(secret), "Set up")
    recovery = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have saved them").click()
    expect(page.get_by_role("heading", name=INSIDE)).to_be_visible()
    for code in (code_of(secret, steps=1), recovery):  # each is taken once; the next one is taken early
        page.get_by_role("button", name="Log out").click()
        log_in(page, "nia", "a quite new battery")
        page.goto("/admin/practices/practice/")
        expect(page.get_by_label("Username")).to_be_visible()  # the password alone opened nothing
        page.goto("/admin/login/second-factor/")
        give(page, "Code:", code, "Continue")
        expect(page.get_by_role("heading", name=INSIDE)).to_be_visible()


def test_a_passkey_is_made_and_opens_the_desk(enter, desk_site):
    visit = enter()
    page = visit.page
    plug_in_a_passkey(page)
    log_in(page, "pia", desk_site["password"])
    page.get_by_role("link", name="Set up a passkey").click()
    assert visit.wrong() == []
    expect(page.get_by_role("alert")).to_be_hidden()
    give(page, "A name for it:", "laptop", "Create the passkey")
    page.get_by_role("link", name="I have saved them").click()
    expect(page.get_by_role("heading", name=INSIDE)).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    log_in(page, "pia", desk_site["password"])
    assert visit.wrong() == []
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name=INSIDE)).to_be_visible()
    assert visit.wrong() == []


def test_the_pages_of_the_door_have_no_barriers(enter, desk_site):
    visit = enter()
    page = visit.page
    wrong = {}
    log_in(page, "tom", desk_site["password"])
    for name in ("factors", "factors/app", "factors/passkey", "welcome/x.y"):
        page.goto(f"/admin/{name}/")
        wrong[name] = visit.wrong_in_every_look()
    inside = enter("uma")
    for name in ("factors", "factors/app", "factors/passkey", "factors/codes", "sessions"):
        inside.page.goto(f"/admin/{name}/")
        wrong[f"inside: {name}"] = inside.wrong_in_every_look()
    inside.page.goto("/admin/factors/codes/")
    give(inside.page, "Your password:", desk_site["password"], "Create ten new codes")
    expect(inside.page.locator(".codes code")).to_have_count(10)
    wrong["codes"] = inside.wrong_in_every_look()
    log_in(page, "uma", desk_site["password"])
    wrong["second factor"] = visit.wrong_in_every_look()
    give(page, "Code:", "x", "Continue")
    wrong["a wrong code"] = visit.wrong_in_every_look()
    assert {name: found for name, found in wrong.items() if found} == {}
    assert re.fullmatch(r"\d{8}", inside.page.locator(".codes code").first.inner_text())
