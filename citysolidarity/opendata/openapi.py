"""The OpenAPI 3.1 document, made of OPERATIONS, and the same for people."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.http.problems import TYPE
from citysolidarity.opendata import examples
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
    "Link": "The address of the next part of a list.",
    "Allow": "The methods that are answered.",
    "Retry-After": "Seconds until it is worth while to ask again.",
}
OF_ERRORS = {"405": ("Allow",), "429": ("Retry-After",), "503": ("Retry-After",)}
ERRORS = {
    "400": "A parameter is not known, or has a value that is not known.",
    "404": "There is nothing at this address.",
    "405": "The API only reads.",
    "429": "Too many requests; Retry-After says how many seconds to wait.",
    "500": "Something went wrong here.",
    "503": "The database is away; please try again in a minute.",
}
ERROR_NAMES = {
    "400": "WrongParameter",
    "404": "NotFound",
    "405": "WrongMethod",
    "429": "TooManyRequests",
    "500": "Failure",
    "503": "Unavailable",
}
TAGS = {
    "Practices": "What cities do, as the directory lists, counts and tells it.",
    "Files": "The same as files: for spreadsheets, maps and reference managers.",
    "Cities": "Cities with a practice or a signature.",
    "Statement": "The statement of solidarity, who signed it, and how many residents ask their city to sign.",
    "Library": "Documents of the field, and networks of cities.",
    "Words": "The words of all filters, and what there is.",
}


def operations():
    # OPERATIONS leads to the views, which lead here.
    from citysolidarity.opendata.operations import OPERATIONS

    return OPERATIONS


def addresses() -> dict[str, str]:
    """The path of every resource, with braces for what varies, by its name."""
    return {one.template or "index": ROOT + one.template for one in operations()}


def document() -> dict:
    """In the active language, but for what only whoever writes programs reads."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Cities of Solidarity",
            "version": "1.0.0",
            "summary": "What cities do to include people forced to flee.",
            "description": "Practices of cities with their sources, and the cities that signed the statement of solidarity. "
            "No key is needed, and there is no cookie. Everything is CC BY 4.0: name the directory, the address and the day.",
            "license": {"name": "CC BY 4.0", "url": LICENCE},
            "contact": contact(),
        },
        "externalDocs": {
            "description": "The same for people, with limits and examples to select",
            "url": settings.SITE_URL + reverse("about_api"),
        },
        "servers": [{"url": settings.SITE_URL + ROOT.rstrip("/"), "description": "The directory"}],
        "security": [],
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": {f"/{one.template}": {"get": operation_of(one)} for one in operations()},
        "components": {"schemas": COMPONENTS, "headers": headers(), "responses": errors()},
    }


def contact() -> dict:
    facts = {"name": "Cities of Solidarity", "url": settings.SITE_URL + reverse("about_contact")}
    return facts | ({"email": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {})


def headers() -> dict:
    return {name: {"description": text, "schema": {"type": "string"}} for name, text in HEADERS.items()}


def errors() -> dict:
    """The problems that are answered, by their names."""
    return {
        ERROR_NAMES[status]: {
            "description": text,
            "headers": {name: referred("headers", name) for name in OF_ERRORS.get(status, ())},
            "content": {TYPE: {"schema": ref("Problem"), "example": examples.of_problem(status)}},
        }
        for status, text in ERRORS.items()
    }


def referred(kind: str, name: str) -> dict:
    return {"$ref": f"#/components/{kind}/{name}"}


def operation_of(one) -> dict:
    parameters = [parameter_of(parameter) for parameter in one.parameters]
    if one.of_path:
        parameters.insert(
            0,
            {
                "name": one.of_path,
                "in": "path",
                "required": True,
                "description": "As the lists of the API name it.",
                "schema": {"type": "string", "pattern": f"^{SLUG}$"},
                "example": one.example,
            },
        )
    content = {
        kind: {"schema": schema, "example": examples.of_content(kind, schema, COMPONENTS)}
        for kind, schema in one.content.items()
    }
    told = [name for name in HEADERS if name not in ("Allow", "Retry-After")]
    answers = {
        "200": {
            "description": str(one.summary),
            "headers": {name: referred("headers", name) for name in told if name != "Link" or one.has_parts},
            "content": content,
        },
        "304": {"description": "Nothing has changed since the ETag in If-None-Match."},
    }
    problems = {
        status: referred("responses", name) for status, name in ERROR_NAMES.items() if status != "404" or one.of_path
    }
    return {
        "operationId": one.name,
        "tags": [one.tag],
        "summary": str(one.summary),
        "description": description_of(one),
        "parameters": parameters,
        "responses": answers | problems,
    }


def description_of(one) -> str:
    """What is the same for all operations of this kind."""
    if one.ending:
        whole = "All practices that match" if not one.of_path else "One practice"
        return f"{whole}, as a file. It is written while it is read, so that it may be of any length."
    if one.has_parts:
        return "A list in parts: `next`, and the header Link, is the address of the part that follows, or null."
    return "One answer, whole. Ask again with its ETag in If-None-Match, and it is 304 until something changes."


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
