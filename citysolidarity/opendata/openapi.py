"""The OpenAPI 3.1 document, made of OPERATIONS, and the same for people."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from citysolidarity.http.problems import TYPE
from citysolidarity.opendata.answers import DOWNLOADS, READS
from citysolidarity.opendata.parameters import SLUG, Parameter
from citysolidarity.opendata.records import LICENCE, ROOT
from citysolidarity.opendata.schemas import COMPONENTS, ref

HEADERS = {
    "ETag": "The version of the answer; send it back in If-None-Match.",
    "Content-Language": "The language of texts and labels.",
    "RateLimit-Limit": "How many requests are allowed in the window.",
    "RateLimit-Policy": "The limit and its window in seconds.",
    "RateLimit-Remaining": "How many are left.",
    "RateLimit-Reset": "Seconds until all are there again.",
}
ERRORS = {
    "400": "A parameter is not known, or has a value that is not known.",
    "404": "There is nothing at this address.",
    "405": "The API only reads.",
    "429": "Too many requests; Retry-After says how many seconds to wait.",
    "500": "Something went wrong here.",
    "503": "The database is away; please try again in a minute.",
}


def operations():
    # OPERATIONS leads to the views, which lead here.
    from citysolidarity.opendata.operations import OPERATIONS

    return OPERATIONS


def addresses() -> dict[str, str]:
    """The path of every resource, with braces for what varies, by its name."""
    return {one.template or "index": ROOT + one.template for one in operations()}


def document() -> dict:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Cities of Solidarity",
            "version": "1.0.0",
            "description": "What cities do to include people forced to flee, and the cities that signed the statement. "
            "No key is needed. Everything is CC BY 4.0.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {ROOT + one.template: {"get": operation_of(one)} for one in operations()},
        "components": {"schemas": COMPONENTS},
    }


def operation_of(one) -> dict:
    parameters = [parameter_of(parameter) for parameter in one.parameters]
    if one.of_path:
        slug = {"type": "string", "pattern": f"^{SLUG}$"}
        parameters.insert(
            0, {"name": one.of_path, "in": "path", "required": True, "schema": slug, "example": one.example}
        )
    headers = {name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()}
    answers = {
        "200": {"description": "OK", "headers": headers, "content": {kind: {"schema": schema} for kind, schema in one.content.items()}},
        "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
    }  # fmt: skip
    errors = {
        status: {"description": text, "content": {TYPE: {"schema": ref("Problem")}}}
        for status, text in ERRORS.items()
        if status != "404" or one.of_path
    }
    return {
        "operationId": one.name,
        "summary": str(one.summary),
        "parameters": parameters,
        "responses": answers | errors,
    }


def parameter_of(parameter: Parameter) -> dict:
    result = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": str(parameter.description),
        "schema": parameter.schema,
        # Forms send what is empty; it counts as missing.
        "allowEmptyValue": True,
    }
    if parameter.schema["type"] == "array":
        result |= {"style": "form", "explode": True}
    if parameter.example is not None:
        result["example"] = parameter.example
    return result


@dataclass(frozen=True)
class Described:
    """An operation as the page prints it."""

    summary: str
    path: str
    example: str
    parameters: list[Parameter]
    kinds: list[str]


def described() -> list[Described]:
    return [
        Described(str(one.summary), ROOT + one.template, example_of(one), [*one.parameters], [*one.content])
        for one in operations()
    ]  # fmt: skip


def parameters() -> list[Parameter]:
    """Every parameter once: the same name means the same everywhere."""
    return list({parameter.name: parameter for one in operations() for parameter in reversed(one.parameters)}.values())


def example_of(one) -> str:
    """An address that can be selected."""
    if one.of_path:
        return (ROOT + one.template).replace(f"{{{one.of_path}}}", one.example)
    return ROOT + one.path + one.example


def limits() -> list[tuple[str, int, int]]:
    """What is limited, how often, in how many minutes."""
    return [
        (_("Answers of the API"), READS.most, round(READS.window / 60)),
        (_("Downloads of a list"), DOWNLOADS.most, round(DOWNLOADS.window / 60)),
    ]
