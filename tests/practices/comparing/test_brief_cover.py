"""The opening page of a brief: who it is for, one row for each practice, what they share, and lines to fill in."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from practices.comparing.brief.content import brief_of
from practices.comparing.brief.cover import common, cover_of, file_name, key_fact
from practices.comparing.brief.cover_sheet import CoverSheet
from practices.comparing.brief.pdf import draw
from practices.comparing.brief.sheet import BriefPaper
from practices.models import Place, Practice
from tests.citysolidarity.drawing.tagged import TaggedPdf
from tests.people import a_city, a_practice
from tests.pledges.signatories.sheets import Sheet

TODAY = date(2026, 11, 29)


@pytest.fixture
def four():
    """Four practices of four cities; they share housing, families and a level of evidence."""
    cities = [
        a_city("Altena", "DE", population=16_430), a_city("Livadia", "GR"), a_city("Helsingborg", "SE"), a_city("Kosiv", "UA"),
    ]  # fmt: skip
    for at, city in enumerate(cities):
        a_practice(
            f"Homes {at}", city, slug=f"homes-{at}", themes=["housing", "welcome"] if at else ["welcome", "housing"],
            populations=["refugees"] if at % 2 else ["idps"], groups=["families"], evidence_level=1, started=2015 + at,
        )  # fmt: skip
    return practices()


def practices():
    return list(Practice.objects.order_by("slug").with_city().with_parts())


def labels(parts):
    return {part.label: part.text for part in parts}


SLUGS = [f"homes-{at}" for at in range(4)]


@pytest.mark.django_db
def test_what_they_share_is_said_and_nothing_else(four):
    assert labels(common(four)) == {
        "Themes": "Welcome & public attitudes, Housing",
        "For whom": "Families",
        "Type of measure": "Place or building",
        "Evidence": "A plausible account of change",
    }
    Practice.objects.filter(slug="homes-3").update(
        themes=["health"], groups=[], instrument="service", evidence_level=None
    )
    assert common(practices()) == []
    assert "What they have in common" not in cover_text(practices())


def cover_text(four, city=""):
    return Sheet(draw(cover_of(four, city, TODAY), [], TODAY)).text


@pytest.mark.django_db
def test_what_is_unknown_of_any_is_not_shared(four):
    Practice.objects.update(evidence_level=None)
    assert "Evidence" not in labels(common(practices())) and "City size (inhabitants)" not in labels(common(four))


@pytest.mark.django_db
def test_the_title_says_what_and_how_many(four):
    assert cover_of(four, "", TODAY).title == "Welcome & public attitudes: what four cities do"
    assert cover_of(four[1:3], "", TODAY).title == "Housing: what two cities do"
    Practice.objects.filter(slug="homes-3").update(themes=["health"])
    assert cover_of(practices()[1:], "", TODAY).title == "What three cities do"
    Practice.objects.update(city=four[0].city, themes=["health"])
    assert cover_of(practices(), "", TODAY).title == "Health & psychosocial support: what Altena does"
    assert cover_of(four[:1], "", TODAY) is None


@pytest.mark.django_db
def test_the_file_is_named_after_theme_number_and_city(four):
    assert file_name(four[1:], "Schwerte") == "housing-3-cities-schwerte"
    assert file_name(four, "") == "welcome-4-cities"
    assert file_name(four[:1], "Київ") == "brief-homes-0-kiyiv"
    Practice.objects.update(city=four[0].city, themes=["health"])
    assert file_name(practices(), "") == "health-4-practices"


@pytest.mark.django_db
def test_the_one_fact_is_the_most_telling_that_is_known(four):
    first = Practice.objects.get(slug="homes-0")

    def fact():
        return key_fact(practices()[0])

    Practice.objects.update(evidence_level=None)
    assert fact() == ("Since 2015", "")
    Practice.objects.update(evidence_level=1)
    assert fact() == ("A plausible account of change", "")
    Practice.objects.update(cost_band="50k-250k", cost_currency="EUR", cost_year=2019)
    assert fact() == ("50,000 – 250,000 a year (EUR, 2019)", "")
    first.facts.create(kind="staff", text="Two social workers", year=2020)
    assert fact() == ("Two social workers (2020)", "en")
    first.figures.create(value="480", what="places", year=2018, source=first.sources.get())
    assert fact() == ("480 places (2018)", "en")


@pytest.mark.django_db
def test_the_cost_of_a_year_stands_below_another_fact_and_never_twice(four):
    yearly = "50,000 – 250,000 a year (EUR, 2019)"
    Practice.objects.filter(slug="homes-0").update(cost_band="50k-250k", cost_currency="EUR", cost_year=2019)
    assert [row.cost for row in cover_of(practices(), "", TODAY).rows] == [""] * 4
    first = Practice.objects.get(slug="homes-0")
    first.figures.create(value="480", what="places", year=2018, source=first.sources.get())
    assert [row.cost for row in cover_of(practices(), "", TODAY).rows] == [yearly, "", "", ""]
    assert cover_text(practices()).count("(EUR, 2019)") == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("four")
@pytest.mark.parametrize("path", ["brief", "brief_pdf"])
def test_page_and_pdf_open_with_it(client, path):
    Place.objects.create(pk=2834265, name="Schwerte", country="DE", latitude=51.4, longitude=7.6, population=50_399)
    answer = client.get(reverse(path), {"p": SLUGS[1:], "like": "2834265"})
    text = answer.text if path == "brief" else Sheet(answer.content).text
    for said in (
        "Prepared for Schwerte,", "Housing: what three cities do", "Livadia", "Sweden", "Since", "What they have in common",
        "What we propose", "A plausible account of change",
    ):  # fmt: skip
        assert said in text
    if path == "brief":
        assert "brief.docx?like=2834265&amp;p=homes-1" in text and "brief.pdf?like=2834265&amp;p=homes-1" in text
    else:
        assert answer["Content-Disposition"] == 'inline; filename="housing-3-cities-schwerte.pdf"'


@pytest.mark.django_db
@pytest.mark.usefixtures("four")
def test_without_a_city_or_with_one_practice_it_names_none(client):
    assert "Prepared for" not in client.get(reverse("brief"), {"p": SLUGS, "like": "nowhere"}).text
    page = client.get(reverse("brief"), {"p": "homes-0"}).text
    assert "What we propose" not in page and "<h1" in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.usefixtures("four")
def test_the_pdf_has_a_structure(language):
    four = list(Practice.objects.order_by("slug").with_city().with_feedback().with_parts())
    four[0].title = "رممت أمانة"
    with override(language):
        briefs = [brief_of(practice, f"https://solidarity.example/{practice.slug}/") for practice in four]
        pdf = TaggedPdf(draw(cover_of(four, "Schwerte", TODAY), briefs, TODAY))
    assert pdf.faults() == []
    roles = pdf.roles()
    assert (roles.count("H1"), roles.count("Table"), roles.count("TR"), roles.count("Figure")) == (1, 1, 5, 4)
    assert len([node for node in pdf.tree.all("H2") if node.pieces]) == 2 + 4
    assert pdf.pdf.Root.Lang == language
    # Letters that run from the right are drawn in the order of the eye.
    assert "رممت أمانة" in [str(node.row.get("/ActualText", "")) for node in pdf.tree.walk()]
    with override(language):
        assert str(pdf.pdf.docinfo.Title) == cover_of(four, "", TODAY).title


@pytest.mark.django_db
def test_the_pdf_of_one_practice_has_a_structure(client, four):
    four[0].sources.update(language="de")
    pdf = TaggedPdf(client.get(reverse("brief_pdf"), {"p": "homes-0"}).content)
    assert pdf.faults() == []
    assert pdf.roles().count("H1") == 1 and "https://example.org/report" in [
        address for link in pdf.tree.all("Link") for address in link.links
    ]
    assert "de" in [str(node.row.get("/Lang", "")) for node in pdf.tree.walk()]
    assert pdf.tree.all("Figure")[0].text.startswith("QR code with the address")


@pytest.mark.django_db
def test_long_summaries_give_way_before_the_proposals(four, tmp_path):
    Practice.objects.update(summary="A sentence of some words. " * 10)
    cover = cover_of(practices(), "Schwerte", TODAY)
    paper = BriefPaper(tmp_path, TODAY)
    paper.add_page()
    cuts = [len(CoverSheet(paper).fitted(cover, room)[0].rows[0].summary) for room in (400, 120, 60)]
    assert cuts[0] == len(cover.rows[0].summary) > cuts[1] > cuts[2] == 0
    paper.finished()  # closes the files of its letters
