"""The lists of the desk as files: each as it is filtered, private columns for those who may see them alone."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from practices.models import Enquiry, Network, Report, Submission
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed
from tests.practices.correspondence.test_report import a_report
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db
LISTS = {
    "city": ("practices", {"official_domain", "geonames_id", "networks"}, set()),
    "submission": ("practices", {"reference", "state", "title"}, {"email", "office"}),
    "enquiry": ("practices", {"reference", "entry"}, {"question", "answer"}),
    "report": ("practices", {"reference", "kind"}, {"email", "text"}),
    "signature": ("pledges", {"institution", "state", "office"}, {"email", "signer", "telephone", "reference"}),
}
lists = pytest.mark.parametrize("model", LISTS)
kinds = pytest.mark.parametrize("kind", ["csv", "xlsx"])


def enter(role) -> Client:
    user = User.objects.create_user(role, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


def address(model, kind):
    return reverse(f"admin:{LISTS[model][0]}_{model}_export", args=[kind])


def rows_of(answer, kind) -> list[dict]:
    assert answer.status_code == 200 and answer["Content-Disposition"].startswith("attachment")
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    columns, *lines = load_workbook(io.BytesIO(answer.content)).active.values
    return [dict(zip(columns, ["" if cell is None else str(cell) for cell in line], strict=True)) for line in lines]


@pytest.fixture
def rows():
    practice = a_practice("Parks", a_city("Amman", "JO", names={"ar": "عمّان"}), slug="parks")
    practice.city.networks.add(Network.objects.create(slug="eurocities", name="Eurocities"))
    report = a_report(practice)
    Report.objects.filter(pk=report.pk).update(text="=HYPERLINK(1)", email="reader@example.org")
    Enquiry.accepted("key", "", practice=practice, text="@SUM(A1)", language="en")
    a_place()
    a_submission()
    Submission.objects.update(title="-2+3")
    a_confirmed()


@lists
@kinds
def test_a_curator_takes_a_list_away_with_what_is_private(rows, model, kind):
    _app, columns, private = LISTS[model]
    curator = enter("Curator")
    exported = rows_of(curator.post(address(model, kind)), kind)
    assert exported and columns | private <= set(exported[0])
    assert not [cell for row in exported for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert address(model, kind) in curator.get(reverse(f"admin:{LISTS[model][0]}_{model}_changelist")).text


@lists
def test_a_viewer_gets_no_private_column(rows, model):
    _app, columns, private = LISTS[model]
    answer = enter("Viewer").post(address(model, "csv"))
    if model in ("city", "signature"):
        [first, *_others] = rows_of(answer, "csv")
        assert columns <= set(first) and private.isdisjoint(first)
    else:
        assert answer.status_code == 403


@lists
def test_a_translator_gets_cities_alone(rows, model):
    assert enter("Translator").post(address(model, "csv")).status_code == (200 if model == "city" else 403)


def test_a_list_is_exported_as_it_is_filtered(rows):
    a_city("Quito", "EC")
    curator = enter("Curator")
    exported = rows_of(curator.post(address("city", "csv"), query_params={"q": "Amman"}), "csv")
    assert {row["name"] for row in exported} == {"Amman"}
    assert ("amman-jo", "ar: عمّان", "Eurocities") in {
        (row["address"], row["names"], row["networks"]) for row in exported
    }
    assert curator.post(address("city", "csv"), query_params={"x__y": "1"}).status_code in {302, 400}
    assert curator.post(address("city", "pdf")).status_code == 404


def test_an_export_asks_as_often_for_many_as_for_few(rows, django_assert_max_num_queries):
    for number in range(30):
        a_city(f"City {number}", "JO")
    curator = enter("Curator")
    with django_assert_max_num_queries(12):
        assert len(rows_of(curator.post(address("city", "csv")), "csv")) > 30
