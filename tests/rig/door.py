"""Whom a test logs in by force has passed the second factor too. How one really gets in: tests/citysolidarity/login/test_login.py."""

from django.contrib.auth.signals import user_logged_in


def pass_second_factor(sender, request, user, **kwargs):
    """Marks the session as the login would (``citysolidarity.login.login_steps``)."""
    from citysolidarity.login.login_steps import mark

    mark(request, user)


def install() -> None:
    """Only a test may: nothing outside of the tests listens to this signal."""
    user_logged_in.connect(pass_second_factor, dispatch_uid="tests.rig.door")
