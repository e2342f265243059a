"""Every button of the desk's own pages is pressed a second time on a page that has grown old: by one person, and by two.

The pages are read and their forms found, so that a new button on one of them is pressed, too. Whatever comes second is
no fault, changes nothing, and says so.
"""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from citysolidarity.http.link_checker import LinkStatus, Outcome
from practices.models import City, Practice, Report, Source, Submission
from tests.citysolidarity.desk.buttons import pressed
from tests.citysolidarity.desk.to_press import PAGES, a_sent
from tests.desk import desk
from tests.dump import fingerprints
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.practices.correspondence.test_report import a_report
from tests.translating import a_translation

pytestmark = pytest.mark.django_db

# These tell that somebody came or looked, not that something was done.
NOT_COUNTED = re.compile(
    r"^(django_session|django_admin_log|practices_edition|citysolidarity_documentview|citysolidarity_keptform|practices_linkcheck)"
)
# Two people may tell, or have seen, the same.
OF_ONES_OWN = {"practices_reviewcomment", "pledges_evidence", "citysolidarity_note"}
# That a second curator agrees is what the first one waits for.
FOR_TWO = ["vouch"]


@pytest.fixture(autouse=True)
def web(monkeypatch):
    monkeypatch.setattr("practices.desk.link_checks.check_url", lambda url: LinkStatus(Outcome.WORKS, 200))


# A moment that was written anew is no change.
MOMENT = r'"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[.\d]*\+00"?'


# The migrations fill them with thousands of rows: whoever writes into one of them has changed something.
LARGE = {"practices_term", "practices_lexiconword"}


def written() -> dict[str, tuple]:
    """Table → how many rows this transaction has inserted, updated and deleted so far, for those that are looked at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables")
        return {table: tuple(counts) for table, *counts in cursor.fetchall() if not NOT_COUNTED.match(table)}


def pressed_and_changed(client, path, sent):
    """The answer, and the tables in which something stands otherwise since; only those it wrote into are read again."""
    counts = written()
    before = fingerprints(sorted(counts.keys() - LARGE), without=MOMENT)
    answer = answer_to(client, path, sent)
    touched = {table for table, count in written().items() if count != counts[table]}
    after = fingerprints(sorted(touched - LARGE), without=MOMENT) if touched - LARGE else {}
    return answer, touched & LARGE | {table for table, found in after.items() if found != before[table]}


def answer_to(client, path, sent):
    for file in sent.values():
        if hasattr(file, "seek"):
            file.seek(0)
    return client.post(path, sent, follow=True)


@pytest.mark.parametrize("people", ["one", "two"])
@pytest.mark.parametrize("name", PAGES)
def test_a_second_press_is_no_fault_changes_nothing_and_says_so(name, people, monkeypatch):
    start, *given = PAGES[name]
    path = start(*given)
    first = at_the_desk(somebody("Lead curator"))
    second = at_the_desk(somebody("Lead curator")) if people == "two" else first
    page = first.get(path)
    assert page.status_code == 200
    buttons = list(pressed(page, path))
    assert buttons, "This page has no button"
    wrong = []
    for button, address, sent in buttons:
        if people == "two" and sent.get("act") == FOR_TWO:
            continue
        with transaction.atomic():
            one = answer_to(first, address, sent)
            other, changed = pressed_and_changed(second, address, sent)
            transaction.set_rollback(True)
        if people == "two" and changed <= OF_ONES_OWN:
            changed = set()
        if one.status_code >= 500 or other.status_code >= 500:
            wrong.append(f"{button}: {one.status_code}, then {other.status_code}")
        if changed:
            wrong.append(f"{button}: the second press changed {sorted(changed)}")
        is_page = other.status_code == 200 and other["Content-Type"].startswith("text/html")
        if is_page and not re.search(r'class="(messagelist|errornote|errorlist|summary)', other.text):
            wrong.append(f"{button} at {address}: the second press says nothing")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db(transaction=True)
def test_accepting_at_the_same_moment_makes_one_entry():
    path = a_sent("new")
    clients = [at_the_desk(somebody("Curator")) for _number in range(4)]

    def press(client):
        try:
            return client.post(path, {"act": "accept"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        statuses = list(pool.map(press, clients))
    assert set(statuses) == {302}
    assert Practice.objects.count() == Submission.objects.get().letters.filter(name="submission_accepted").count() == 1
    assert City.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_post_to_a_page_of_history_is_refused_and_no_fault():
    translation = a_translation(a_practice())
    client = at_the_desk(somebody("Lead curator"))
    rows_by_model = {
        "practicetranslation": translation,
        "practice": translation.practice,
        "source": Source.objects.get(),
        "report": a_report(translation.practice),
    }
    for model, row in rows_by_model.items():
        assert client.post(desk(model, "history", row.pk)).status_code == 405
    assert Report.objects.exists()
