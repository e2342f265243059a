"""Every address of the desk, for everybody who may come, by GET and by POST: who gets in, and who does not.

What each role may do stands here once more, on purpose not taken from ``citysolidarity.desk.roles``. An address that no rule
of this file knows fails, so that whoever adds one says here for whom it is.
"""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django_tasks_db.models import DBTaskResult, get_date_max

from citysolidarity.attachments.models import Document
from citysolidarity.http.link_checker import LinkStatus, Outcome
from pledges.models import Deed, Election
from practices.models import ChangeDraft, Elsewhere, Enquiry, FormerAddress, Need, Network, SheetImport, TranslationFile
from practices.models.entries.version import Version
from tests.citysolidarity.desk.who import EVERYTHING, MAY, NEVER, OWN, PUBLIC, SOME, STAFF, STOCK
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.invitations.inviters import an_invitation
from tests.pledges.signers import a_confirmed, a_version, an_asked
from tests.pledges.supports.residents import an_asked_city
from tests.practices.correspondence.test_report import a_report
from tests.practices.following.followers import a_following
from tests.practices.guides.making import a_guide, a_guide_translation
from tests.practices.library.making import a_document, a_document_translation, a_network, a_network_translation
from tests.practices.sharing.sharers import a_submission
from tests.translating import a_translation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def statuses_alone(monkeypatch):
    """Making the pages takes nine tenths of the time, and who may see them is decided before. The web is not asked."""
    monkeypatch.setattr("practices.desk.link_checks.check_url", lambda url: LinkStatus(Outcome.WORKS, 200))
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda self, context=None, request=None: "")


@pytest.fixture
def rows(admin_user):
    """One row of everything that has pages at the desk, by model."""
    a_place()
    practice = a_practice()
    Version.objects.keep([practice.pk])
    ChangeDraft.keep(practice, admin_user, QueryDict("challenge=x"), MultiValueDict())
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    guide = a_guide()
    task = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default", run_after=get_date_max())
    return {
        "practice": practice,
        "city": practice.city,
        "source": practice.sources.get(),
        "network": network,
        "formeraddress": FormerAddress.objects.create(path="/practices/old/", moved_to="/practices/new/"),
        "guide": guide,
        "librarydocument": a_document(),
        "need": Need.objects.create(slug="shade", phrases=["shade"]),
        "guidetranslation": a_guide_translation(guide),
        "documenttranslation": a_document_translation(a_document()),
        "networktranslation": a_network_translation(a_network("Arrival Cities")),
        "signature": a_confirmed(),
        "askedcity": an_asked_city(practice.city),
        "invitation": an_invitation(practice.city, confirmed=True),
        "elsewhere": Elsewhere.objects.create(practice=practice, url="https://urbact.eu/parks", platform="urbact"),
        "following": a_following(city=practice.city),
        "deed": Deed.objects.create(practice=practice, clause="welcome"),
        "election": Election.objects.create(city=practice.city, held_on="2026-05-03", said_at=timezone.now()),
        "commitmentquestion": a_question_about_a_commitment(),
        "statementversion": a_version(number=901, valid_from=None),
        "submission": a_submission(),
        "confirmation": practice.confirmations.create(year=2026),
        "practicetranslation": a_translation(practice),
        "report": a_report(practice),
        "enquiry": Enquiry.accepted("key", "", practice=practice, text="How?", language="en"),
        "sheet": a_sheet(admin_user),
        "file": TranslationFile.objects.create(name="es.po", language="es", by=admin_user),
        "user": admin_user,
        "group": Group.objects.get(name="Viewer"),
        "dbtaskresult": task,
        "logentry": a_line_of_the_log(admin_user, practice),
    }


def a_question_about_a_commitment():
    question = an_asked(city=a_city("Irbid", "JO")).commitments.get().questions.get()
    question.take("done", "It is open.")
    return question


def a_line_of_the_log(user, practice):
    LogEntry.objects.log_actions(user.pk, [practice], CHANGE, "Published.")
    return LogEntry.objects.get()


def a_sheet(by):
    """An import with a refused row."""
    sheet = SheetImport.objects.create(name="practices.csv", content=b"slug\n", by=by)
    sheet.rows.create(line=2, outcome="refused", cells={"slug": "a"})
    return sheet


def kwargs_of(name, names, rows):
    """Values for the parts of an address."""
    model = name.split("_")[1] if name.count("_") > 1 else ""
    row = rows.get("dbtaskresult" if name.startswith("django_tasks") else model)
    practice = rows["practice"]
    values = {
        "object_id": row and row.pk,
        "id": row and row.pk,
        "kind": "csv",
        "number": rows["sheet"].pk,
        "file": rows["file"].pk,
        "slug": practice.slug,
        "code": "verify",
        "user_id": rows["user"].pk,
        "secret": "x.y",
        "key": "verified_notice" if name == "email_text" else uuid4(),
        "language": "en",
        "app_label": "practices",
        "content_type_id": ContentType.objects.get_for_model(practice).pk,
        "revision": practice.versions.get().revision,
    }
    if name == "documents":
        values |= {"kind": "signature", "pk": rows["signature"].pk}
    if name.startswith("document_"):
        values["pk"] = Document.add(b"%PDF-", title="Letter", by=rows["user"], signature=rows["signature"]).pk
    if name == "view_on_site":
        values["object_id"] = practice.pk
    return {name: values[name] for name in names}


def addresses(rows):
    """Name and path of every address of the desk."""
    paths = {}
    for pattern in all_patterns(admin.site.get_urls()):
        if pattern.name is None:  # the catch-all, and old addresses that lead to "change"
            continue
        names = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        paths[pattern.name] = reverse(f"admin:{pattern.name}", kwargs=kwargs_of(pattern.name, names, rows))
    return paths


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
    answers = {True: "in", False: 403, None: 405}
    return answers[get], answers[post]


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


def fits(status, wanted):
    wanted = {200, 302, 400, 422} if wanted == "in" else wanted
    return status in wanted if isinstance(wanted, set) else status == wanted


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
                status = answer_of(getattr(client, method)(path))
                if not fits(status, wanted):
                    wrong.append(f"{role} {method} {name}: {status}, not {wanted}")
            if name == "logout":
                client = enter()
    assert not wrong, "\n".join(wrong)


def test_a_lead_curators_acts_are_a_leads_alone(rows):
    for role, enter in people():
        may = role in ("Lead curator", "superuser")
        for code in ("withdraw", "undo"):
            path = reverse("admin:pledges_signature_act", args=[rows["signature"].pk, code])
            statuses = {answer_of(enter().get(path)), answer_of(enter().post(path))}
            assert statuses <= ({200, 302} if may else {403, "door"}), (role, code, statuses)


def test_an_address_that_is_none_tells_strangers_nothing(rows):
    path = reverse("admin:index") + "practices/practice/999999/change/"
    assert {answer_of(Client().get(url)) for url in (path, reverse("admin:index") + "no/such/page/")} == {"door"}


def test_an_address_nobody_thought_of_fails():
    with pytest.raises(AssertionError, match="for whom admin:practices_new_page is"):
        expected("practices_new_page", "Viewer")
