"""Whoever deploys a site without back-ups, or with such as anybody can read, is told so."""

import os

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command


def warnings():
    return [found.id for found in run_checks(include_deployment_checks=True, tags=["backups"])]


def test_none_and_plain_ones_are_warned_of(settings, tmp_path):
    settings.BACKUPS_ROOT, settings.BACKUP_KEY = str(tmp_path), bytes(32)
    assert warnings() == []
    settings.BACKUP_KEY = b""
    assert warnings() == ["backups.W002"]
    settings.BACKUPS_ROOT = ""
    assert warnings() == ["backups.W001"]
    with pytest.raises(CommandError, match="set BACKUPS_ROOT"):
        call_command("backup")


def test_whoever_only_reads_them_needs_no_key(settings, tmp_path, monkeypatch):
    settings.BACKUPS_ROOT, settings.BACKUP_KEY = str(tmp_path), b""
    monkeypatch.setattr("os.access", lambda path, mode: mode != os.W_OK)
    assert warnings() == []
