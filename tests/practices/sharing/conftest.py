"""What tests of sharing a practice start from."""

import pytest

from tests.forms import a_place


@pytest.fixture
def athens():
    a_place()


@pytest.fixture
def patience(monkeypatch, athens):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
