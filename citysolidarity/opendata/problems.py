"""The errors of the API."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from citysolidarity.http.problems import problem


class ApiProblem(Exception):
    """An answer that is an error. ``errors`` name the parameters that are wrong, each with what may stand there."""

    def __init__(self, status: int, title: str, detail: str = "", errors: Iterable[dict] = ()):
        super().__init__(detail or title)
        self.status, self.title, self.detail, self.errors = status, title, detail, list(errors)

    def response(self) -> HttpResponse:
        return problem(self.status, self.title, self.detail, self.errors)


def nothing_here() -> ApiProblem:
    return ApiProblem(404, _("Not found"), _("There is nothing at this address. /api/v1/ lists what there is."))


def wrong_parameters(errors: Iterable[dict]) -> ApiProblem:
    return ApiProblem(
        400, _("A parameter is wrong"), _("Nothing was searched, so that no wrong list is taken away."), errors
    )


def too_many() -> ApiProblem:
    return ApiProblem(429, _("Too many requests"), _("Please ask again after the seconds that Retry-After says."))


def wrong_method() -> ApiProblem:
    return ApiProblem(405, _("Only GET and HEAD"), _("The API only reads."))
