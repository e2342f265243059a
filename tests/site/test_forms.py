"""The fields that forms for the public share: what they refuse, each with its sentence, and what they leave alone."""

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
        ("turned \u202e round", "direction"),
        ("hid\u200bden", "hidden"),
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


def test_an_address_without_a_scheme_is_https():
    assert WebPageField().clean("www.city.example") == "https://www.city.example"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("20024", "no-year"), ("²024", "no-year"), ("two", "no-year"), ("1066", "early"), ("2199", "late")],
)
def test_a_year(typed, code):
    assert code_of(YearField(label="Year"), typed) == code


def test_a_year_in_figures_of_any_script_or_none_at_all():
    assert YearField(label="Year").clean("٢٠٢٤") == 2024
    assert YearField(label="Year").clean("") is None
