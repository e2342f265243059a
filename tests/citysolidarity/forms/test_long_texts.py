"""Texts of any length, in every field of every form for the public: refused at once."""

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict

from citysolidarity.forms import FormToken, PlainForm
from citysolidarity.forms.base import HONEYPOT
from citysolidarity.forms.prose import ProseField
from citysolidarity.login.forms import CodeForm, NewPasskeyForm, PasswordForm
from pledges.email_links.answers import MoveForm, ProgressForm
from pledges.models import CommitmentQuestion
from pledges.signing.forms.commitments import CommitmentsForm
from practices.sharing.forms.journey import Sharing
from tests.citysolidarity.forms.test_forms import code_of
from tests.modules import PACKAGES, all_modules, seconds

LARGEST = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # what Django reads of a form without files
SECOND = 1
# Letters, figures and marks; what repeats itself between them; and what Unicode has to sort.
UNITS = [
    "a",
    "0",
    ".",
    "-",
    "+",
    "@",
    "/",
    "<",
    "\n",
    "\r\n",
    "[",
    "é",
    "ع",
    "\u200d",
    "\u0301\u0323",
    "a-",
    "a.",
    "0 ",
    "a@",
    "a\n",
]


def of_length(unit: str, length: int = LARGEST) -> str:
    return (unit * (length // len(unit) + 1))[:length]


LONG_TEXTS = [*(mark * LARGEST for mark in "a0.-+"), *(of_length(unit, 200_000) for unit in UNITS)]


# --- every form --------------------------------------------------------------------------


def subclasses(form) -> set[type]:
    return {form}.union(*map(subclasses, form.__subclasses__()))


def public_forms() -> list[type]:
    """Every form that the public fills in, and those at the door, wherever they stand."""
    all_modules()
    found = {form for form in subclasses(PlainForm) if form.__module__.startswith(PACKAGES)}
    return sorted([*found, CodeForm, NewPasskeyForm, PasswordForm], key=lambda form: (form.__module__, form.__name__))


def refuses(field, text) -> bool:
    try:
        field.clean(text)
    except forms.ValidationError:
        return True
    return False


MORE = {
    CommitmentsForm: {"clauses": [("welcome", "Welcome")]},
    MoveForm: {"newest": 2},
    ProgressForm: {"questions": [CommitmentQuestion(pk=1)]},
}


def made(form, data=None):
    return form(data, **MORE.get(form, {}))


def test_the_forms_are_found():
    assert len(public_forms()) > 25
    assert {"ReportForm", "AskForm", "SignerForm", "ChangeForm", "SummaryForm"} <= {
        form.__name__ for form in public_forms()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("form", public_forms(), ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_field_refuses_a_long_text_at_once(form):
    for name, field in made(form).fields.items():
        is_typed = not (isinstance(field, forms.BooleanField) or field.widget.is_hidden)
        for text in LONG_TEXTS:
            data = QueryDict(mutable=True)
            data[name] = text
            filled = made(form, data)
            assert seconds(filled.full_clean) < SECOND, (name, text[:4])
            if is_typed and name != HONEYPOT and text.strip():
                assert refuses(field, text), (name, text[:4])
            assert filled.cleaned_data.get(name) in (None, "", [], True), (name, text[:4])


@pytest.mark.parametrize("form", public_forms(), ids=lambda form: f"{form.__module__}.{form.__name__}")
@pytest.mark.django_db
def test_thousands_of_values_of_one_name_are_refused_at_once(form):
    for name in made(form).fields:
        data = QueryDict(mutable=True)
        data.setlist(name, ["welcome"] * settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
        assert seconds(made(form, data).full_clean) < SECOND, name


@pytest.mark.django_db
@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_the_answers_of_a_long_form_are_read_at_once(unit):
    """All pages of the longest form together, with half of a megabyte in every field of each."""
    text = of_length(unit, LARGEST // 5)
    data = QueryDict(mutable=True)
    for fields in Sharing().fields.values():
        data.update(dict.fromkeys(fields, text))
    data["stamp"] = text
    way = Sharing(data)

    def read():
        for page in Sharing.PAGES:
            way.form(page).problems()

    assert seconds(read) < SECOND * 2
    assert way.stamp is None


def test_a_made_up_stamp_is_not_even_read(monkeypatch):
    monkeypatch.setattr("django.core.signing.loads", None)
    assert FormToken.read("a" * LARGEST) is None


@pytest.mark.parametrize("text", ["e\u0301" * 280, "\u1f80" * 280, "\u03b1\u0313\u0345" * 280, "Tiếng Việt " * 25])
def test_a_text_is_as_long_as_it_looks_however_its_accents_are_written(text):
    assert code_of(ProseField(longest=280), text) == ""


def test_accents_without_end_are_refused_in_a_sentence():
    assert code_of(ProseField(), "Zürich a" + "\u0301" * 40) == "accents"
    assert code_of(ProseField(), "Zalgo a" + "\u0301" * 12) == ""


@pytest.mark.parametrize("length", [281, 1_000, 5_000, 200_000])
def test_how_long_a_text_is_said_exactly(length):
    with pytest.raises(forms.ValidationError) as refusal:
        ProseField(longest=280).clean("a" * (length - 2) + "\r\nb")
    assert refusal.value.messages == [f"This is {length} characters long; the limit is 280. Please shorten it."]


def test_the_length_is_looked_at_first():
    assert code_of(ProseField(longest=280), "\u202e ali@city.example +49 30 901820 " * 20) == "long"
