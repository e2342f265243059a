"""The certificate: only for what was verified, with the name in its own script, and with the way to the proof."""

from datetime import date
from io import BytesIO

import pytest
import uharfbuzz
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override
from fontTools.ttLib import TTFont
from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

from citysolidarity.caching.shared import FILE
from citysolidarity.drawing.typefaces import HEADING, TEXT, can_write, instance
from pledges.models import Signature
from pledges.signatories.certificate import CertificateFacts, draw, lines_of, named
from pledges.signatories.names import own_names
from practices.models import City
from tests.citysolidarity.drawing.tagged import TaggedPdf
from tests.people import a_city
from tests.pledges.signatories.sheets import Sheet, outline
from tests.pledges.signers import a_confirmed, a_curator, a_published, a_stated, a_version, called_back, official_mail

AMMAN = "عمّان"


@pytest.fixture
def sheet(client):
    """The certificate of a city, read back."""

    def read(slug="amman-jo"):
        answer = client.get(reverse("certificate", args=[slug]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        return Sheet(answer.content)

    return read


@pytest.mark.django_db
def test_it_says_who_signed_what_and_where_the_proof_is(sheet, settings):
    settings.SITE_URL = "https://solidarity.example"
    signature = a_confirmed(version=a_version(title="We stand with you", number=7), office="governor")
    signature.verify(a_curator(), [official_mail(), called_back()])
    signature.publish(a_curator())
    text = sheet().text
    for said in (
        "Certificate of signature", "Amman", "Greater Amman Municipality, Jordan", signature.signed_in_words,
        "We stand with you (English, version 7, 1 January 2020)", " ".join(signature.version.sha256_groups), "Governor",
        "Official e-mail address (4 May 2026)", "Confirmed by phone (4 May 2026)",
        "https://solidarity.example/en/signatories/amman-jo/", "The online page is always authoritative",
    ):  # fmt: skip
        assert said in text
    assert "Published decision" not in text


@pytest.mark.django_db
def test_a_city_that_moved_to_a_newer_version_shows_both_with_their_days(sheet):
    first, second = (a_version(title="We stand with you", number=number) for number in (7, 8))
    signature = a_published(version=first, institution="Sangguniang Panlungsod " * 5)
    move = signature.moves.create(version=second)
    assert "en, 8" not in sheet().text, "an offer is no move"
    move.take()
    move.refresh_from_db()
    read = sheet()
    for said in (
        "We stand with you (English, version 7, 1 January 2020)", " ".join(first.sha256_groups),
        f"Since {date_format(move.moved_at, 'DATE_FORMAT')}: We stand with you (English, version 8, 1 January 2020)",
        " ".join(second.sha256_groups),
    ):  # fmt: skip
        assert said in read.text
    assert len(read.pages()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "promises", "shown"), [(30, 7, "words"), (300, 7, "titles"), (300, 90, "neither")])
def test_the_promises_stand_on_it_as_far_as_they_fit(sheet, words, promises, shown):
    version = a_version(valid_from=None)
    version.clauses.all().delete()
    for number in range(promises):
        facts = {"code": f"c{number}", "title": f"Promise {number}.", "promise": f"Word {number}. " * words}
        version.clauses.create(position=number, **facts)
    version.enact(date(2020, 1, 1))
    a_published(version=version)
    text = sheet().text
    assert len(sheet().pages()) == 1
    assert [number for number in range(promises) if f"Promise {number}." in text] == (
        [] if shown == "neither" else list(range(promises))
    )
    assert ("Word 0." in text) is (shown == "words")


@pytest.mark.django_db
def test_the_promises_are_those_of_the_text_in_force(sheet):
    old, new = a_version(promise="What was promised"), a_version(promise="What is promised now")
    signature = a_published(version=old)
    assert "What was promised" in sheet().text
    signature.moves.create(version=new).take()
    assert "What is promised now" in sheet().text and "What was promised" not in sheet().text


@pytest.mark.django_db
def test_it_has_a_structure_for_those_who_hear_it(client, settings):
    a_published(city=a_city(official_domain="amman.example", names={"ar": AMMAN}))
    pdf = TaggedPdf(client.get(reverse("certificate", args=["amman-jo"])).content)
    assert pdf.faults() == []
    assert pdf.roles().count("H1") == 1 and pdf.roles().count("LI") >= 3
    assert [link.links for link in pdf.tree.all("Link")] == [
        [settings.SITE_URL + Signature.objects.get().get_absolute_url()]
    ]
    own_name = next(node for node in pdf.tree.walk() if node.row.get("/ActualText") == AMMAN)
    assert (own_name.role, str(own_name.row.Lang)) == ("P", "ar")


@pytest.mark.django_db
def test_arabic_letters_are_joined_and_run_from_right_to_left(sheet):
    a_published(city=a_city(official_domain="amman.example", names={"ar": AMMAN, "fr": "Amman"}))
    drawn = sheet().outlines(AMMAN)
    font, outlines = shaped(AMMAN, "arabic")
    assert sorted(map(str, drawn)) == sorted(map(str, outlines))
    letters_only = [str(one) for one in drawn]
    assert letters_only.index(str(outlines[0])) == 0 and letters_only[-1] == str(outlines[-1])
    alone = [outline(font, font.getGlyphID(font.getBestCmap()[ord(letter)])) for letter in "عمن"]
    assert not {str(one) for one in alone[:2]} & set(letters_only)


@pytest.mark.django_db
def test_a_date_in_arabic_is_read_as_one_beside_words_in_latin_letters():
    with override("ar"):
        said = named(a_version(title="We stand with you", number=7))
    seen = BidiParagraph(f"النص الموقَّع: {said}", TextDirection.RTL).get_reordered_string()
    # From left to right, as the eye meets it.
    date, version, language = f"2020 {'يناير'[::-1]} 1", f" ،7 {'النسخة'[::-1]} ،", "الإنجليزية"[::-1]
    assert f"{date}{version}{language}" in seen
    assert seen.index(language) < seen.index("We stand with you")


def shaped(text, family):
    """The typeface, and the outlines of a text as HarfBuzz shapes it: from left to right, as the eye meets them."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(instance(family))), buffer)
    font = TTFont(BytesIO(instance(family)))
    return font, [outline(font, info.codepoint) for info in buffer.glyph_infos]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "country", "names", "shown"),
    [
        ("Athens", "GR", {"el": "Αθήνα", "fr": "Athènes"}, "Αθήνα"),
        ("Kyiv", "UA", {"uk": "Київ", "ru": "Киев"}, "Київ"),
        ("Łódź", "PL", {"ar": "وودج"}, "Łódź"),
    ],
)
def test_a_name_stands_in_its_own_script_and_in_no_other(sheet, name, country, names, shown):
    city = a_city(name, country, names=names, slug=f"city-{country.lower()}", official_domain="amman.example")
    a_published(city=city)
    text = sheet(city.slug).text
    assert name in text and shown in text
    assert not [other for other in names.values() if other != shown and other in text]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "country", "language", "own", "family"),
    [
        ("Hiroshima", "JP", "ja", "広島市", "noto-jp"), ("Guangzhou", "CN", "zh", "广州", "noto-sc"),
        ("Taipei", "TW", "zh", "臺北市", "noto-tc"), ("Seoul", "KR", "ko", "서울", "noto-kr"),
        ("Haifa", "IL", "he", "חיפה", "noto-hebrew"), ("Bangkok", "TH", "th", "กรุงเทพ", "noto-thai"),
        ("Lucknow", "IN", "hi", "लखनऊ", "noto-devanagari"), ("Chennai", "IN", "ta", "சென்னை", "noto-tamil"),
        ("Tbilisi", "GE", "ka", "თბილისი", "noto-georgian"), ("Yerevan", "AM", "hy", "Երևան", "noto-armenian"),
        ("Adama", "ET", "am", "አዳማ", "noto-ethiopic"), ("Sylhet", "BD", "bn", "সিলেট", "noto-bengali"),
        ("Karachi", "PK", "ur", "کراچی", "noto-arabic"), ("Kandy", "LK", "si", "මහනුවර", "noto-sinhala"),
    ],
)  # fmt: skip
def test_every_letter_of_an_own_name_is_drawn_as_its_script_asks(sheet, name, country, language, own, family):
    city = a_city(name, country, names={language: own}, slug=f"city-{country.lower()}", official_domain="amman.example")
    a_published(city=city, institution=name)
    _font, outlines = shaped(own, family)
    drawn = sheet(city.slug).outlines_in("NotoSans")
    assert [str(one) for one in drawn] == [str(one) for one in outlines]


@pytest.mark.django_db
def test_what_no_typeface_can_write_whole_is_left_out(sheet):
    city = a_city("Thimphu", "BT", names={"dz": "ཐིམ་ཕུ"}, official_domain="amman.example")
    a_published(city=city, institution="ཐིམ་ཕུ Thromde")
    text = sheet(city.slug).text
    assert "BhutanThimphusigned" in text and "�" not in text


@pytest.mark.django_db
def test_a_latin_letter_that_no_typeface_has_is_written_plainly(sheet):
    city = a_city("Tâi-oânⁿ", "TW", slug="city-tw", official_domain="amman.example")
    a_published(city=city)
    assert "Tai-oann" in sheet(city.slug).text


@pytest.mark.django_db
def test_a_very_long_name_stays_on_its_sheet(sheet):
    city = a_city("San Fernando " * 9, "PH", slug="long-ph", official_domain="amman.example")
    a_published(city=city, institution="Sangguniang Panlungsod " * 8)
    assert len(sheet("long-ph").pages()) == 1


@pytest.mark.django_db
def test_history_and_whatever_is_not_public_has_none(client):
    a_stated(a_city("Warsaw", "PL"))
    a_published(city=a_city("Graz", "AT", official_domain="graz.example"), visibility="counted")
    a_published(city=a_city("Bern", "CH", official_domain="bern.example")).withdraw()
    a_city("Berlin", "DE")
    for slug in ("warsaw-pl", "graz-at", "bern-ch", "berlin-de", "nowhere-xx"):
        answer = client.get(reverse("certificate", args=[slug]))
        assert answer.status_code == (410 if slug == "bern-ch" else 404)
    assert reverse("certificate", args=["warsaw-pl"]) not in client.get(reverse("signature", args=["warsaw-pl"])).text


@pytest.mark.django_db
def test_nothing_private_is_on_it(client):
    signature = a_confirmed(email="canary@amman.example", phone="canary", signer_name="Canary")
    proof = called_back()
    proof.note, proof.number_found_at = "canary note", "canary number"
    signature.verify(a_curator(first_name="Canary"), [proof])
    signature.publish(a_curator())
    answer = client.get(reverse("certificate", args=["amman-jo"]))
    assert "canary" not in Sheet(answer.content).text.lower() and b"anary" not in answer.content


@pytest.mark.django_db
def test_no_copy_outlives_a_withdrawal_for_long(client):
    a_published()
    answer = client.get(reverse("certificate", args=["amman-jo"]))
    assert answer["Cache-Control"] == FILE
    assert "noarchive" in answer["X-Robots-Tag"]
    assert answer["Content-Disposition"] == 'inline; filename="certificate-amman-jo.pdf"'


@pytest.mark.django_db
def test_it_takes_five_statements_and_is_drawn_once(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    signature = a_published()
    address = reverse("certificate", args=["amman-jo"])
    with django_assert_num_queries(5):
        drawn = client.get(address)
    with django_assert_num_queries(1):
        assert client.get(address).content == drawn.content
    signature.withdraw()
    assert client.get(address, headers={"if-none-match": drawn["ETag"]}).status_code == 410


@pytest.mark.django_db
def test_the_page_of_a_verified_signature_leads_to_it(client):
    a_published()
    page = client.get(reverse("signature", args=["amman-jo"])).text
    assert f'href="{reverse("certificate", args=["amman-jo"])}"' in page


def test_a_name_in_the_script_of_another_country_is_not_a_citys_own():
    assert own_names(City(name="Berlin", country="DE", names={"ar": "برلين", "el": "Βερολίνο"})) == {}
    assert own_names(City(name="Sofia", country="BG", names={"bg": "София"})) == {"София": "bg"}
    assert own_names(City(name="Sarajevo", country="BA", names={"bs": "Sarajevo", "sr": "Сарајево"})) == {
        "Сарајево": "sr"
    }
    assert own_names(City(name="Macao", country="MO", names={"zh": "澳門"})) == {"澳門": "zh-Hant"}


def test_a_word_with_a_letter_missing_cannot_be_written():
    assert can_write("Łódź", HEADING) and can_write("Αθήνα") and can_write(AMMAN, TEXT)
    assert not can_write("Thimphu ཐིམ་ཕུ") and not can_write("") and not can_write(" ")


@pytest.mark.django_db
def test_the_day_it_was_made_is_said(client):
    a_published()
    signature = Signature.objects.select_related("city", "version").get()
    made = draw(CertificateFacts(signature, [], "https://solidarity.example/", "en", date(2030, 1, 2)))
    assert "Correct on 2 January 2030." in Sheet(made).text


@pytest.mark.django_db
def test_an_institution_that_reads_from_the_right_stands_on_a_line_of_its_own(sheet):
    """Beside "Jordan" its figures would change places: "Jordan ,2018 …"."""
    assert lines_of(["سلطة العقبة 2018", "Jordan"]) == ["سلطة العقبة 2018", "Jordan"]
    assert lines_of(["Greater Amman Municipality", "Jordan"]) == ["Greater Amman Municipality, Jordan"]
    a_published(city=a_city(official_domain="amman.example"), institution="سلطة العقبة 2018")
    assert ", Jordan" not in sheet().text and "Jordan" in sheet().text
