import pytest

from tests.forms import a_place
from tests.pledges.signers import a_version


@pytest.fixture
def athens(db):
    return a_place()


@pytest.fixture
def statement(athens):
    return a_version()


@pytest.fixture
def patience(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
