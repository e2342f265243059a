"""Editing at the desk: what is saved, and what is told in the form before the database has to refuse it."""

import html

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.forms import model_to_dict

from practices.models import City, Figure, Practice, PracticeKeywords
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


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


def test_the_field_of_a_city_holds_all_of_them_and_finds_one_by_any_of_its_names(admin_client):
    """The list for those without a script, the search for the others."""
    cities = [a_city("Quito", "EC"), a_city("Amman", "JO", names={"ar": "عمّان"})]
    page = admin_client.get(desk("practice", "add")).text
    assert page.index(">Amman, Jordan</option>") < page.index(">Quito, Ecuador</option>")
    asked = {"app_label": "practices", "model_name": "practice", "field_name": "city"}
    for typed, found in (("quit", cities[:1]), ("عمّان", cities[1:]), ("Jordanien", []), ("", [cities[1], cities[0]])):
        answer = admin_client.get("/admin/autocomplete/", asked | {"term": typed}).json()
        assert [one["text"] for one in answer["results"]] == [str(city) for city in found], typed


@pytest.mark.parametrize(
    ("name", "country", "number", "said"),
    [
        ("Hiroshima", "JP", 1862415, "広島"),
        ("Berlin", "DE", 2950159, ""),
        ("Nowhere", "JP", 7, ""),
        ("Oslo", "NO", None, ""),
    ],
)
def test_a_city_is_offered_its_names_in_the_scripts_of_its_country(admin_client, name, country, number, said):
    city = a_city(name, country, geonames_id=number)
    page = html.unescape(admin_client.get(desk("city", "change", city.pk)).text)
    assert ("None in a script of its own." in page) is (not said)
    assert said in page and "برلين" not in page
    assert not said or "The city’s own site shows which one it uses" in page


def test_a_name_that_no_typeface_can_write_is_saved_and_told(admin_client):
    city = a_city("Thimphu", "BT")
    assert save(admin_client, desk("city", "change", city.pk), names='{"dz": "ཐིམ་ཕུ", "ne": "थिम्पू"}') == []
    city.refresh_from_db()
    assert city.names["dz"] == "ཐིམ་ཕུ"
    said = admin_client.get(desk("city")).text
    assert "No typeface of ours can write “ཐིམ་ཕུ” whole" in html.unescape(said) and "थिम्पू” whole" not in said


def test_a_city_can_be_added_from_an_entry_and_not_deleted_from_it(admin_client):
    page = admin_client.get(desk("practice", "change", a_practice().pk)).text
    assert 'id="add_id_city"' in page and 'id="delete_id_city"' not in page


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


@pytest.fixture
def curator():
    return at_the_desk(staff(role="Curator"))


def test_keywords_are_kept_one_a_line_and_an_empty_list_is_asked_for_words(curator):
    page = desk("practice", "change", a_practice().pk)
    wanted = {"keywords-TOTAL_FORMS": 1, "keywords-0-language": "fr"}
    assert save(curator, page, **wanted, **{"keywords-0-phrases": " \n"}) == [["This field is required."]]
    assert save(curator, page, **wanted, **{"keywords-0-phrases": "• toits vacants\n\nbail à réhabilitation "}) == []
    assert PracticeKeywords.objects.get().phrases == ["toits vacants", "bail à réhabilitation"]


def test_keywords_that_a_colleague_changed_meanwhile_stay_where_one_changed_none(curator):
    practice = a_practice()
    for language in ("en", "fr"):
        practice.keywords.create(language=language, phrases=["empty roofs", "leases"])
    page = desk("practice", "change", practice.pk)
    opened = form_of(curator, page)
    practice.keywords.filter(language="en").update(phrases=["empty roofs", "leases", "renovation"])
    second = "keywords-0-phrases" if opened["keywords-0-language"] == "fr" else "keywords-1-phrases"
    assert curator.post(page, opened | {"lead": "Athens", second: "toits"}).status_code == 302
    practice.refresh_from_db()
    assert practice.lead == "Athens"
    assert dict(practice.keywords.values_list("language", "phrases")) == {
        "en": ["empty roofs", "leases", "renovation"],
        "fr": ["toits"],
    }


def test_a_curator_may_edit_every_part_of_what_they_may_edit(rf):
    request = rf.get("/")
    request.user = staff(role="Curator")
    shut = [
        type(part).__name__
        for page in admin.site._registry.values()
        if page.has_change_permission(request) and page.opts.app_label == "practices"
        for part in page.get_inline_instances(request)
        if not part.has_change_permission(request)
    ]
    assert shut == ["LinkCheckInline"], "what was seen of a link is written by the machine"
