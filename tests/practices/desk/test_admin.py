"""The desk: what a curator sees, publishes and archives, and what is said when something cannot be done."""

import pytest
from django.contrib.admin.models import LogEntry

from practices.models import Figure, FormerAddress, Membership, Need, Network, Practice
from tests.desk import act, desk
from tests.people import a_city, a_practice
from tests.practices.guides.making import a_guide
from tests.practices.library.making import a_document

pytestmark = pytest.mark.django_db
MODELS = ("city", "practice", "network", "formeraddress", "guide", "librarydocument", "need")


@pytest.mark.parametrize("model", MODELS)
def test_only_staff_see_the_desk(client, model):
    assert client.get(desk(model)).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_every_page_of_the_desk_opens(admin_client, model):
    practice = a_practice()
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=practice.sources.get())
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    address = FormerAddress.objects.create(path="/practices/old/", moved_to="/practices/new/")
    rows = {
        "city": practice.city,
        "practice": practice,
        "network": network,
        "formeraddress": address,
        "guide": a_guide(),
        "librarydocument": a_document(),
        "need": Need.objects.create(slug="shade", phrases=["shade"]),
    }
    row = rows[model]
    for page in [
        desk(model),
        desk(model) + "?q=Amman",
        desk(model, "add"),
        desk(model, "change", row.pk),
        desk(model, "delete", row.pk),
        desk(model, "history", row.pk),
    ]:
        if model in {"network", "formeraddress"} and "q=" in page:
            continue
        assert admin_client.get(page).status_code == 200, page


def test_a_network_with_cities_cannot_be_deleted(admin_client):
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    Membership.objects.create(city=a_city(), network=network, source_url="https://example.org/")
    for page in (desk("network"), desk("network", "change", network.pk), desk("network", "history", network.pk)):
        assert admin_client.get(page).status_code == 200, page
    assert admin_client.get(desk("network", "delete", network.pk)).status_code == 403
    assert admin_client.post(desk("network", "delete", network.pk), {"post": "yes"}).status_code == 403
    assert Network.objects.get() == network


def test_the_list_of_practices_needs_as_many_queries_for_many_as_for_few(admin_client, django_assert_max_num_queries):
    for number in range(12):
        a_practice(city=a_city(f"Town {number}"))
    with django_assert_max_num_queries(12):
        assert admin_client.get(desk("practice")).status_code == 200
    with django_assert_max_num_queries(12):
        assert admin_client.get(desk("city")).status_code == 200


# --- publishing and archiving ---------------------------------------------------------------


def in_review(title="Ready", **facts):
    practice = a_practice(title, published_at=None, **facts)
    practice.submit()
    return practice


def test_publishing_says_what_was_done_and_what_was_skipped_and_why(admin_client):
    ready = [in_review(f"Ready {number}") for number in (1, 2)]
    public = a_practice("Open parks")
    bare = in_review("No proof")
    bare.sources.all().delete()
    draft = a_practice("Draft", published_at=None)
    said = act(admin_client, "publish", *ready, public, bare, draft)
    assert sorted(said) == [
        "2 practices are public now.",
        "“Draft” was skipped: it is a draft: send it to review first.",
        "“No proof” was skipped: it has no source.",
        "“Open parks” was skipped: it is public already.",
    ]
    assert set(Practice.objects.published()) == {*ready, public}


def test_drafts_go_to_review_and_back(admin_client):
    draft = a_practice("Draft", published_at=None)
    assert act(admin_client, "submit", draft) == ["1 practice is in review now."]
    assert act(admin_client, "submit", draft)[-1] == "“Draft” was skipped: it is in review already."
    assert act(admin_client, "send_back", draft, why="No figures")[-1] == "1 practice is a draft again."
    assert Practice.objects.drafts().get() == draft


def test_ended_practices_stay_public_and_their_lessons_with_them(admin_client):
    practice = a_practice("Open parks", lessons="Start small.")
    assert act(admin_client, "end", practice) == ["1 practice is marked as ended now."]
    assert act(admin_client, "end", practice)[-1] == "“Open parks” was skipped: it is marked as ended already."
    assert Practice.objects.published().get().state == "ended"


@pytest.mark.parametrize(("action", "why"), [("archive", ""), ("archive", "  "), ("archive", "x" * 301)])
def test_nothing_is_archived_without_a_reason_that_can_be_kept(admin_client, action, why):
    practice = a_practice()
    [said] = act(admin_client, action, practice, why=why)
    assert said.startswith("Nothing was done: ")
    assert Practice.objects.published().get() == practice


def test_at_most_fifty_practices_move_at_once(admin_client):
    city = a_city()
    practices = [in_review(f"Ready {number}", city=city) for number in range(51)]
    [said] = act(admin_client, "publish", *practices)
    assert said == "Nothing was done: 51 practices are selected, but the limit is 50 at a time."
    assert not Practice.objects.published().exists()
    assert act(admin_client, "publish", *practices[1:])[-1] == "50 practices are public now."


def test_archiving_says_what_was_done_and_what_was_skipped_and_why(admin_client):
    public, draft = a_practice("Open parks"), a_practice("Draft", published_at=None)
    archived = a_practice("Old")
    archived.archive()
    said = act(admin_client, "archive", public, draft, archived, why="The city asked")
    assert sorted(said) == [
        "1 practice is archived now.",
        "“Draft” was skipped: it is not public.",
        "“Old” was skipped: it is not public.",
    ]
    assert not Practice.objects.published().exists()
    assert Practice.objects.get(pk=public.pk).archived_at


def test_an_archived_practice_can_be_shown_again(admin_client):
    practice = a_practice()
    practice.archive()
    assert act(admin_client, "publish", practice) == ["1 practice is public now."]
    assert Practice.objects.published().get() == practice


def test_nothing_done_is_not_called_a_success(admin_client):
    assert act(admin_client, "publish", a_practice("Open parks")) == ["“Open parks” was skipped: it is public already."]


def test_publishing_stands_in_the_history_with_its_curator(admin_client, admin_user):
    practice = in_review()
    act(admin_client, "publish", practice, why="Complete")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (admin_user, str(practice.pk))
    assert entry.get_change_message() == "Published: Complete"
    event = practice.review_events.last()
    assert (event.move, event.by, event.why) == ("published", admin_user, "Complete")


def test_who_may_only_look_is_not_offered_to_publish(client, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    practice = in_review()
    assert 'value="publish"' not in client.get(desk("practice")).content.decode()
    assert act(client, "publish", practice) == []
    assert not Practice.objects.published().exists()


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("draft", "Draft"), ("in-review", "Ready"), ("public", "Open"), ("ended", "Over"), ("archived", "Old"),
        ("sourceless", "No proof"),
    ],
)  # fmt: skip
def test_the_list_can_be_narrowed_to_what_is_to_be_done(admin_client, state, title):
    a_practice("Open")
    a_practice("Over", status="completed")
    in_review("Ready")
    a_practice("Draft", published_at=None)
    a_practice("Old").archive()
    bare = a_practice("No proof", published_at=None)
    bare.sources.all().delete()
    found = admin_client.get(desk("practice"), {"state": state}).context["cl"].queryset
    assert title in {practice.title for practice in found}
    assert len(found) == (2 if state == "draft" else 1)


def test_the_lists_can_be_narrowed_by_region_and_size_in_words(admin_client):
    near, far = a_practice(city=a_city(population=100)), a_practice(city=a_city("Berlin", "DE", population=3_500_000))
    page = admin_client.get(desk("practice"), {"region": "western-europe"})
    assert list(page.context["cl"].queryset) == [far]
    assert "Western Asia" in page.content.decode()
    page = admin_client.get(desk("city"), {"size": "under-20k", "region": "western-asia"})
    assert list(page.context["cl"].queryset) == [near.city]
    assert "Over 1.5 million" in page.content.decode()
    assert not admin_client.get(desk("city"), {"size": "'"}).context["cl"].queryset.exists()
