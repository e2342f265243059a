"""What several tests of the practices start from."""

import pytest

from tests.folders import ENTRY, TOWN, write


@pytest.fixture
def folder(tmp_path):
    """A folder to be loaded, with one city and one practice."""
    return write(tmp_path, cities=[TOWN], practices=[ENTRY])
