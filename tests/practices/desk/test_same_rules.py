"""The desk takes what the public forms, the import and readers take, and says beside a field what is wrong with it."""

import re

import pytest

from practices.models import Practice
from practices.vocabularies.languages import choices, is_known
from tests.desk import desk, form_of
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def sent(client, practice, **changes):
    page = desk("practice", "change", practice.pk)
    return client.post(
        page, form_of(client, page) | {name.replace("__", "-"): value for name, value in changes.items()}
    )


def errors_of(answer) -> dict[str, list[str]]:
    form = answer.context["adminform"].form
    found = {name: list(errors) for name, errors in form.errors.items()}
    for inline in answer.context["inline_admin_formsets"]:
        for one in inline.formset.forms:
            found |= {one.add_prefix(name): list(errors) for name, errors in one.errors.items()}
    return found


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"language": "German"}, "language", "Select a valid choice"),
        ({"language": "xx"}, "language", "Select a valid choice"),
        ({"started": "2099"}, "started", "This year is too far in the future"),
        ({"started": "215"}, "started", "Enter a year in four figures"),
        ({"started": "1066"}, "started", "This is too long ago"),
        ({"cost_year": "3000", "cost_band": "under-50k", "cost_currency": "EUR"}, "cost_year", "too far in the future"),
        ({"cost_band": "under-50k", "cost_currency": "12a", "cost_year": "2020"}, "cost_currency", "three letters"),
        ({"cost_band": "under-50k", "cost_currency": "Euro", "cost_year": "2020"}, "cost_currency", "three letters"),
        ({"cost_band": "under-50k"}, "cost_currency", "Give the currency and"),
        ({"started": "2015", "ended": "2014", "status": "unknown"}, "ended", "It cannot have ended before it started"),
        ({"status": "ongoing", "ended": "2020"}, "status", "has no year of ending"),
        ({"slug": "compare"}, "slug", "belongs to a page of the site"),
        ({"sources__0__year": "99"}, "sources-0-year", "Enter a year in four figures"),
        ({"sources__0__year": "2099"}, "sources-0-year", "too far in the future"),
        ({"sources__0__language": "German"}, "sources-0-language", "Select a valid choice"),
        ({"sources__0__url": "ftp://a.example"}, "sources-0-url", "begins with https://"),
        ({"sources__0__url": "https://x.mimecast.com/s/abc"}, "sources-0-url", "goes through an e-mail filter"),
        ({"title": "x" * 121}, "title", "121"),
    ],
    ids=str,
)
def test_it_is_refused_beside_its_field(admin_client, changes, field, sentence):
    practice = a_practice(published_at=None)
    answer = sent(admin_client, practice, **changes)
    assert answer.status_code == 200
    found = errors_of(answer)
    assert sentence in " ".join(found[field]), found
    assert "violated" not in answer.text and "__all__" not in found


def test_what_is_typed_is_written_as_everywhere(admin_client):
    practice = a_practice(published_at=None)
    answer = sent(
        admin_client, practice, cost_band="under-50k", cost_currency="eur", cost_year="2020", partners="- UNHCR\r\n• IOM",
        title="Inte\u00adgra\u00adtion\x0bfor all", approach="\uf0b7 Courses", sources__0__url="HTTPS://A.example/Nr 5.pdf",
        language="de",
    )  # fmt: skip
    assert answer.status_code == 302, errors_of(answer)
    practice.refresh_from_db()
    assert (practice.cost_currency, practice.partners, practice.language) == ("EUR", ["UNHCR", "IOM"], "de")
    assert (practice.title, practice.approach) == ("Integration for all", "• Courses")
    assert practice.sources.get().url == "https://A.example/Nr%205.pdf"


def test_a_language_that_an_import_took_stays_on_offer(admin_client):
    practice = a_practice(language="pt-BR")
    assert sent(admin_client, practice).status_code == 302
    assert Practice.objects.get().language == "pt-BR"


def test_nothing_that_is_pasted_is_cut_off(admin_client):
    page = admin_client.get(desk("practice", "change", a_practice().pk)).text
    assert not re.search(
        r'<(?:input|textarea)[^>]*name="(?:title|summary|area|lead|sources-0-\w+)"[^>]*maxlength', page
    )


def test_the_languages_begin_with_those_of_the_directory():
    codes = [code for code, _name in choices(chosen="pt-BR")]
    assert codes[:5] == ["en", "fr", "es", "ar", "pt"] and {"de", "so", "ps", "pt-BR"} <= set(codes)
    assert all(map(is_known, codes)) and len(codes) == len(set(codes))
    assert not any(map(is_known, ["xx", "German", "", "en-", "pt_BR", "en-<b>"]))
