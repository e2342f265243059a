"""The roles of the desk: what each may do, and that a migration brings them back."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from citysolidarity.desk.roles import ROLES, create_roles

pytestmark = pytest.mark.django_db


def rights(role):
    permissions = Group.objects.get(name=role).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in permissions}


def test_the_roles_are_there_after_migrating():
    expected = {"Viewer", "Translator", "Curator", "Lead curator"}
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES) == expected


def test_a_viewer_only_looks():
    assert {right.partition(".")[2].partition("_")[0] for right in rights("Viewer")} == {"view"}
    assert "pledges.view_signature" in rights("Viewer")
    assert "pledges.view_signaturecontact" not in rights("Viewer")


def test_a_translator_reads_the_practices_writes_translations_and_does_nothing_else():
    own = {"practices.add_practicetranslation", "practices.change_practicetranslation"}
    assert rights("Translator") - rights("Viewer") == own
    assert "practices.view_practice" in rights("Translator")
    assert not [right for right in rights("Translator") if right.startswith("pledges.") or "review" in right]


def test_a_curator_edits_practices_and_curates_signatures_and_deletes_nothing():
    granted = rights("Curator")
    assert {"practices.add_practice", "practices.change_city", "pledges.curate_signature"} <= granted
    assert not [right for right in granted if ".delete_" in right]
    assert not [right for right in granted if right.startswith(("pledges.add_", "pledges.change_"))]
    assert "pledges.lead_curate_signature" not in granted


def test_only_a_lead_curator_may_withdraw_and_end_sessions_and_has_a_curators_rights():
    own = {
        "pledges.lead_curate_signature",
        "citysolidarity.end_sessions",
        "citysolidarity.look_after_people",
        "citysolidarity.edit_email_texts",
        "admin.view_logentry",
    }
    assert rights("Lead curator") - rights("Curator") == own
    assert rights("Curator") <= rights("Lead curator")


def test_a_migration_gives_the_roles_exactly_their_rights_again_and_leaves_other_groups_alone():
    before = {role: rights(role) for role in ROLES}
    Group.objects.get(name="Viewer").permissions.add(Permission.objects.get(codename="delete_practice"))
    Group.objects.get(name="Curator").delete()
    own = Group.objects.create(name="Guests")
    own.permissions.add(Permission.objects.get(codename="view_practice"))
    call_command("migrate", verbosity=0)
    assert {role: rights(role) for role in ROLES} == before
    assert rights("Guests") == {"practices.view_practice"}


def test_making_them_again_makes_no_second_one():
    create_roles()
    create_roles()
    assert Group.objects.count() == len(ROLES)
