"""Texts lose what XML cannot hold when they are saved, however they come."""

from xml.etree import ElementTree

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from practices.models import City, Practice, Source
from tests.people import a_city, a_practice
from tests.pledges.signers import a_stated

pytestmark = pytest.mark.django_db
# What only our own code writes: codes, keys, words taken from other tables; and the rows of a sheet as they came, which are
# cleaned when they become entries.
DERIVED = {
    "practices_sheetimport", "practices_sheetrow", "practices_translationfile",
    "practices_place", "practices_asker", "practices_practiceletter", "practices_linkcheck", "practices_documentcheck",
    "practices_translationevent",
    "practices_version", "practices_lexiconword", "practices_term", "practices_practicetext", "practices_submissionletter",
    "practices_practiceembedding",
    "practices_following", "practices_follower", "practices_followingletter",
    "pledges_support", "pledges_supportletter", "pledges_invitationletter",
    "pledges_signatureletter", "pledges_sentform", "pledges_statement", "pledges_statementversion", "pledges_clause",
}  # fmt: skip


def has_text(field) -> bool:
    base = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(base, models.CharField | models.TextField)


def test_every_table_of_texts_drops_controls():
    tables = {
        model._meta.db_table
        for app in ("practices", "pledges")
        for model in apps.get_app_config(app).get_models()
        if any(map(has_text, model._meta.local_concrete_fields))
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'a_controls_dropped'")
        assert {table for (table,) in cursor.fetchall()} == tables - DERIVED


CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))
HARMLESS = 'a\\b \\u0001 "quoted" \\\\ line\nand\ttab – é 😀 {curly}'


def test_what_xml_cannot_hold_is_dropped_whoever_writes(client):
    practice = a_practice(
        "Parks",
        summary="Parks for all.",
        partners=["UNHCR"],
        cost_band="under-50k",
        cost_currency="EUR",
        cost_year=2020,
    )
    source = practice.sources.first() or Source.objects.create(
        practice=practice, title="a", publisher="b", url="https://a.example"
    )
    before = Practice.objects.filter(pk=practice.pk).values().get()
    Practice.objects.filter(pk=practice.pk).update(
        title=f"Par{CONTROLS}ks", summary=HARMLESS + CONTROLS, partners=[f"U{CONTROLS}N"]
    )
    Source.objects.filter(pk=source.pk).update(title=f"Re{CONTROLS}port")
    after = Practice.objects.filter(pk=practice.pk).values().get()
    source.refresh_from_db()
    assert (after["title"], after["summary"], after["partners"], source.title) == ("Parks", HARMLESS, ["UN"], "Report")
    kept = before.keys() - {"title", "summary", "partners", "search", "revision", "updated_at"}
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    ElementTree.fromstring(client.get("/feeds/practices.atom").content)


def test_many_rows_at_once_are_cleaned_as_well():
    City.objects.bulk_create([City(name="Qui\x0bto", country="EC", slug="quito-ec")])
    assert City.objects.get().name == "Quito"
    signature = a_stated(city=a_city("Amman", "JO"))
    type(signature).objects.filter(pk=signature.pk).update(signed_by="be\x1ffore")
    signature.refresh_from_db()
    assert signature.signed_by == "before"
