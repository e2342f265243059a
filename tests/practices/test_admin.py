"""The desk: what a curator can change, and what it says when something cannot be done."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.db import connection
from django.forms import model_to_dict
from django.urls import reverse

from practices.models import City, Figure, FormerAddress, Membership, Network, Practice
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
MODELS = ("city", "practice", "network", "formeraddress")


def desk(model, page="changelist", *args):
    return reverse(f"admin:practices_{model}_{page}", args=args)


def act(client, action, *practices):
    """Choose practices in the list, run an action, and return what was said."""
    chosen = {"action": action, "_selected_action": [practice.pk for practice in practices]}
    answer = client.post(desk("practice"), chosen)
    connection.check_constraints()
    return [str(message) for message in get_messages(answer.wsgi_request)]


def form_of(client, page):
    """What a browser would send back from a form of the desk if nothing were changed."""
    context = client.get(page).context
    fields = {}
    formsets = [one.formset for one in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(formset.management_form for formset in formsets)]
    forms += [form for formset in formsets for form in formset.forms]
    for form in forms:
        fields |= {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    return fields


def save(client, page, **changes):
    answer = client.post(page, form_of(client, page) | changes)
    if answer.status_code == 302:
        connection.check_constraints()
        return []
    context = answer.context
    return [*context["errors"]]


@pytest.mark.parametrize("model", MODELS)
def test_only_staff_see_the_desk(client, model):
    assert client.get(desk(model)).status_code == 302


@pytest.mark.parametrize("model", MODELS)
def test_every_page_of_the_desk_opens(admin_client, model):
    practice = a_practice()
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=practice.sources.get())
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    Membership.objects.create(city=practice.city, network=network, source_url="https://example.org/")
    address = FormerAddress.objects.create(path="/practices/old/", moved_to="/practices/new/")
    row = {"city": practice.city, "practice": practice, "network": network, "formeraddress": address}[model]
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


def test_the_list_of_practices_needs_as_many_queries_for_many_as_for_few(admin_client, django_assert_max_num_queries):
    for number in range(12):
        a_practice(city=a_city(f"Town {number}"))
    with django_assert_max_num_queries(12):
        assert admin_client.get(desk("practice")).status_code == 200
    with django_assert_max_num_queries(12):
        assert admin_client.get(desk("city")).status_code == 200


# --- publishing and archiving ---------------------------------------------------------------


def test_publishing_says_what_was_done_and_what_was_skipped_and_why(admin_client):
    drafts = [a_practice(f"Draft {number}", published_at=None) for number in (1, 2)]
    public = a_practice("Open parks")
    bare = a_practice("No proof", published_at=None)
    bare.sources.all().delete()
    said = act(admin_client, "publish", *drafts, public, bare)
    assert sorted(said) == [
        "2 practices are public now.",
        "“No proof” was skipped: it has no source.",
        "“Open parks” was skipped: it is public already.",
    ]
    assert set(Practice.objects.published()) == {*drafts, public}


def test_archiving_says_what_was_done_and_what_was_skipped_and_why(admin_client):
    public, draft = a_practice("Open parks"), a_practice("Draft", published_at=None)
    archived = a_practice("Old")
    archived.archive()
    said = act(admin_client, "archive", public, draft, archived)
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
    practice = a_practice(published_at=None)
    act(admin_client, "publish", practice)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (admin_user, str(practice.pk))
    assert entry.get_change_message() == "Changed published."


def test_who_may_only_look_is_not_offered_to_publish(client, django_user_model):
    from django.contrib.auth.models import Permission

    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    practice = a_practice(published_at=None)
    assert 'value="publish"' not in client.get(desk("practice")).content.decode()
    assert act(client, "publish", practice) == []
    assert not Practice.objects.published().exists()


@pytest.mark.parametrize(
    ("state", "title"), [("draft", "Draft"), ("public", "Open"), ("archived", "Old"), ("sourceless", "No proof")]
)
def test_the_list_can_be_narrowed_to_what_is_to_be_done(admin_client, state, title):
    a_practice("Open")
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


# --- editing ----------------------------------------------------------------------------------


def test_saving_a_form_without_a_change_changes_nothing(admin_client):
    practice = a_practice(
        themes=["housing", "health"],
        groups=["women"],
        partners=["Ministry of Health, Labour and Welfare", "UN-Habitat"],
    )
    before = model_to_dict(practice)
    assert save(admin_client, desk("practice", "change", practice.pk)) == []
    practice.refresh_from_db()
    assert model_to_dict(practice) == before
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def test_partners_are_written_one_a_line_commas_and_all(admin_client):
    practice = a_practice()
    lines = "  Ministry of Health, Labour and Welfare \r\n\r\nCittà di Torino\r\n"
    assert save(admin_client, desk("practice", "change", practice.pk), partners=lines, funders="") == []
    practice.refresh_from_db()
    assert practice.partners == ["Ministry of Health, Labour and Welfare", "Città di Torino"]
    assert practice.funders == []


@pytest.mark.parametrize(
    "changes",
    [
        {"themes": []},
        {"themes": ["housing", "health", "rights", "welcome"]},
        {"themes": ["houses"]},
        {"started": "2015", "ended": "2014"},
        {"status": "ongoing", "ended": "2020"},
        {"summary": "x" * 281},
        {"cost_band": "under-50k"},
        {"sources-0-url": "ftp://example.org/"},
        {"sources-0-url": ""},
        {"sources-0-year": "1066"},
    ],
)
def test_what_the_database_would_refuse_is_told_in_the_form(admin_client, changes):
    practice = a_practice()
    assert save(admin_client, desk("practice", "change", practice.pk), **changes)
    practice.refresh_from_db()
    assert practice.summary == "Parks made with those who use them."


def test_the_last_source_of_a_public_practice_cannot_be_deleted(admin_client):
    practice = a_practice()
    page = desk("practice", "change", practice.pk)
    assert save(admin_client, page, **{"sources-0-DELETE": "on"}) == ["A published practice keeps at least one source."]
    assert practice.sources.exists()


def test_a_draft_may_lose_its_sources(admin_client):
    practice = a_practice(published_at=None)
    assert save(admin_client, desk("practice", "change", practice.pk), **{"sources-0-DELETE": "on"}) == []
    assert not practice.sources.exists()


def test_a_figure_rests_on_a_source_of_its_own_practice(admin_client):
    practice, other = a_practice(), a_practice()
    figure = {"figures-TOTAL_FORMS": 1, "figures-0-value": "12", "figures-0-what": "parks", "figures-0-year": 2020}
    page = desk("practice", "change", practice.pk)
    assert save(admin_client, page, **figure, **{"figures-0-source": other.sources.get().pk})
    assert save(admin_client, page, **figure, **{"figures-0-source": practice.sources.get().pk}) == []
    assert Figure.objects.get().practice == practice


def test_the_address_of_what_was_public_stays(admin_client):
    practice, draft = a_practice(slug="parks"), a_practice(slug="draft", published_at=None)
    assert "slug" not in form_of(admin_client, desk("practice", "change", practice.pk))
    assert save(admin_client, desk("practice", "change", practice.pk), slug="other", title="New title") == []
    assert save(admin_client, desk("practice", "change", draft.pk), slug="better") == []
    assert set(Practice.objects.values_list("slug", "title")) == {
        ("parks", "New title"),
        ("better", "Public spaces for all"),
    }


def test_only_a_public_practice_links_to_its_page(admin_client):
    practice = a_practice(slug="parks")
    page = desk("practice", "change", practice.pk)
    assert "/practices/parks/" in admin_client.get(page).content.decode()
    practice.archive()
    assert "/practices/parks/" not in admin_client.get(page).content.decode()


def test_a_curator_adds_a_city_and_a_practice(admin_client):
    city = {"name": "Łódź", "country": "PL", "slug": "lodz-pl", "population": 670_000}
    assert save(admin_client, desk("city", "add"), **city) == []
    added = City.objects.get()
    assert (added.size, added.slug) == ("500k-1.5m", "lodz-pl")
    practice = {
        "title": "Parks", "slug": "parks", "city": added.pk, "summary": "Parks.", "themes": ["housing"], "instrument": "space",
        "sources-TOTAL_FORMS": 1, "sources-0-position": 0, "sources-0-title": "A report", "sources-0-publisher": "The city",
        "sources-0-url": "https://example.org/",
    }  # fmt: skip
    assert save(admin_client, desk("practice", "add"), **practice) == []
    assert Practice.objects.get().published_at is None
    assert Practice.objects.get().sources.get().title == "A report"


def test_a_city_address_that_does_not_fit_is_told_in_the_form(admin_client):
    assert save(admin_client, desk("city", "add"), name="London", country="GB", slug="london-uk")
    assert not City.objects.exists()


@pytest.mark.parametrize("names", ['"Ammán"', "[]x", '["Ammán"]', '{"es": 1}', '{"es": ""}', "12"])
def test_names_that_are_no_names_are_told_in_the_form(admin_client, names):
    city = a_city()
    assert save(admin_client, desk("city", "change", city.pk), names=names)


@pytest.mark.parametrize(("names", "kept"), [("", {}), ("{}", {}), ('{"es": "Ammán"}', {"es": "Ammán"})])
def test_a_city_may_have_names_in_other_languages(admin_client, names, kept):
    city = a_city()
    assert save(admin_client, desk("city", "change", city.pk), names=names) == []
    city.refresh_from_db()
    assert city.names == kept
    assert all(name in city.keywords for name in kept.values())


def test_the_address_of_a_city_stays(admin_client):
    city = a_city()
    assert save(admin_client, desk("city", "change", city.pk), slug="other-jo", name="Greater Amman") == []
    city.refresh_from_db()
    assert (city.slug, city.name) == ("amman-jo", "Greater Amman")
    assert "Greater Amman" in city.keywords


def test_a_city_with_practices_cannot_be_deleted(admin_client):
    city = a_practice().city
    admin_client.post(desk("city", "delete", city.pk), {"post": "yes"})
    assert City.objects.exists()
