"""Export and import at the desk: the list as it is filtered, and a look at every change before it is made."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from citysolidarity.mail.sending import TryAgain
from practices.models import Practice, SheetImport
from practices.models.entries.version import Version
from practices.spreadsheets import admin as spreadsheets
from practices.spreadsheets import formats, tasks
from tests.desk import desk
from tests.letters import send, work
from tests.people import a_city, a_practice
from tests.practices.spreadsheets.sheets import ROW, plan_of, rows_of, sheet

pytestmark = pytest.mark.django_db
IMPORT = "/admin/practices/practice/import/"


def chosen(client, content, name="practices.csv"):
    """Choose a file, let the worker read it, and return the page that shows what it found."""
    answer = client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})
    if answer.status_code != 302:
        return answer
    waiting = client.get(answer["Location"])
    assert "The file is being read." in waiting.text and waiting["Refresh"]
    send()
    return client.get(answer["Location"])


def pressed(client, answer, act="save", **changes):
    """Press a button of that page, let the worker do it, and return the page that tells what was done."""
    page = answer.request["PATH_INFO"]
    posted = {"act": act}
    if found := re.search(r'name="fingerprint" value="(\w+)"', answer.text):
        posted["fingerprint"] = found[1]
    done = client.post(page, posted | changes)
    assert done.status_code == 302
    told = [str(message) for message in get_messages(done.wsgi_request)]
    send()
    page = client.get(done["Location"])
    page.told = told
    return page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_exported_as_it_is_filtered(admin_client, kind):
    a_practice("Open", slug="open")
    a_practice("Draft", slug="draft", published_at=None)
    answer = admin_client.post(desk("practice", "export", kind), query_params={"state": "draft"})
    assert answer["Content-Type"].startswith({"csv": "text/csv", "xlsx": "application/vnd.openxmlformats"}[kind])
    assert answer["Content-Disposition"].startswith('attachment; filename="practices-')
    assert [change.slug for change in plan_of(answer.content).changes] == ["draft"]
    assert (
        f"{desk('practice', 'export', kind)}?state=draft"
        in admin_client.get(desk("practice"), {"state": "draft"}).content.decode()
    )


def test_odd_exports_are_no_error_page(admin_client):
    assert admin_client.post(desk("practice", "export", "csv"), query_params={"x__y": "1"}).status_code in {302, 400}
    assert admin_client.post(desk("practice", "export", "pdf")).status_code == 404
    a_practice(challenge="x" * 40_000)
    assert admin_client.post(desk("practice", "export", "xlsx")).status_code == 302


def test_every_change_is_shown_before_anything_is_saved(admin_client, admin_user):
    a_city("Quito", "EC")
    practice = a_practice("Parks", slug="parks", challenge="Rents <b>rose</b>.")
    [row] = rows_of(admin_client.post(desk("practice", "export", "csv")).content)
    row["challenge"] = "Rents <b>doubled</b>."
    page = chosen(admin_client, sheet(row, ROW))
    assert "1 new, as drafts, 1 changed." in page.text
    text = re.sub(r"\s+", " ", page.text)
    assert "<del> &lt;b&gt;rose&lt;/b&gt;.</del>" in text and "<ins> &lt;b&gt;doubled&lt;/b&gt;.</ins>" in text
    assert Practice.objects.get().challenge == "Rents <b>rose</b>."
    done = pressed(admin_client, page)
    assert "Saved by admin" in done.text
    assert Practice.objects.get(slug="parks").challenge == "Rents <b>doubled</b>."
    assert practice.versions.first().by == admin_user
    assert "practices.csv" in admin_client.get(IMPORT).text


def test_the_web_process_opens_no_file(admin_client, monkeypatch):
    monkeypatch.setattr(formats, "tables_of", None)
    monkeypatch.setattr(tasks, "read_sheet", None)
    answer = admin_client.post(IMPORT, {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")})
    assert answer.status_code == 302
    page = admin_client.get(answer["Location"])
    assert "The worker that does this is not running" in page.text


def test_progress_is_shown(admin_client, monkeypatch):
    one = SheetImport.objects.create(name="x", content=b"", by_id=admin_client.session["_auth_user_id"])
    SheetImport.objects.update(done=96, total=5_000)
    page = admin_client.get(desk("practice", "sheet", one.pk))
    assert "Row 96 of 5000." in page.text and '<progress max="5000" value="96"' in page.text


def test_refused_rows_are_shown_and_left_out_and_come_back_as_a_file(admin_client):
    a_city("Quito", "EC")
    rows = [ROW | {"slug": f"a-{number}"} for number in range(3)]
    page = chosen(admin_client, sheet(*rows, ROW | {"slug": "b", "started": "soon", "(note)": "=1+1"}))
    assert "started &#x27;soon&#x27; is not a whole number" in page.text and "<td>5</td>" in page.text
    assert "Save all of this" not in page.text and "Save the 3 valid rows" in page.text
    assert pressed(admin_client, page, "save").told == [
        "Nothing was done: this page was not up to date. Look again, please."
    ]
    assert not Practice.objects.exists()
    done = pressed(admin_client, page, "part")
    assert Practice.objects.drafts().count() == 3
    number = SheetImport.objects.get().pk
    assert desk("practice", "refused", number, "csv") in done.text
    [left] = rows_of(admin_client.get(desk("practice", "refused", number, "csv")).content)
    assert left["(why not)"] == "5: started 'soon' is not a whole number"
    assert (left["slug"], left["(note)"]) == ("b", "'=1+1")
    again = chosen(admin_client, sheet(left | {"started": "2015"}))
    pressed(admin_client, again)
    assert Practice.objects.get(slug="b").started == 2015
    assert admin_client.get(desk("practice", "refused", number, "xlsx")).status_code == 200


def test_what_changed_between_look_and_press_is_looked_at_again(admin_client):
    practice = a_practice("Parks", slug="parks")
    page = chosen(admin_client, sheet({"slug": "parks", "title": "Gardens"}))
    Practice.objects.update(lead="The mayor")
    again = pressed(admin_client, page)
    assert "Nothing was saved: an entry has changed since" in again.text
    assert Practice.objects.get(pk=practice.pk).title == "Parks"
    pressed(admin_client, again)
    assert Practice.objects.get(pk=practice.pk).title == "Gardens"
    assert Version.objects.filter(record__title="Parks").exists()


def test_a_second_press_saves_nothing_twice(admin_client):
    a_city("Quito", "EC")
    page = chosen(admin_client, sheet(ROW))
    address, fingerprint = page.request["PATH_INFO"], SheetImport.objects.get().fingerprint
    for _time in range(2):
        admin_client.post(address, {"act": "save", "fingerprint": fingerprint})
    work()
    assert pressed(admin_client, page).told != []
    assert Practice.objects.count() == 1
    assert Practice.objects.get().versions.count() == 1


@pytest.mark.parametrize("content", [b"\xff\xfe", b"PK\x03\x04", b"slug,title,title\na,b,c\n", b",,\n"])
def test_a_file_that_cannot_be_read_is_told_on_its_page(admin_client, content):
    page = chosen(admin_client, content)
    assert page.status_code == 200
    assert 'class="errornote"' in page.text and ">Save" not in page.text
    assert SheetImport.objects.get().problem


def test_no_file_and_an_empty_one_are_told_in_the_form(admin_client):
    assert admin_client.post(IMPORT, {}).context["form"].errors["file"]
    assert chosen(admin_client, b"").context["form"].errors["file"]


def test_a_file_too_large_is_told_in_the_form(admin_client, monkeypatch):
    monkeypatch.setattr(spreadsheets, "MOST_BYTES", 10)
    assert "larger than 20 MB" in chosen(admin_client, sheet(ROW)).text
    monkeypatch.undo()
    monkeypatch.setattr(tasks, "MOST_ROWS", 2)
    rows = [ROW | {"slug": f"a-{number}"} for number in range(3)]
    assert "more than 2 rows" in chosen(admin_client, sheet(*rows)).text


def test_a_worker_that_is_killed_at_it_leaves_it_to_the_next(admin_client, monkeypatch):
    a_city("Quito", "EC")
    page = chosen(admin_client, sheet(ROW))

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("practices.spreadsheets.import_plan.ImportPlan.carry_out", killed)
        admin_client.post(
            page.request["PATH_INFO"], {"act": "save", "fingerprint": SheetImport.objects.get().fingerprint}
        )
        with pytest.raises(SystemExit):
            tasks.handle_sheet.call(SheetImport.objects.get().pk)
    assert not Practice.objects.exists()
    tasks.handle_sheet.call(SheetImport.objects.get().pk)
    assert Practice.objects.count() == 1


def test_two_workers_never_save_one_sheet(admin_client, monkeypatch):
    a_city("Quito", "EC")
    page = chosen(admin_client, sheet(ROW))
    one = SheetImport.objects.get()
    admin_client.post(page.request["PATH_INFO"], {"act": "save", "fingerprint": one.fingerprint})
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [tasks.LOCK, one.pk])
        with pytest.raises(TryAgain):
            tasks.handle_sheet.call(one.pk)
        # A server lets go of the lock some time after its connection is closed.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    finally:
        other.close()
    assert not Practice.objects.exists()
    tasks.handle_sheet.call(one.pk)
    tasks.handle_sheet.call(one.pk)
    assert Practice.objects.count() == 1


def test_who_may_only_look_exports_and_does_not_import(client, django_user_model, admin_user):
    reader = django_user_model.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_practice"))
    client.force_login(reader)
    a_practice()
    one = SheetImport.objects.create(name="x", content=b"", by=admin_user)
    assert client.post(desk("practice", "export", "csv")).status_code == 200
    for address in (IMPORT, f"{IMPORT}template/", desk("practice", "sheet", one.pk)):
        assert client.get(address).status_code == 403
    assert chosen(client, sheet(ROW)).status_code == 403
    assert IMPORT not in client.get(desk("practice")).content.decode()
