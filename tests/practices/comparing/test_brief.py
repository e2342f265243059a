"""The brief: each practice on one sheet, nothing lost without a mark, in the page's language and direction."""

import time
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from citysolidarity.caching.edition import edition
from citysolidarity.caching.shared import FILE
from citysolidarity.http.rate_limit import RateLimit
from practices.comparing.brief import views
from practices.comparing.brief.content import BriefPart, BriefSource, brief_of
from practices.comparing.brief.pdf import draw
from practices.comparing.brief.shortening import MARK, cut, fair
from practices.comparing.limits import BRIEF_SHEETS
from practices.directory.index.keeper import selection_index
from practices.models import Practice, Report
from tests.people import a_city, a_practice
from tests.pledges.signatories.sheets import Sheet
from tests.practices.correspondence.test_report import a_report

TODAY = date(2026, 11, 22)
ARABIC = "رممت أمانة عمّان الكبرى حديقتين عامتين مع السكان واللاجئين"


@pytest.fixture
def entry():
    """A practice with everything a brief can say."""
    practice = a_practice(
        "Public spaces for all", a_city("Amman", "JO", population=1_275_857), slug="spaces", lead="Greater Amman Municipality",
        challenge="Too few parks.", approach="Parks made together.", results="People meet.", lessons="Begin small.",
        what_did_not_work="The first fence.", funders=["A bank"], started=2016, evidence_level=2,
        cost_band="50k-250k", cost_currency="JOD", cost_year=2019,
    )  # fmt: skip
    practice.figures.create(value="1,280", what="children", year=2019, source=practice.sources.get())
    return practice


def brief():
    practice = Practice.objects.with_city().with_feedback().prefetch_related("sources", "figures__source").get()
    return brief_of(practice, "https://solidarity.example/en/practices/spaces/")


def flat(text):
    """The text without spaces: in a PDF nothing stands between two lines."""
    return "".join(text.split())


def text_of(client, *slugs):
    answer = client.get(reverse("brief_pdf"), {"p": slugs})
    assert answer["Content-Type"] == "application/pdf"
    return Sheet(answer.content).text


SAID = (
    "Public spaces for all", "Amman, Jordan", "Too few parks.", "Parks made together.", "People meet.", "Begin small.",
    "The first fence.", "A bank", "Greater Amman Municipality", "50,000 – 250,000 a year (JOD, 2019)",
    "1,280 children (2019, The city).", "Change measured among those served (level 2 of 5)", "Lower-middle income",
    "A report. The city, 2020.", "https://example.org/report", "Not yet confirmed by the city",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_page_and_pdf_say_all_that_is_known_and_no_more(client, settings):
    settings.SITE_URL = "https://solidarity.example"
    page, pdf = client.get(reverse("brief"), {"p": "spaces"}).text, text_of(client, "spaces")
    for said in (*SAID, "https://solidarity.example/en/practices/spaces/"):
        assert said in page
        assert flat(said) in flat(pdf)
    assert MARK not in page and MARK not in pdf
    assert "Not known" not in page and "Not known" not in pdf and "Staff" not in pdf


@pytest.mark.django_db
def test_what_is_contested_is_marked_as_such(client, entry):
    made = a_report(entry)
    assert "Disputed" not in text_of(client, "spaces")
    Report.objects.filter(pk=made.pk).update(sent_at=F("sent_at") - timedelta(days=4), text="This is not so.")
    made.show_again()
    for text in (text_of(client, "spaces"), client.get(reverse("brief"), {"p": "spaces"}).text):
        assert "Disputed" in text and "Under review since" in text and "This is not so." not in text


@pytest.mark.django_db
def test_each_practice_has_a_sheet_of_its_own_and_a_fifth_none(client):
    for at in range(5):
        a_practice(f"Entry {at}", slug=f"entry-{at}")
    answer = client.get(reverse("brief_pdf"), {"p": ["entry-2", "nowhere", "entry-0", "entry-1", "entry-3", "entry-4"]})
    sheets = Sheet(answer.content)
    assert len(sheets.pages()) == 5
    assert "Entry 4" not in sheets.text
    page = client.get(reverse("brief"), {"p": ["entry-2", "nowhere", "entry-0", "entry-1", "entry-3", "entry-4"]}).text
    assert (
        page.count('<article class="brief">') == 4
        and "You can compare up to 4 practices" in page
        and "is not, or no longer, in the directory" in page
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_a_text_longer_than_the_sheet_is_cut_fairly_and_says_where_to_read_on():
    one = brief()
    endless = [replace(part, text="A sentence of some words. " * 200) if part.written else part for part in one.texts]
    sheets = Sheet(
        draw(
            None,
            [replace(one, texts=endless, sources=[BriefSource("A report. The city.", "https://example.org/")] * 40)],
            TODAY,
        )
    )
    assert len(sheets.pages()) == 1
    assert sheets.text.count(MARK.strip()) >= len([part for part in one.texts if part.written])
    assert "Shortened at" in sheets.text and "36 more sources" in sheets.text
    assert one.address in sheets.text


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_arabic_is_joined_runs_from_the_right_and_leaves_other_letters_whole():
    one = brief()
    arabic = replace(one, title=ARABIC, texts=[BriefPart("ماذا فعلوا", f"{ARABIC} (2019) UN-Habitat"), *one.texts[1:]])
    with override("ar"):
        sheets = Sheet(draw(None, [arabic], TODAY))
    # Latin letters after Arabic ones are drawn with their own typeface again.
    for said in ("Parks made together.", "Greater Amman Municipality", "https://example.org/report"):
        assert said in sheets.text
    assert "�" not in sheets.text


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_a_word_that_no_typeface_can_write_is_marked():
    one = brief()
    text = Sheet(
        draw(
            None, [replace(one, texts=[BriefPart("What the city does", "With ཐིམ་ཕུ and Łódź."), *one.texts[1:]])], TODAY
        )
    ).text
    assert "With […] and Łódź." in text


@pytest.mark.django_db
def test_without_a_practice_the_page_says_so_and_the_pdf_leads_to_it(client):
    a_practice(slug="draft", published_at=None)
    assert client.get(reverse("brief_pdf"), {"p": "draft"})["Location"] == reverse("brief")
    page = client.get(reverse("brief"), {"p": "draft"}).text
    assert "Select practices to compare" in page and "is not, or no longer, in the directory" in page


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_statements_are_few_whatever_the_number(client, django_assert_num_queries):
    a_practice("Another", slug="another")
    for name, most in (("brief", 1), ("brief_pdf", 2), ("brief_docx", 2)):
        selection_index.forget()
        with django_assert_num_queries(most):
            client.get(reverse(name), {"p": ["spaces", "another"]})
        with django_assert_num_queries(most + 1):
            client.get(reverse(name), {"p": ["spaces", "another"], "like": "amman-jo"})


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_no_copy_outlives_a_withdrawal_for_long(client):
    answer = client.get(reverse("brief_pdf"), {"p": "spaces"})
    assert answer["Cache-Control"] == FILE and "noarchive" in answer["X-Robots-Tag"]
    assert answer["Content-Disposition"] == 'inline; filename="brief-spaces.pdf"'


@pytest.fixture
def drawn(monkeypatch):
    """Sheets are kept, as on the real site; yields how many pages were drawn."""
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    found = []

    def drawn_once(cover, briefs, today):
        found.extend(briefs)
        return draw(cover, briefs, today)

    views.sheets.forget()
    BRIEF_SHEETS.forget()
    monkeypatch.setattr(views, "PDF", replace(views.PDF, draw=drawn_once))
    yield found
    views.sheets.forget()
    BRIEF_SHEETS.forget()


def pdf(client, *slugs, language="en", **headers):
    with override(language):
        return client.get(reverse("brief_pdf"), {"p": slugs}, headers=headers)


@pytest.mark.django_db
def test_a_sheet_is_drawn_once_until_something_public_changes(client, entry, drawn, django_assert_max_num_queries):
    a_practice("Another", slug="another")
    first = pdf(client, "spaces")
    with django_assert_max_num_queries(1):
        again = pdf(client, "spaces")
    assert first.content == again.content and len(drawn) == 1
    assert (again.status_code, again["Content-Type"], again["ETag"]) == (200, "application/pdf", first["ETag"])
    not_modified = pdf(client, "spaces", if_none_match=first["ETag"])
    assert (not_modified.status_code, not_modified.content, len(drawn)) == (304, b"", 1)
    others = [pdf(client, "another"), pdf(client, "spaces", "another"), pdf(client, "another", "spaces")]
    assert len({first["ETag"], *(one["ETag"] for one in others)}) == 4 and len(drawn) == 6
    assert first["Content-Disposition"] == again["Content-Disposition"] == 'inline; filename="brief-spaces.pdf"'
    entry.title = "Public squares for all"
    entry.save()
    edition.check(at_once=True)
    assert "Public squares" in Sheet(pdf(client, "spaces", if_none_match=first["ETag"]).content).text
    entry.archive()
    edition.check(at_once=True)
    assert pdf(client, "spaces")["Location"] == reverse("brief")


@pytest.mark.django_db
@pytest.mark.usefixtures("entry")
def test_sheets_are_limited_for_each_network_and_those_kept_are_not(client, drawn, monkeypatch):
    monkeypatch.setattr(BRIEF_SHEETS, "most", 2)
    a_practice("Another", slug="another")
    assert [pdf(client, "spaces").status_code for _ in range(5)] == [200] * 5
    late = pdf(client, "spaces", "another")
    assert (
        late.status_code == 429 and 0 < int(late["Retry-After"]) <= 600 and late["Cache-Control"] == "private, no-store"
    )
    assert "Please try again in 10 minutes" in late.text and "?p=spaces&amp;p=another" in late.text
    assert pdf(client, "another").status_code == 200, "what is refused is not counted"
    assert pdf(client, "another", "spaces").status_code == 429
    assert client.get(reverse("brief_pdf"), {"p": ["another", "spaces"]}, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert len(drawn) == 4
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + BRIEF_SHEETS.window)
    assert pdf(client, "spaces", "another").status_code == 200


def test_the_memory_of_visitors_is_bounded(monkeypatch):
    monkeypatch.setattr("citysolidarity.http.rate_limit.MOST_VISITORS", 3)
    limit = RateLimit(1, minutes=1)
    assert [limit.take(who, 1) for who in "abcd"] == [0] * 4
    assert list(limit.moments_of) == ["b", "c", "d"]
    assert limit.take("d", 1) > 0 and limit.take("a", 1) == 0


@given(st.lists(st.text("ab .", max_size=300), max_size=8), st.integers(0, 900))
def test_a_cut_keeps_to_the_room_and_touches_no_short_text(texts, room):
    kept = fair(texts, room)
    assert sum(map(len, kept)) <= max(room, 0) + len(MARK) * len(texts)
    for text, left in zip(texts, kept, strict=True):
        assert left == text or (left.endswith(MARK) and text.startswith(left.removesuffix(MARK)))
    if sum(map(len, texts)) <= room:
        assert kept == texts


def test_a_cut_falls_between_sentences_or_else_between_words():
    assert cut("One here. Two here. Three there.", 26) == "One here. Two here. […]"
    assert cut("one two three four five six seven", 20) == "one two three […]"
    assert cut("ماذا؟ نعم. ثم ماذا بعد ذلك كله", 20) == "ماذا؟ نعم. […]"


def test_the_longest_texts_give_way_first():
    assert fair(["short", "x " * 200, "y " * 200], 105)[0] == "short"
