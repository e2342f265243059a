"""Export and import at the desk: the list as it is filtered, and a look at every change before it is made."""

import base64
import zlib

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from practices.admin import spreadsheets
from practices.models import Practice
from practices.models.version import Version
from tests.desk import desk
from tests.people import a_city, a_practice
from tests.practices.sheets import ROW, plan_of, rows_of, sheet

pytestmark = pytest.mark.django_db
IMPORT = "/admin/practices/practice/import/"


def chosen(client, content, name="practices.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def confirmed(client, answer, **changes):
    """Press the button of the page that shows the changes."""
    context = answer.context
    posted = {"name": context["name"], "packed": context["packed"], "fingerprint": context["plan"].fingerprint}
    return client.post(IMPORT, posted | changes)


def said(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_as_it_is_filtered(admin_client, kind):
    a_practice("Open", slug="open")
    a_practice("Draft", slug="draft", published_at=None)
    answer = admin_client.get(desk("practice", "export", kind), {"state": "draft"})
    assert answer["Content-Type"].startswith({"csv": "text/csv", "xlsx": "application/vnd.openxmlformats"}[kind])
    assert answer["Content-Disposition"].startswith('attachment; filename="practices-')
    assert [change.slug for change in plan_of(answer.content).changes] == ["draft"]
    assert (
        f"{desk('practice', 'export', kind)}?state=draft"
        in admin_client.get(desk("practice"), {"state": "draft"}).content.decode()
    )


def test_odd_exports_are_no_error_page(admin_client):
    assert admin_client.get(desk("practice", "export", "csv"), {"x__y": "1"}).status_code in {302, 400}
    assert admin_client.get(desk("practice", "export", "pdf")).status_code == 404
    a_practice(challenge="x" * 40_000)
    assert admin_client.get(desk("practice", "export", "xlsx")).status_code == 302


def test_every_change_is_shown_before_anything_is_saved(admin_client, admin_user):
    a_city("Quito", "EC")
    practice = a_practice("Parks", slug="parks", challenge="Rents <b>rose</b>.")
    [row] = rows_of(admin_client.get(desk("practice", "export", "csv")).content)
    row["challenge"] = "Rents <b>doubled</b>."
    answer = chosen(admin_client, sheet(row, ROW))
    page = answer.content.decode()
    assert "1 new, as drafts, 1 changed, 0 unchanged, 0 refused." in page
    assert "<del> &lt;b&gt;rose&lt;/b&gt;.</del><ins> &lt;b&gt;doubled&lt;/b&gt;.</ins>" in page
    assert Practice.objects.get().challenge == "Rents <b>rose</b>."
    done = confirmed(admin_client, answer)
    assert done.status_code == 302
    assert said(done) == ["Imported from practices.csv: 1 new, as drafts, 1 changed."]
    assert Practice.objects.get(slug="parks").challenge == "Rents <b>doubled</b>."
    assert practice.versions.first().by == admin_user


def test_refused_rows_are_shown_with_line_and_reason_and_cannot_be_saved(admin_client):
    a_city("Quito", "EC")
    answer = chosen(admin_client, sheet(ROW, ROW | {"slug": "b", "started": "soon"}))
    page = answer.content.decode()
    assert "<td>3</td>" in page
    assert "started &#x27;soon&#x27; is not a whole number" in page
    assert "Save all of this" not in page
    assert confirmed(admin_client, answer).status_code == 200
    assert not Practice.objects.exists()


def test_what_changed_between_look_and_press_is_looked_at_again(admin_client):
    practice = a_practice("Parks", slug="parks")
    answer = chosen(admin_client, sheet({"slug": "parks", "title": "Gardens"}))
    Practice.objects.update(lead="The mayor")
    again = confirmed(admin_client, answer)
    assert again.status_code == 200
    assert Practice.objects.get(pk=practice.pk).title == "Parks"
    assert confirmed(admin_client, again).status_code == 302
    assert Practice.objects.get(pk=practice.pk).title == "Gardens"
    assert Version.objects.filter(record__title="Parks").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"title\nParks\n", b"PK\x03\x04"])
def test_a_file_that_cannot_be_read_is_told_in_the_form(admin_client, content):
    answer = chosen(admin_client, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_a_file_too_large_for_the_desk_is_told_the_way(admin_client, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    answer = chosen(admin_client, sheet(*(ROW | {"slug": f"a-{number}"} for number in range(3))))
    assert "import_practices" in answer.content.decode()


@pytest.mark.parametrize(
    "packed", ["", "x", "AAAA", base64.b64encode(zlib.compress(b"title\n")).decode(), base64.b64encode(b"xx").decode()]
)
def test_a_confirmation_that_did_not_come_through_saves_nothing(admin_client, packed):
    answer = admin_client.post(IMPORT, {"name": "x", "packed": packed, "fingerprint": "x"})
    assert answer.status_code == 302
    assert said(answer)[0].startswith("Nothing was saved")


def test_who_may_only_look_exports_and_does_not_import(client, django_user_model):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    a_practice()
    assert client.get(desk("practice", "export", "csv")).status_code == 200
    assert client.get(IMPORT).status_code == 403
    assert chosen(client, sheet(ROW)).status_code == 403
    assert IMPORT not in client.get(desk("practice")).content.decode()
