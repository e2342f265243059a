"""Every field that may hold something of a person is in the table of the privacy page, or declared free of it."""

from collections import Counter

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import translation

from citysolidarity.people.export import BY_ADDRESS
from citysolidarity.privacy.free import FREE
from citysolidarity.privacy.personal import PERSONAL

TEXTS = (
    models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField, models.GenericIPAddressField,
    models.UUIDField, ArrayField,
)  # fmt: skip
NAMED = [field for row in PERSONAL for field in row.fields]
FREE_MODELS = {model for models in FREE.values() for model in models.split()}
# What is stored under these names is always somebody's.
ALWAYS = {"email", "phone", "first_name", "last_name", "username", "signer_name", "mailbox", "network", "browser", "by"}


def may_be_personal(field) -> bool:
    if field.is_relation:
        return field.related_model._meta.label == "auth.User"
    return (
        isinstance(field, TEXTS)
        and not field.choices
        and not (field.primary_key and isinstance(field, models.UUIDField))
    )


def all_fields() -> dict[str, models.Field]:
    """app.Model.field → field, of every table there is."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
    }


def unnamed(found: dict[str, models.Field]) -> list[str]:
    wanted = {name for name, field in found.items() if may_be_personal(field)} - set(NAMED)
    return sorted(
        name
        for name in wanted
        if name.rpartition(".")[0] not in FREE_MODELS or name.rpartition(".")[2] in ALWAYS or found[name].is_relation
    )


def test_every_field_that_may_hold_something_of_a_person_is_named_or_declared_free():
    assert unnamed(all_fields()) == []


def test_what_is_named_is_there_and_named_once():
    found = all_fields()
    assert [name for name in NAMED if name not in found] == []
    assert [name for name, times in Counter(NAMED).items() if times > 1] == []
    assert {name.rpartition(".")[0] for name in found} >= FREE_MODELS


def test_a_new_field_is_noticed():
    new = {
        "practices.Visitor.nickname": models.CharField(max_length=20),
        "practices.City.email": models.EmailField(),
        "practices.City.motto": models.CharField(max_length=20),
    }
    assert unnamed(all_fields() | new) == ["practices.City.email", "practices.Visitor.nickname"]


def test_an_export_leads_to_every_public_form_that_takes_an_address():
    """A model with an address, but those of members of staff and of cities, is exported by it."""
    addresses = {name.rpartition(".")[0] for name in NAMED if name.rpartition(".")[2] in {"email", "mailbox"}}
    of_staff = {"auth.User", "account.EmailAddress", "citysolidarity.BlockedMailbox"}
    of_cities = {"pledges.AskedCity", "pledges.InvitedCity"}
    assert addresses - of_staff - of_cities <= set(BY_ADDRESS)


@pytest.mark.django_db
def test_the_privacy_page_shows_the_table(client):
    page = client.get("/en/about/privacy/").text
    for row in PERSONAL:
        with translation.override("en"):
            assert str(row.what) in page
    assert page.count("<tr>") == len(PERSONAL) + 1
