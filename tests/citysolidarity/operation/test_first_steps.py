"""What remains to be done before the site opens: each step is ticked by what is so, and by nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as usual
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.html import escape

from citysolidarity.backups.folder import RESTORED, Backup, note_restored
from citysolidarity.backups.models import BackupRun
from citysolidarity.operation.first_steps import REHEARSED_WITHIN, first_steps
from citysolidarity.worker import backlog
from pledges.models import StatementVersion
from practices.models import PracticeTranslation
from tests.letters import a_posted_letter, work
from tests.login import at_the_desk, staff, with_app
from tests.people import a_practice
from tests.pledges.signers import a_version
from tests.translating import a_published_translation

pytestmark = pytest.mark.django_db
HOST = "solidarity.city"


@pytest.fixture(autouse=True)
def fresh(settings):
    """As the site stands right after its installation: nothing is set, and the database is empty."""
    settings.SITE_URL, settings.CONTACT_EMAIL, settings.BACKUPS_ROOT, settings.MAIL = (
        "https://cities.example",
        "",
        "",
        {},
    )


def done(host: str = HOST) -> dict[str, bool | None]:
    return {step.code: step.is_done for step in first_steps(host)}


def step(code: str):
    return next(step for step in first_steps(HOST) if step.code == code)


def test_nothing_is_ticked_on_an_empty_site_but_what_cannot_wait():
    """No practice is there, so no translation waits for a reader."""
    ticked = [code for code, is_done in done().items() if is_done]
    assert ticked == ["translations"] and done()["pages"] is None


def test_the_address_is_one_that_the_public_can_open(settings):
    settings.DEVELOPMENT = False
    for address, host, is_right in (
        ("https://solidarity.city", HOST, True),
        ("https://solidarity.city", "other.city", False),
        ("https://solidarity.city.example", "solidarity.city.example", False),
        ("https://myexample.com", "myexample.com", True),
        ("https://example.com", "example.com", False),
    ):
        settings.SITE_URL = address
        assert done(host)["address"] is is_right, address
    settings.SITE_URL = "https://other.city"
    assert "https://other.city" in step("address").fact and HOST in step("address").fact


def test_two_people_who_can_invite_others_need_a_second_factor():
    one, two = (staff(name, "Lead curator", email=f"{name}@desk.example") for name in ("lead", "second"))
    with_app(staff("ana", "Curator", email="ana@desk.example"))
    assert (done()["factor"], done()["lead"]) == (False, False)
    with_app(one)
    assert (done()["factor"], done()["lead"]) == (True, False)
    with_app(two)
    assert (done()["factor"], done()["lead"]) == (True, True)
    type(one).objects.filter(pk=two.pk).update(is_active=False)
    assert not done()["lead"]


def test_a_worker_that_lives_is_seen():
    backlog.beat("worker")
    assert done()["worker"]


def test_an_email_that_has_left_is_seen_and_one_in_the_outbox_is_none(settings):
    a_posted_letter()
    settings.MAIL = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
    assert not done()["emails"]
    work()
    assert done()["emails"]
    settings.MAIL = {"BACKEND": "citysolidarity.mail.outbox.Outbox"}
    assert not done()["emails"]


def test_an_address_for_the_public_is_seen(settings):
    settings.CONTACT_EMAIL = "secretariat@solidarity.city"
    assert done()["contact"] and settings.CONTACT_EMAIL in step("contact").fact


def test_a_back_up_and_its_restoring_are_seen(settings, tmp_path):
    settings.BACKUPS_ROOT = str(tmp_path)
    run = BackupRun.begin()
    BackupRun.objects.filter(pk=run.pk).update(ended_at=Now())
    assert (done()["backup"], done()["rehearsal"]) == (True, False)
    now = datetime.now(UTC)
    note_restored(Backup(tmp_path / "one", "dump", now, now, 18, "site", "site", "", {}, []))
    assert done()["rehearsal"]
    long_ago = (now - REHEARSED_WITHIN - timedelta(hours=1)).isoformat()
    for told in (f'{{"at": "{long_ago}"}}', "{}", "[", '{"at": "yesterday"}'):
        (tmp_path / RESTORED).write_text(told)
        assert not done()["rehearsal"], told


def test_the_statement_is_there_in_every_language():
    a_version()
    assert not done()["statement"] and "French" in step("statement").fact
    [version] = StatementVersion.objects.all()
    for code, _name in usual.LANGUAGES[1:]:
        a_version(language=code, number=version.number)
    assert done()["statement"]


def test_practices_and_unread_translations_are_counted():
    practice = a_practice()
    row = a_published_translation(practice, "fr")
    PracticeTranslation.objects.update(shown=row.shown | {"is_reviewed": False})
    assert done()["directory"] and not done()["translations"]
    PracticeTranslation.objects.update(shown=row.shown | {"is_reviewed": True})
    assert done()["translations"]


def test_lead_curators_open_the_page_from_the_start_page_and_others_do_not():
    page = reverse("operation:first_steps")
    lead = at_the_desk(staff("lead", "Lead curator"))
    assert f'href="{page}"' in lead.get(reverse("admin:index")).text
    answer = lead.get(page)
    assert answer.status_code == 200 and "10 steps remain" in answer.text and "To be checked by you." in answer.text
    for each in first_steps("testserver"):
        assert each.is_done or (escape(each.todo) in answer.text and f'href="{each.url}"' in f'{answer.text} href=""')
    ana = at_the_desk(staff("ana", "Curator"))
    assert ana.get(page).status_code == 403 and page not in ana.get(reverse("admin:index")).text
    assert lead.post(page).status_code == 405
