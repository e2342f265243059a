"""What several tests of the practices start from."""

import pytest

from tests.folders import ENTRY, TOWN, write
from tests.practices.sharing.speakers import a_curator


@pytest.fixture
def folder(tmp_path):
    """A folder to be loaded, with one city and one practice."""
    return write(tmp_path, cities=[TOWN], practices=[ENTRY])


@pytest.fixture
def ana():
    return a_curator("ana")


@pytest.fixture
def bo():
    return a_curator("bo")
