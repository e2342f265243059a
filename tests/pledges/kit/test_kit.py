"""The kit for councils: the papers as pages and files, filled in with what the address says, which is kept nowhere."""

import re
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document
from PIL import Image

from citysolidarity.caching.last_copies import copies
from pledges.kit.blocks import blocks_of
from pledges.kit.documents import DOCUMENTS
from pledges.kit.limits import KIT_FILES
from pledges.kit.pictures import OCCASIONS
from pledges.models.statement import StatementVersionQuerySet
from tests.people import a_city, a_practice
from tests.pledges.signatories.sheets import Sheet
from tests.pledges.signers import a_version

pytestmark = pytest.mark.django_db
FILLED = {"city": "Irbid", "day": "2027-03-14", "signer": "Rana Haddad", "office": "Mayor"}
LANGUAGES = ("en", "fr", "es", "ar", "pt")


@pytest.fixture(autouse=True)
def a_statement():
    KIT_FILES.forget()
    yield a_version(number=2, promise="We receive people with dignity.", preamble="We believe.\n\nWe promise:")
    KIT_FILES.forget()


def word(client, name, language="en", **query):
    with override(language):
        answer = client.get(reverse("kit_file", args=[name, "docx"]), query)
    assert answer.status_code == 200
    return Document(BytesIO(answer.content))


def text_of(file):
    return "\n".join(paragraph.text for paragraph in file.paragraphs)


def test_every_paper_is_listed_with_its_page_and_its_files(client):
    page = client.get(reverse("kit")).text
    for name in DOCUMENTS:
        for address in (
            f"/en/statement/kit/{name}/",
            f"/en/statement/kit/{name}.docx",
            f"/en/statement/kit/{name}.pdf",
        ):
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_file_holds_every_word_of_its_page(client, name, language):
    with override(language):
        page = client.get(reverse("kit_document", args=[name]), FILLED)
    said = [block.text for block in blocks_of(page.context["text"]) if block.text]
    assert len(said) > 3
    text = text_of(word(client, name, language, **FILLED))
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("name", ["motion", "speech", "press-release", "invitation", "statement"])
def test_what_was_typed_stands_where_a_gap_stood(client, name):
    empty = client.get(reverse("kit_document", args=[name])).text
    assert "[name of the city]" in empty and "[name of the signatory]" in empty
    filled = client.get(reverse("kit_document", args=[name]), FILLED).text
    for value in ("Irbid", "14 March 2027", "Rana Haddad", "Mayor"):
        assert value in filled
    assert "[name of the city]" not in filled and "[name of the signatory]" not in filled


def test_the_motion_names_the_version_in_force_and_lists_its_promises(client, a_statement):
    text = text_of(word(client, "motion"))
    assert "in version 2 of 1 January 2020" in text and a_statement.clauses.get().title in text


def test_the_statement_is_given_word_for_word_with_its_fingerprint(client, a_statement):
    text = text_of(word(client, "statement"))
    assert "We believe." in text and "We receive people with dignity." in text and "Join us." in text
    assert " ".join(a_statement.sha256_groups) in text


def test_a_pdf_says_the_same_on_as_many_sheets_as_it_takes(client):
    answer = client.get(reverse("kit_file", args=["questions", "pdf"]))
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(Sheet(answer.content).text.split())
    assert "Does it bind us?" in text and "How long does signing take?" in text


@pytest.mark.parametrize("name", ["kit", "kit_document"])
def test_what_was_typed_is_escaped_kept_by_no_cache_and_listed_by_no_search_engine(client, name):
    arguments = ["motion"] if name == "kit_document" else []
    plain = client.get(reverse(name, args=arguments))
    assert "X-Robots-Tag" not in plain and "noindex" not in plain.text
    page = client.get(reverse(name, args=arguments), {"city": "L’Aquila & “Roma”"})
    assert "L’Aquila &amp; “Roma”" in page.text
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("private, no-store", "noindex, noarchive")
    assert '<meta name="robots" content="noindex">' in page.text


def test_no_copy_for_an_outage_holds_what_was_typed(client, settings, tmp_path, own_files):
    settings.COPIES_ROOT = tmp_path / "copies"
    copies.forget()
    client.get(reverse("statement"))  # in a fresh process, the edition is only known after a page that depends on it
    for query in ({}, FILLED):
        for address in (reverse("kit"), reverse("kit_document", args=["motion"])):
            assert client.get(address, query).status_code == 200
    assert len(list(settings.COPIES_ROOT.rglob("pages/*"))) == 2
    assert not list(settings.COPIES_ROOT.rglob("searches/*"))
    copies.forget()


def test_the_other_languages_keep_what_is_right_and_nothing_else(client):
    page = client.get(reverse("kit"), {"city": "Irbid", "office": "<b>", "more": "x"})
    assert page.context["kept_query"] == "?city=Irbid"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("city", "<script>alert(1)</script>"),
        ("city", "x" * 10_000),
        ("city", "Visit www.example.com"),
        ("signer", "=HYPERLINK(1)"),
        ("office", "Mayor\nof"),
        ("day", "2027-02-31"),
        ("day", "9999-01-01"),
        ("day", "٢٠٢٧-٠٣-١٤" * 50),
        ("city", "a\0b<"),
    ],
)
def test_a_wrong_value_is_explained_bounded_and_leaves_its_gap(client, name, value):
    page = client.get(reverse("kit"), {name: value})
    assert page.status_code == 200 and page.context["problems"] and "There is a problem" in page.text
    assert "<script>alert" not in page.text and len(page.text) < 30_000
    assert not page.context["facts"]
    for kind in ("docx", "pdf"):
        assert client.get(reverse("kit_file", args=["motion", kind]), {name: value}).status_code == 200
    assert "[name of the city]" in text_of(word(client, "motion", **{name: value}))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("2027-03-14", ' value="2027-03-14"'), ("2027-02-31", ""), ('"><b>', ""), ("9999-01-01", ' value="9999-01-01"')],
)
def test_the_box_of_the_day_shows_only_a_day_that_exists(client, typed, shown):
    page = client.get(reverse("kit"), {"day": typed}).text
    box = re.search(r'<input type="date"[^>]*>', page)[0]
    assert (shown in box) if shown else ("value=" not in box)


def test_a_file_is_named_after_paper_and_city_in_plain_letters(client):
    answer = client.get(reverse("kit_file", args=["motion", "docx"]), {"city": "عمّان"})
    assert re.fullmatch(r'attachment; filename="motion-[a-z]+\.docx"', answer["Content-Disposition"])
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_folder_holds_every_paper_the_statement_to_print_and_the_pictures(client):
    answer = client.get(reverse("kit_folder"), FILLED)
    with ZipFile(BytesIO(answer.content)) as folder:
        assert folder.testzip() is None
        names = {f"{name}.docx" for name in DOCUMENTS} | {f"{name}.png" for name in OCCASIONS} | {"statement.pdf"}
        assert set(folder.namelist()) == names
        assert "Irbid" in text_of(Document(BytesIO(folder.read("motion.docx"))))
    assert answer["Content-Disposition"] == 'attachment; filename="kit-irbid.zip"'


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_a_picture_has_the_size_of_a_card_and_changes_with_the_city(client, occasion):
    address = reverse("kit_picture", args=[occasion])
    drawn = [client.get(address, query).content for query in ({}, {"city": "Irbid"}, {"city": "Lima"})]
    assert len(set(drawn)) == 3
    assert {Image.open(BytesIO(png)).size for png in drawn} == {(1200, 630)}


def test_a_city_that_has_not_signed_leads_to_the_kit_with_its_name(client):
    a_practice(city=a_city("L’Aquila", "IT"))
    page = client.get(reverse("city", args=["laquila-it"])).text
    address = f"/en/statement/kit/?{urlencode({'city': 'L’Aquila'})}"
    assert f'href="{address}"' in page
    assert client.get(address).context["facts"].city == "L’Aquila"


@pytest.mark.parametrize("name", ["statement", "sign", "home"])
def test_the_pages_of_the_statement_lead_to_the_kit(client, name):
    assert 'href="/en/statement/kit/"' in client.get(reverse(name)).text


def test_an_unknown_paper_or_picture_is_not_found(client):
    for address in ("kit/nothing/", "kit/nothing.docx", "kit/motion.odt", "kit/nothing.png"):
        assert client.get(f"/en/statement/{address}").status_code == 404


def test_too_many_files_are_put_off_and_the_pages_stay(client, monkeypatch):
    monkeypatch.setattr(KIT_FILES, "most", len(DOCUMENTS) + 3)
    assert client.get(reverse("kit_folder")).status_code == 200
    late = client.get(reverse("kit_file", args=["motion", "docx"]), FILLED)
    assert late.status_code == 429 and int(late["Retry-After"]) > 0 and "city=Irbid" in late.text
    assert client.get(reverse("kit_folder")).status_code == 429
    assert client.get(reverse("kit_picture", args=["decides"])).status_code == 429
    assert client.get(reverse("kit_document", args=["motion"])).status_code == 200


def test_before_the_first_version_there_is_no_paper_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr(StatementVersionQuerySet, "current", lambda versions, language: None)
    page = client.get(reverse("kit"))
    assert "The text of the statement has not been published here yet." in page.text
    assert client.get(reverse("kit_document", args=["motion"])).status_code == 404
    assert client.get(reverse("kit_file", args=["motion", "pdf"])).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_kit_is_only_read(client, method):
    for address in ("kit/", "kit/motion/", "kit/motion.docx", "kit/kit.zip", "kit/decides.png"):
        assert getattr(client, method)(f"/en/statement/{address}").status_code == 405
