"""Which role reads which private word at the desk: every page is opened by every role, with words of its own."""

import pytest
from django.contrib import admin
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.auth.models import Group, User
from django.test import RequestFactory
from django.urls import reverse

from citysolidarity.desk.lookups import lookups_of
from pledges.models import Invitation, InvitationContact, Signature, SignatureContact, SupportContact
from practices.models import Asker, Enquiry, Follower, Report, Submission
from practices.models.entries.review import ReviewComment
from tests.citysolidarity.desk.test_who_may import addresses, logged_in, rows  # noqa: F401
from tests.practices.following.followers import a_following

pytestmark = pytest.mark.django_db
EDITORS = {"Curator", "Lead curator"}
ROLES = {"Viewer", "Translator", *EDITORS}
# Each word, and who may read it somewhere at the desk. Nobody reads an asker's address.
READ_BY = {
    "zz-comment": EDITORS,
    "zz-signer": EDITORS,
    "zz-mail": EDITORS,
    "+99 123 456": EDITORS,
    "zz-decision": EDITORS,
    "zz-report": EDITORS,
    "zz-reporter": EDITORS,
    "zz-question": EDITORS,
    "zz-asker": set(),
    "zz-route": EDITORS,
    "zz-answer": EDITORS,
    "zz-sender": EDITORS,
    "zz-office": EDITORS,
    "zz-resident": set(),
    "zz-first-name": set(),
    "zz-inviter": set(),
    "zz-invites": EDITORS,
    "zz-words": EDITORS,
    "zz-follower": set(),
    "zz-searched": EDITORS,
}


@pytest.fixture
def words(rows, admin_user):  # noqa: F811
    practice, signature = rows["practice"], rows["signature"]
    ReviewComment.objects.create(practice=practice, by=admin_user, text="zz-comment")
    Signature.objects.filter(pk=signature.pk).update(signer_name="zz-signer")
    SignatureContact.objects.filter(pk=signature.pk).update(
        email="zz-mail@amman.example", phone="+99 123 456", decision_url="https://amman.example/zz-decision"
    )
    Report.objects.update(text="zz-report", email="zz-reporter@home.example")
    Enquiry.objects.update(text="zz-question")
    Asker.objects.create(enquiry=rows["enquiry"], email="zz-asker@home.example")
    practice.routes.create(email="zz-route@amman.example")
    rows["confirmation"].take("changed", "zz-answer")
    SupportContact.objects.update(email="zz-resident@home.example", first_name="zz-first-name")
    InvitationContact.objects.update(email="zz-inviter@home.example", first_name="zz-invites")
    Invitation.objects.update(message="zz-words")
    Follower.objects.update(email="zz-follower@home.example")
    a_following("q=zz-searched")
    Submission.objects.update(email="zz-sender@amman.example", office="zz-office")
    return rows


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_reads_the_private_words_that_are_for_it_and_no_others(words, role):
    user = User.objects.create_user(role, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    client = logged_in(user)
    read = {}
    for name, path in addresses(words).items():
        if name == "logout":
            continue
        response = client.get(path)
        is_text = response.status_code == 200 and not response.streaming
        text = response.content.decode(errors="replace") if is_text else ""  # pictures and workbooks, too
        for word in READ_BY:
            if word in text:
                read.setdefault(word, name)
    assert set(read) == {word for word, roles in READ_BY.items() if role in roles}, read


def models_with_lists():
    return [(model, desk) for model, desk in admin.site._registry.items()]


def refuses(desk, user, lookup) -> bool:
    """Whether the list refuses the question; its page then answers 400, as for the first question of each list."""
    request = RequestFactory().get("/", {lookup: "z"})
    request.user = user
    try:
        desk.get_changelist_instance(request)
    except DisallowedModelAdminLookup:
        return True
    return False


@pytest.mark.parametrize("role", ["Viewer", "Lead curator", "superuser"])
def test_no_list_answers_questions_about_what_it_does_not_show(words, role):
    """Neither a column of the row nor one of a row that it belongs to, for any comparison."""
    user = User.objects.create_user(role, is_staff=True, is_superuser=role == "superuser")
    user.groups.set(Group.objects.filter(name=role))
    client = logged_in(user)
    asked = 0
    for model, desk in models_with_lists():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        if client.get(address).status_code != 200:
            continue
        offered = {lookup for entry in desk.list_filter for lookup in lookups_of(entry)}
        questions = []
        for field in model._meta.concrete_fields:
            questions += [f"{field.name}__startswith", f"{field.attname}__regex", f"{field.name}__contains"]
            if field.name not in offered:
                questions.append(field.name)
        assert [lookup for lookup in questions if not refuses(desk, user, lookup)] == [], model
        assert client.get(address, {questions[0]: "z"}).status_code == 400, model
        asked += len(questions)
    assert asked > 100


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        ("pledges_signature", "contact__email__startswith"),
        ("pledges_signature", "contact__phone"),
        ("pledges_signature", "letters__reply__contains"),
        ("practices_practice", "routes__email__startswith"),
        ("practices_practice", "review_comments__text__contains"),
        ("practices_city", "signatures__signer_name__startswith"),
        ("auth_user", "password__startswith"),
    ],
)
def test_nor_do_rows_that_belong_to_it(words, admin_client, model, lookup):
    assert admin_client.get(reverse(f"admin:{model}_changelist"), {lookup: "z"}).status_code == 400


def test_what_the_filters_offer_is_still_answered(words, admin_client):
    for model, query in [
        ("pledges_signature", {"origin__exact": "online"}),
        ("pledges_signature", {"waits": "to-verify"}),
        ("practices_report", {"kind__exact": "wrong"}),
        ("practices_source", {"broken_since__isempty": "1"}),
        ("auth_user", {"is_staff__exact": "1"}),
    ]:
        assert admin_client.get(reverse(f"admin:{model}_changelist"), query).status_code == 200, (model, query)
