"""The addresses of the login, all under ``admin:``."""

from django.urls import path

from citysolidarity.login.views import factors, login, sessions


def urls_of(site) -> list:
    """Only the pages of sessions need ``admin_view``: the other views check for themselves who may go on."""
    return [
        path("login/", login.login, name="login"),
        path("login/second-factor/", login.second_factor, name="second_factor"),
        path("welcome/<str:secret>/", login.welcome, name="welcome"),
        path("factors/", factors.factors_overview, name="factors"),
        path("factors/app/", factors.factors_app, name="factors_app"),
        path("factors/passkey/", factors.factors_passkey, name="factors_passkey"),
        path("factors/codes/", factors.factors_codes, name="factors_codes"),
        path("sessions/", site.admin_view(sessions.sessions), name="sessions"),
        path("sessions/<int:user_id>/", site.admin_view(sessions.sessions_of), name="sessions_of"),
    ]
