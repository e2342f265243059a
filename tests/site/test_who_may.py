"""Every address of the desk, for everybody who may come, by GET and by POST: who gets in, and who does not.

What each role may do stands here once more, on purpose not taken from ``citysolidarity.roles``. An address that no rule
of this file knows fails, so that whoever adds one says here for whom it is.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult, get_date_max

from citysolidarity.documents import Document
from practices.models import Enquiry, FormerAddress, Network
from practices.models.version import Version
from tests.forms import a_place
from tests.people import a_practice
from tests.pledges.signers import a_confirmed
from tests.practices.sharers import a_submission
from tests.practices.test_report import a_report
from tests.translating import a_translation

pytestmark = pytest.mark.django_db

LOOK, EDIT = {"view"}, {"view", "add", "change"}
EVERYTHING = {"view", "add", "change", "delete", "curate", "lead"}
ENTRIES = ("practice", "city", "network", "formeraddress")
HANDLED = {model: {"view", "change"} for model in ("source", "submission")}
# What the public wrote is for those who decide on it, by buttons.
WRITTEN = {key: {"view", "change"} for key in ("confirmation", "enquiry", "report")}
# Role → model → what it may do with it; a model that is not named: nothing.
MAY = {
    "Viewer": dict.fromkeys((*ENTRIES, "source", "signature", "practicetranslation"), LOOK),
    # Publishing a translation is a button of its page: tests/practices/test_admin_translations.py.
    "Translator": dict.fromkeys(("practice", "city", "network", "source"), LOOK) | {"practicetranslation": EDIT},
    "Curator": dict.fromkeys((*ENTRIES, "practicetranslation"), EDIT)
    | HANDLED
    | WRITTEN
    | {"signature": {"view", "curate"}},
    "Lead curator": dict.fromkeys((*ENTRIES, "practicetranslation"), EDIT)
    | HANDLED
    | WRITTEN
    | {"signature": {"view", "curate", "lead"}},
}
# What nobody may: signatures move by their acts, sources go with their entry, letters are sent by the worker.
NEVER = {
    "signature": {"add", "change", "delete"},
    "source": {"add", "delete"},
    "submission": {"add", "delete"},
    "practicetranslation": {"delete"},
    "dbtaskresult": {"add", "change", "delete"},
    **{key: {"add", "delete"} for key in WRITTEN},
}

# The stock pages of a model: what GET needs, and POST.
STOCK = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
}
# Pages of our own, (app, model, page): None is a method they do not take, which they answer with 405.
OWN = {
    ("practices", "practice", "import"): ("change", "change"),
    ("practices", "practice", "export"): ("view", None),
    ("practices", "practice", "preview"): ("view", None),
    ("practices", "practice", "review"): ("view", "change"),
    ("practices", "practice", "restore"): ("change", "change"),
    ("practices", "practice", "history"): ("view", None),
    ("practices", "submission", "preview"): ("view", None),
    ("practices", "practicetranslation", "preview"): ("view", None),
    ("pledges", "signature", "act"): ("curate", "curate"),
    ("auth", "user", "password_change"): ("change", "change"),
}
# Pages of the desk as a whole, open to all staff: status of GET and of POST.
STAFF = {
    "index": (200, 200),
    "app_list": (200, 200),
    "password_change": (200, 200),
    "password_change_done": (200, 405),
    "autocomplete": (403, 405),  # it asks for the permission of a model, and none is named here
    "jsi18n": (200, 405),
    "view_on_site": (302, 302),
    "login": (302, 200),
    "logout": (405, 200),
    # Those of the door look themselves who goes on: whoever is inside is sent in, or to their own factors.
    "second_factor": (302, 302),
    "welcome": (200, 200),
    "factors": (200, 200),
    "factors_app": (200, 200),
    "factors_passkey": (200, 200),
    "factors_codes": (200, 200),
    "sessions": (200, 302),
}
PUBLIC = {"login": (200, 200), "logout": (302, 302), "welcome": (200, 200)}
# Pages of the desk as a whole, for some: for whom, what they get by GET and POST, and what the others get.
LEADS = {"Lead curator", "superuser"}
CURATORS = {"Curator", *LEADS}
SOME = {
    "sessions_of": (LEADS, (200, 302), (403, 403)),
    "documents": (CURATORS, (200, 200), (403, 403)),
    "document_open": (CURATORS, (405, {200, 404}), (405, 403)),  # the curator before has deleted it
    "document_delete": (CURATORS, (405, {302, 404}), (405, 403)),
}


@pytest.fixture(autouse=True)
def statuses_alone(monkeypatch):
    """Making the pages takes nine tenths of the time, and who may see them is decided before."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda self, context=None, request=None: "")


@pytest.fixture
def rows(admin_user):
    """One row of everything that has pages at the desk, by model."""
    a_place()
    practice = a_practice()
    Version.objects.keep([practice.pk])
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    task = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default", run_after=get_date_max())
    return {
        "practice": practice,
        "city": practice.city,
        "source": practice.sources.get(),
        "network": network,
        "formeraddress": FormerAddress.objects.create(path="/practices/old/", moved_to="/practices/new/"),
        "signature": a_confirmed(),
        "submission": a_submission(),
        "confirmation": practice.confirmations.create(year=2026),
        "practicetranslation": a_translation(practice),
        "report": a_report(practice),
        "enquiry": Enquiry.accepted("key", "", practice=practice, text="How?", language="en"),
        "user": admin_user,
        "group": Group.objects.get(name="Viewer"),
        "dbtaskresult": task,
    }


def kwargs_of(name, names, rows):
    """Values for the parts of an address."""
    model = name.split("_")[1] if name.count("_") > 1 else ""
    row = rows.get("dbtaskresult" if name.startswith("django_tasks") else model)
    practice = rows["practice"]
    known = {
        "object_id": row and row.pk,
        "id": row and row.pk,
        "kind": "csv",
        "code": "verify",
        "user_id": rows["user"].pk,
        "secret": "x.y",
        "app_label": "practices",
        "content_type_id": ContentType.objects.get_for_model(practice).pk,
        "revision": practice.versions.get().revision,
    }
    if name == "documents":
        known |= {"kind": "signature", "pk": rows["signature"].pk}
    if name.startswith("document_"):
        known["pk"] = Document.add(b"%PDF-", title="Letter", by=rows["user"], signature=rows["signature"]).pk
    if name == "view_on_site":
        known["object_id"] = practice.pk
    return {name: known[name] for name in names}


def addresses(rows):
    """Name and path of every address of the desk."""
    found = {}
    for pattern in all_patterns(admin.site.get_urls()):
        if pattern.name is None:  # the catch-all, and old addresses that lead to "change"
            continue
        names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        found[pattern.name] = reverse(f"admin:{pattern.name}", kwargs=kwargs_of(pattern.name, names, rows))
    return found


def all_patterns(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from all_patterns(pattern.url_patterns)
        else:
            yield pattern


def allowed(role, model):
    never = NEVER.get(model, set())
    return (EVERYTHING if role == "superuser" else MAY[role].get(model, set())) - never


def expected(name, role):
    """What GET and POST answer: a status, or "in" (not refused, whatever the page makes of an empty form)."""
    if role == "anonymous":
        return PUBLIC.get(name, ("door", "door"))
    if name in STAFF:
        return STAFF[name]
    if name in SOME:
        who, theirs, others = SOME[name]
        return theirs if role in who else others
    model, page = model_and_page(name)
    needs = OWN.get((model.app_label, model.model_name, page)) or STOCK[page]
    may = allowed(role, model.model_name)
    get, post = (need in may if need else None for need in needs)
    # A page that takes no POST says so before it looks who asks, or after: both are a refusal.
    return ("in" if get else 403, {True: "in", False: 403, None: 405}[post])


def model_and_page(name):
    for model in admin.site._registry:
        start = f"{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(start):
            return model._meta, name.removeprefix(start)
    raise AssertionError(f"Nothing in this file says for whom admin:{name} is")


def answer_of(response):
    if response.status_code == 302 and response["Location"].startswith(reverse("admin:login")):
        return "door"
    return response.status_code


def fits(found, wanted):
    wanted = {200, 302, 400, 422} if wanted == "in" else wanted
    return found in wanted if isinstance(wanted, set) else found == wanted


def people():
    """A function for each role that gives a fresh client of somebody in it."""
    yield "anonymous", Client
    for role in [*MAY, "superuser"]:
        user = User.objects.create_user(role, is_staff=True, is_superuser=role == "superuser")
        user.groups.set(Group.objects.filter(name=role))
        yield role, lambda user=user: logged_in(user)


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_everybody_gets_what_is_theirs_and_nothing_else(rows):
    wrong = []
    all_addresses = addresses(rows)
    assert len(all_addresses) > 40
    for role, enter in people():
        client = enter()
        for name, path in all_addresses.items():
            for method, wanted in zip(("get", "post"), expected(name, role), strict=True):
                found = answer_of(getattr(client, method)(path))
                if not fits(found, wanted):
                    wrong.append(f"{role} {method} {name}: {found}, not {wanted}")
            if name == "logout":
                client = enter()
    assert not wrong, "\n".join(wrong)


def test_a_lead_curators_acts_are_a_leads_alone(rows):
    for role, enter in people():
        may = role in ("Lead curator", "superuser")
        for code in ("withdraw", "undo"):
            path = reverse("admin:pledges_signature_act", args=[rows["signature"].pk, code])
            found = {answer_of(enter().get(path)), answer_of(enter().post(path))}
            assert found <= ({200, 302} if may else {403, "door"}), (role, code, found)


def test_an_address_that_is_none_tells_strangers_nothing(rows):
    path = reverse("admin:index") + "practices/practice/999999/change/"
    assert {answer_of(Client().get(one)) for one in (path, reverse("admin:index") + "no/such/page/")} == {"door"}


def test_an_address_nobody_thought_of_fails():
    with pytest.raises(AssertionError, match="for whom admin:practices_new_page is"):
        expected("practices_new_page", "Viewer")
