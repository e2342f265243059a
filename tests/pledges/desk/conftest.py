import pytest

from tests.pledges.desk.desk import at_the_desk, somebody


@pytest.fixture
def ana():
    return somebody("Curator")


@pytest.fixture
def desk(ana):
    return at_the_desk(ana)


@pytest.fixture
def lead():
    return at_the_desk(somebody("Lead curator"))
