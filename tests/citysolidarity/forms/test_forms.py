"""The fields that forms for the public share: what they refuse, each with its sentence, and what they leave alone."""

import base64

import pytest
from django.core.exceptions import ValidationError

from citysolidarity.forms.prose import ProseField
from citysolidarity.forms.webpage import WebPageField
from citysolidarity.forms.year import YearField


def code_of(field, typed):
    """The code of what is wrong; "" where nothing is."""
    try:
        field.clean(typed)
    except ValidationError as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a" * 281, "long"),
        ("é" * 280, ""),  # 560 bytes
        ("   \n ", "required"),
        ("🎉 🎊", "letters"),
        ("Write to Ali: +49 30 901820", "telephone"),
        ("Ring 0176 / 123 45 67", "telephone"),
        ("Tel. 5551234", "telephone"),
        ("From 2015 to 2019 it reached 12,800 families in 24 quarters.", ""),
        ("Decision 2019/1701 and 1 200 000 EUR in 2015–2019", ""),
        ("Write to ali@city.example", "mailbox"),
        (" ".join(["https://a.example/1"] * 10), "links"),
        ("See https://a.example/1", ""),
        ("<script>alert(1)</script> is text", ""),
        ("turned \u202e round", ""),
        ("hid\u200bden", ""),
        ("M\ufffdnchen", "lost"),
        ("مرحبا \u200fبكم", ""),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_a_text(typed, code):
    assert code_of(ProseField(longest=280), typed) == code


def test_a_text_keeps_its_lines_and_counts_them_as_one_character_each():
    assert ProseField(longest=5).clean("ab\r\ncd") == "ab\ncd"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("ftp://a.example/x", "scheme"),
        ("https://user@a.example/", "user"),
        ("https://www.un.org@evil.example/", "user"),
        ("http://127.0.0.1/", "private"),
        ("http://127.1/", "private"),
        ("http://2130706433/", "private"),
        ("http://[::1]/", "private"),
        ("http://localhost:8000/", "private"),
        ("http://printer.local/", "private"),
        ("https://www.аmman.example/", "alike"),  # Cyrillic а
        ("https://xn--80ak6aa92e.com/", "alike"),  # аррӏе in Cyrillic
        ("https://stadt.köln.example/", ""),
        ("https://москва.example/", ""),
        ("https://www.city.example:8443/a?b=c#d", ""),
        ("www.city.example/report", ""),
        ("nowhere", "wrong"),
        ("http://[", "wrong"),
        ("https://a.example/" + "x" * 500, "long"),
    ],
)
def test_the_address_of_a_page(typed, code):
    assert code_of(WebPageField(), typed) == code


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.city.example", "https://www.city.example"),
        ("HTTPS://www.city.example/A", "https://www.city.example/A"),
        ("https://www.berlin.de/Beschluss Nr 5.pdf", "https://www.berlin.de/Beschluss%20Nr%205.pdf"),
        ("www.berlin.de/Beschluss\u00a0Nr\t5.pdf", "https://www.berlin.de/Beschluss%C2%A0Nr%205.pdf"),
        ("  <https://www.berlin.de/x>\n", "https://www.berlin.de/x"),
        ("https://www.ber\u200blin.de/lang\r\ne/seite", "https://www.berlin.de/lange/seite"),
    ],
)
def test_the_address_of_a_page_is_written_out(typed, address):
    assert WebPageField().clean(typed) == address


PAGE = "https://www.berlin.de/beschluss"
QUOTED = "https%3A%2F%2Fwww.berlin.de%2Fbeschluss"


@pytest.mark.parametrize(
    "link",
    [
        f"https://eur02.safelinks.protection.outlook.com/?url={QUOTED}&data=05%7C02%7Cmayor%40city.berlin.de%7C{'a' * 600}",
        f"HTTPS://EUR02.safelinks.protection.outlook.com/?url={QUOTED}&data=05",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=x",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__www.berlin.de_beschluss&d=DwMFaQ&c=x",
        f"https://urldefense.com/v3/__{PAGE}__;!!abc!def$",
        f"https://www.google.com/url?q={QUOTED}&sa=D",
        f"www.google.co.uk/url?sa=t&url={QUOTED}",
        f"https://linkprotect.cudasvc.com/url?a={QUOTED}&c=E,1,x",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=x",
        f"https://secure-web.cisco.com/1abcdef/{QUOTED}",
        f"https://de01.protection.sophos.com/?d=berlin.de&u={base64.urlsafe_b64encode(PAGE.encode()).decode()}&i=x",
        f"https://protect.checkpoint.com/v2/___{PAGE}___.YXAz",
        f"https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{QUOTED}",
    ],
)
def test_a_link_through_a_mail_filter_becomes_the_page_it_leads_to(link):
    assert WebPageField().clean(link) == PAGE


def test_what_a_filter_replaced_in_an_address_is_put_back():
    kept = base64.urlsafe_b64encode("é é".encode()).decode().rstrip("=")
    link = f"https://urldefense.com/v3/__https:/a.example/caf**A/*n__;{kept}!!abc!def$"
    assert WebPageField().clean(link) == "https://a.example/café%20/én"


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://protect-eu.mimecast.com/s/AbCdEf?domain=berlin.de", "sealed"),
        ("https://url.uk.m.mimecastprotect.com/s/AbCdEf?domain=berlin.de", "sealed"),
        ("https://eur02.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)", "sealed"),
        ("https://eur02.safelinks.protection.outlook.com/?url=http%3A%2F%2F127.0.0.1%2Fx", "private"),
        ("https://www.google.com/search?q=https://a.example", ""),
        ("https://www.facebook.com/city/posts/1", ""),
        ("https://www.mimecast.com/", ""),
    ],
)
def test_a_link_that_hides_its_page_is_refused_and_says_why(link, code):
    assert code_of(WebPageField(), link) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [("20024", "no-year"), ("²024", "no-year"), ("two", "no-year"), ("1066", "early"), ("2199", "late")],
)
def test_a_year(typed, code):
    assert code_of(YearField(label="Year"), typed) == code


def test_a_year_in_figures_of_any_script_or_none_at_all():
    assert YearField(label="Year").clean("٢٠٢٤") == 2024
    assert YearField(label="Year").clean("") is None
