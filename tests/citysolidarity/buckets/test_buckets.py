"""Pictures and letters in buckets of a real server that speaks S3: seen as before, gone as before, and it may be away."""

import json
import re
import socket
import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.urls import reverse

from citysolidarity import env
from citysolidarity.attachments.models import Document, delete_again, place_of
from citysolidarity.buckets.checks import check_buckets
from citysolidarity.http.database_outage import RETRY_AFTER
from pledges.erasure import forget
from practices.models import Picture
from tests.buckets import Buckets, serving
from tests.citysolidarity.attachments.test_attachments import added, page_of
from tests.citysolidarity.test_env import start
from tests.login import at_the_desk, staff
from tests.pdfs import a_pdf
from tests.people import a_practice
from tests.pledges.signers import a_confirmed
from tests.practices.entries.test_picture import a_picture

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def server():
    with serving() as port:
        yield port


@pytest.fixture
def buckets(settings, server):
    return Buckets(settings, server)


@pytest.fixture
def away(settings):
    """Nothing listens at the address of the buckets."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield Buckets(settings, taken.getsockname()[1], make=False)


@pytest.mark.django_db
def test_a_picture_is_shown_by_the_site_and_goes_with_its_row(
    buckets, client, settings, django_capture_on_commit_callbacks
):
    practice = a_practice()
    picture = a_picture(practice)
    assert len(buckets.files("default")) == len(picture.names) and not settings.MEDIA_ROOT.exists()
    answer = client.get(picture.fallback)
    assert answer.status_code == 200 and answer.content.startswith(b"\xff\xd8\xff")
    with pytest.raises(ValueError, match="no address"):
        default_storage.url(buckets.files("default")[0])
    assert client.get(picture.fallback, headers={"if-none-match": answer["ETag"]}).status_code == 304
    for name in buckets.files("default"):
        buckets.client.delete_object(Bucket=buckets.names["default"], Key=name)
    assert client.get(picture.fallback).status_code == 404
    again = a_picture(a_practice())
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.all().delete()
    assert client.get(again.fallback).status_code == 404 and buckets.files("default") == []


@pytest.mark.django_db
def test_a_letter_is_for_curators_and_goes_with_whoever_signed(buckets, settings, django_capture_on_commit_callbacks):
    curator, signature = at_the_desk(staff()), a_confirmed()
    assert added(curator, page_of(signature)).status_code == 302
    document = Document.objects.get()
    assert buckets.files("private") == [place_of(document.key)] and not settings.PRIVATE_ROOT.exists()
    answer = curator.post(reverse("attachments:document_open", args=[document.pk]))
    assert answer.content == a_pdf() and document.views.count() == 1
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url(place_of(document.key))
    with django_capture_on_commit_callbacks(execute=True):
        forget("officer@amman.example")
    assert buckets.files("private") == []
    assert curator.post(reverse("attachments:document_open", args=[document.pk])).status_code == 404


@pytest.mark.django_db
def test_a_bucket_that_is_away_costs_its_own_files_alone(away, client, settings, server):
    began = time.monotonic()
    practice, signature, curator = a_practice(), a_confirmed(), at_the_desk(staff())
    picture = Picture.objects.create(
        practice=practice, key="k" * 32, width=800, height=600, alternative="A tree.", credit="Amman", licence="cc0"
    )
    answer = client.get(picture.fallback)
    assert (answer.status_code, answer["Retry-After"]) == (503, str(RETRY_AFTER))
    assert answer["Cache-Control"] == "no-store"
    assert client.get(practice.get_absolute_url()).status_code == 200
    answer = added(curator, page_of(signature))
    assert answer.status_code == 503 and "Letter of the mayor" in answer.text and not Document.objects.exists()
    assert time.monotonic() - began < 30


@pytest.mark.django_db(transaction=True)
def test_a_letter_deleted_while_the_bucket_is_away_is_deleted_later(settings, server):
    there = Buckets(settings, server)
    document = Document.add(a_pdf(), title="Letter", by=staff(), signature=a_confirmed())
    used = settings.STORAGES
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        Buckets(settings, taken.getsockname()[1], make=False)
        Document.objects.filter(pk=document.pk).forget()
    settings.STORAGES = used
    document.refresh_from_db()
    assert document.deleted_at and there.files("private") == [place_of(document.key)]
    assert (delete_again(), delete_again()) == (1, 0)
    assert there.files("private") == []


def test_old_versions_are_kept_as_the_manual_says(buckets):
    """The two commands of docs/backup.md, as the same calls."""
    [rules] = re.findall(r"'(\{\"Rules\".*\})'", (DOCS / "backup.md").read_text("utf-8"))
    name = buckets.names["private"]
    buckets.client.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    buckets.client.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=json.loads(rules))
    storages["private"].save("documents/a.pdf", ContentFile(b"a letter"))
    storages["private"].delete("documents/a.pdf")
    assert not storages["private"].exists("documents/a.pdf")
    [marker] = buckets.client.list_object_versions(Bucket=name)["DeleteMarkers"]
    buckets.client.delete_object(Bucket=name, Key=marker["Key"], VersionId=marker["VersionId"])
    assert storages["private"].open("documents/a.pdf").read() == b"a letter"


def test_whoever_deploys_hears_what_is_wrong_with_a_bucket(buckets, settings):
    assert check_buckets(None) == [] and buckets.files("default") == buckets.files("private") == []
    buckets.client.delete_bucket(Bucket=buckets.names["private"])
    [found] = check_buckets(None)
    assert found.id == "buckets.E001" and found.msg == "PRIVATE_BUCKET cannot be used: NoSuchBucket."
    settings.PRIVATE_BUCKET = {}
    [found] = check_buckets(None)
    assert found.id == "buckets.W001" and "MEDIA_BUCKET is set and PRIVATE_BUCKET is not" in found.msg


GOOD = "https://key:very-secret@s3.example.org/pictures"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"MEDIA_BUCKET": "https://s3.example.org/pictures"}, "MEDIA_BUCKET lacks a key and a secret"),
        ({"MEDIA_BUCKET": "https://key:very-secret@s3.example.org/"}, "MEDIA_BUCKET lacks the bucket's name"),
        ({"MEDIA_BUCKET": "https://key@s3.example.org/pictures"}, "MEDIA_BUCKET lacks a secret"),
        ({"PRIVATE_BUCKET": "https://key:very-/secret@s3.example.org/a"}, "/ in a secret is %2F"),
        ({"PRIVATE_BUCKET": f"{GOOD}/letters"}, "PRIVATE_BUCKET must look like"),
        ({"PRIVATE_BUCKET": f"{GOOD}?zone=a"}, "PRIVATE_BUCKET must look like"),
        ({"MEDIA_BUCKET": "pictures"}, "MEDIA_BUCKET must look like"),
        ({"MEDIA_BUCKET": GOOD.replace("https", "http")}, "MEDIA_BUCKET must start with https"),
        ({"MEDIA_BUCKET": GOOD, "PRIVATE_BUCKET": GOOD}, "PRIVATE_BUCKET must be another bucket"),
    ],
)
def test_what_is_incomplete_stops_the_start_with_one_sentence(changes, sentence):
    done = start(**changes)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0 and "ImproperlyConfigured" in last and sentence in last
    assert "very-" not in last


def test_what_is_complete_starts(monkeypatch):
    told = "import citysolidarity.settings as s; print(s.STORAGES['default'], s.STORAGES['private'])"
    done = start(told, MEDIA_BUCKET=f"{GOOD}?region=eu-central-1", PRIVATE_BUCKET=GOOD.replace("pictures", "letters"))
    assert done.returncode == 0 and "'region_name': 'eu-central-1'" in done.stdout and "'letters'" in done.stdout
    monkeypatch.setenv("MEDIA_BUCKET", GOOD)
    monkeypatch.setattr(env, "find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"needs the packages of the extra s3: pip install"):
        env.bucket("MEDIA_BUCKET")
