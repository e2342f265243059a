import pytest

from tests.login import at_the_desk, staff, with_app


@pytest.fixture
def ana():
    user = staff()
    return at_the_desk(user), with_app(user)
