"""An entry is found by what people type who need it, and these words are shown to nobody but the desk."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from practices.models import Practice, PracticeKeywords
from practices.search.query import read
from tests.people import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def roofs():
    practice = a_practice("Roofs for all", summary="The city rents homes from their owners.")
    PracticeKeywords.objects.create(practice=practice, language="en", phrases=["vacant dwellings", "council flats"])
    PracticeKeywords.objects.create(practice=practice, language="es", phrases=["viviendas desocupadas"])
    return practice


def found(words, language="en"):
    return list(Practice.objects.published().matching(read(words, language)))


@pytest.mark.parametrize(
    ("words", "language"),
    [("vacant dwelling", "en"), ("council flats", "fr"), ("vivienda desocupada", "es"), ("VIVIENDAS", "ar")],
)
def test_it_is_found_by_them_stemmed_in_their_language(roofs, words, language):
    assert found(words, language) == [roofs]


def test_they_are_real_words_that_nobody_corrects(roofs):
    a_practice("Dwelings by the sea")
    assert read("dwellings").words == "dwellings"


def test_what_goes_is_found_no_longer(roofs):
    PracticeKeywords.objects.filter(language="en").update(phrases=["wheelbarrows"])
    assert found("vacant") == [] and found("wheelbarrows") == [roofs]
    PracticeKeywords.objects.all().delete()
    assert found("wheelbarrows") == [] and found("desocupadas", "es") == []


def test_they_are_on_no_page_and_change_no_text(client, roofs):
    before = Practice.objects.get().revision
    PracticeKeywords.objects.create(practice=roofs, language="pt", phrases=["casas vazias"])
    assert Practice.objects.get().revision == before
    for page in (roofs.get_absolute_url(), reverse("directory"), reverse("directory") + "?q=dwellings"):
        assert "council flats" not in client.get(page).text


def test_a_draft_is_not_found_by_them():
    draft = a_practice(published_at=None)
    PracticeKeywords.objects.create(practice=draft, language="en", phrases=["vacant dwellings"])
    assert found("dwellings") == []


def test_one_list_in_each_language_of_the_site_and_none_empty(roofs):
    for wrong in ({"language": "en", "phrases": ["again"]}, {"language": "de", "phrases": ["leer"]}):
        with pytest.raises(ValidationError):
            PracticeKeywords(practice=roofs, **wrong).full_clean()
    with pytest.raises(ValidationError):
        PracticeKeywords(practice=roofs, language="pt", phrases=[]).full_clean()
    assert str(PracticeKeywords.objects.get(language="en")) == "vacant dwellings · council flats"
    connection.check_constraints()
