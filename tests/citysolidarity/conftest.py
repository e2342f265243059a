import pytest
from django.contrib.auth.signals import user_logged_in

from tests.rig import door


@pytest.fixture
def real_login():
    """The rig's gift to other tests, taken back: here everybody passes the second factor in truth."""
    user_logged_in.disconnect(dispatch_uid="tests.rig.door")
    yield
    door.install()
