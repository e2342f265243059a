import pytest
from django.core.management import call_command


@pytest.fixture
def starter(db):
    """The starter directory, loaded from the fixtures as ``up`` loads it."""
    call_command("load_directory", verbosity=0, without_places=True)
