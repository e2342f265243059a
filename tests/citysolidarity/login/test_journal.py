"""Who comes in, who does not, and whose role changes stands in the log; no name and no mailbox does."""

import logging

import pytest
from django.contrib.auth.models import Group, User

from tests.login import PASSWORD, at_the_desk, post_password, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, logger="citysolidarity.login.journal")
    return lambda: [record.getMessage() for record in caplog.records if record.name == "citysolidarity.login.journal"]


def test_logins_and_failures_are_written_down_by_number(client, lines):
    user = staff("ana")
    post_password(client, "ana", "wrong")
    post_password(client, "mayor@city.example", PASSWORD)
    at_the_desk(user)
    said = lines()
    assert f"Login failed: account {user.pk}" in said
    assert "Login failed: no such account" in said
    assert f"Login: account {user.pk}" in said
    assert not any("ana" in line.split() or "@" in line for line in said)


def test_what_somebody_may_do_is_written_down_when_it_changes(lines):
    user = User.objects.create_user("ben", "ben@city.example")
    group = Group.objects.first()
    user.groups.add(group)
    user.groups.remove(group)
    user.is_superuser = True
    user.save()
    user.set_password(PASSWORD)
    user.save()
    user.save()
    assert lines() == [
        f"Account {user.pk} is made",
        f"The roles of account {user.pk} changed: add [{group.pk}]",
        f"The roles of account {user.pk} changed: remove [{group.pk}]",
        f"Account {user.pk} changed: is_superuser=True",
        f"Account {user.pk} changed: password",
    ]
