"""Pictures of an entry: added at the desk with what they need, shown on its page, gone from everywhere with it."""

import re

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from citysolidarity.caching.shared import FILE
from practices.models import Picture, Practice
from practices.models.entries.picture import pictures_of
from tests.citysolidarity.drawing.test_images import png_that_claims
from tests.desk import desk, form_of
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.pictures import a_file, upload

pytestmark = pytest.mark.django_db
SAID = {"alternative": "Children plant a tree.", "credit": "City of Amman", "licence": "cc-by-4.0"}


def a_picture(practice, content=None, **facts):
    from citysolidarity.drawing.images import redrawn

    picture = Picture(practice=practice, **(SAID | facts))
    picture.keep(redrawn(upload(content)))
    picture.save()
    return picture


def added(client, practice, file=None, **changes):
    """Adds a picture at the desk; the errors that are shown."""
    page = desk("practice", "change", practice.pk)
    fields = form_of(client, page) | {"pictures-TOTAL_FORMS": "1"}
    fields |= {f"pictures-0-{name}": value for name, value in (SAID | {"position": "0"} | changes).items()}
    fields["pictures-0-file"] = upload() if file is None else file
    answer = client.post(page, fields)
    return [] if answer.status_code == 302 else [*answer.context["errors"]]


def files_of(picture):
    return {
        name: default_storage.exists(f"pictures/{picture.key}/{name}") for name in ("480.avif", "480.jpg", "800.jpg")
    }


def test_a_curator_adds_a_picture_and_the_public_sees_it(client):
    practice = a_practice()
    before = practice.revision
    assert added(at_the_desk(staff()), practice) == []
    picture = Picture.objects.get()
    page = client.get(practice.get_absolute_url()).content.decode()
    assert 'alt="Children plant a tree."' in page and "City of Amman&nbsp;· CC BY 4.0" in page
    assert 'width="800" height="600"' in page and f'src="/pictures/{picture.key}/800.jpg"' in page
    for address in set(re.findall(r"/pictures/[^\s\"]+", page)):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == ("image/avif" if address.endswith("avif") else "image/jpeg")
        assert answer["X-Content-Type-Options"] == "nosniff" and "Accept-Language" not in answer["Vary"]
        assert answer["Cache-Control"] == FILE and not answer.cookies
        assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    practice.refresh_from_db()
    assert practice.revision > before


def test_all_but_the_first_picture_wait_until_they_are_looked_at(client):
    practice = a_practice()
    for width in (400, 500):
        a_picture(practice, a_file(width, 400))
    images = re.findall(r"<img [^>]*>", client.get(practice.get_absolute_url()).content.decode())
    assert ["lazy" in image for image in images] == [False, True]


@pytest.mark.parametrize("field", ["alternative", "credit", "licence"])
def test_nothing_is_added_without_what_it_must_say(field):
    practice = a_practice()
    assert added(at_the_desk(staff()), practice, **{field: ""})
    with pytest.raises(IntegrityError), transaction.atomic():
        a_picture(practice, **{field: ""})
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"MZ", "cannot read this picture"), (png_that_claims(60_000, 60_000), "more than 6000")],
)
def test_what_is_no_picture_is_told_in_the_form(content, sentence):
    [said] = added(at_the_desk(staff()), a_practice(), upload(content))
    assert sentence in str(said)
    assert not default_storage.exists("pictures")


def test_the_same_picture_is_not_shown_twice_on_one_page():
    practice = a_practice()
    a_picture(practice)
    client = at_the_desk(staff())
    page = desk("practice", "change", practice.pk)
    fields = form_of(client, page) | {"pictures-TOTAL_FORMS": "2"}
    fields |= {f"pictures-1-{name}": value for name, value in (SAID | {"position": "1"}).items()}
    answer = client.post(page, fields | {"pictures-1-file": upload()})
    assert "already shows this picture" in answer.content.decode()


def test_a_picture_of_a_draft_is_for_the_desk_alone(client):
    picture = a_picture(a_practice(published_at=None))
    assert client.get(picture.fallback).status_code == 404
    answer = at_the_desk(staff()).get(picture.fallback)
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"


def test_an_archived_entry_takes_its_pictures_along(client):
    practice = a_practice()
    picture = a_picture(practice)
    etag = client.get(picture.fallback)["ETag"]
    practice.archive()
    assert client.get(picture.fallback, headers={"if-none-match": etag}).status_code == 404


@pytest.mark.parametrize(
    "end", ["481.jpg", "800.png", "800.exe", "0.jpg", "../../settings.py", "99999999999999999999.jpg"]
)
def test_no_other_file_is_served(client, end):
    picture = a_picture(a_practice())
    assert client.get(f"/pictures/{picture.key}/{end}").status_code == 404
    assert client.get("/pictures/none/480.jpg").status_code == 404


def test_a_picture_that_is_taken_away_leaves_no_file(django_capture_on_commit_callbacks):
    one, other = a_practice(), a_practice()
    mine, same = a_picture(one), a_picture(other)
    with django_capture_on_commit_callbacks(execute=True):
        client = at_the_desk(staff())
        page = desk("practice", "change", one.pk)
        assert client.post(page, form_of(client, page) | {"pictures-0-DELETE": "on"}).status_code == 302
    assert all(files_of(same).values())  # another entry shows the same picture
    with django_capture_on_commit_callbacks(execute=True):
        other.delete()
    assert not any(files_of(mine).values())


def test_pictures_come_with_their_entry_in_its_own_statement(django_assert_num_queries):
    practice = a_practice()
    a_picture(practice, position=2)
    a_picture(practice, a_file(500), position=1)
    with django_assert_num_queries(1):
        [first, second] = pictures_of(Practice.objects.with_pictures().get(pk=practice.pk))
    assert (first.width, second.width) == (500, 800)


def test_a_viewer_sees_and_changes_nothing(client):
    practice = a_practice()
    picture = a_picture(practice)
    viewer = at_the_desk(staff(role="Viewer"))
    page = viewer.get(desk("practice", "change", practice.pk)).content.decode()
    assert picture.smallest in page and 'name="pictures-0-alternative"' not in page
