"""Read settings from environment variables, or from the files that they name.

Each function takes the variable's name and a default, and raises ``ImproperlyConfigured`` with one sentence for an
invalid value. Where ``NAME_FILE`` is set, the value of ``NAME`` is what that file says: the secrets of a container are
files, which no listing of processes or environments shows.
"""

import os
from base64 import b64decode
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The value without surrounding white space."""
    file = os.environ.get(f"{name}_FILE", "").strip()
    if not file:
        return os.environ.get(name, default).strip()
    if os.environ.get(name, "").strip():
        raise ImproperlyConfigured(f"Both {name} and {name}_FILE are set: take one of them away.")
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names {file}, which cannot be read: {type(error).__name__}.") from None


def flag(name: str, default: bool = False) -> bool:
    """Accepts 1/0, true/false, yes/no and on/off."""
    value = text(name, "1" if default else "0").lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    value = text(name, str(default))
    try:
        result = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None
    if result < least:
        raise ImproperlyConfigured(f"{name} must be at least {least}, not {result}.")
    if most is not None and result > most:
        raise ImproperlyConfigured(f"{name} must be at most {most}, not {result}.")
    return result


def words(name: str, default: str = "") -> list[str]:
    """The items of a list with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origin(name: str, default: str) -> str:
    """An address such as ``https://example.org``: scheme and host, no path."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise ImproperlyConfigured(f"{name} must look like https://example.org, not {value!r}.")
    return value


def key(name: str, *, least: int = 50) -> str:
    """A secret, as long and as varied as Django's check security.W009 demands."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: give it a secret of {least} characters or more.")
    if len(value) < least or len(set(value)) < 5 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(f"{name} is too weak: give it {least} random characters or more.")
    return value


def key_of_bytes(name: str, *, bytes_wanted: int = 32) -> bytes:
    """Random bytes in base64, or b"" for none."""
    value = text(name)
    try:
        result = b64decode(value, validate=True)
    except ValueError:
        result = b"?"
    if value and len(result) != bytes_wanted:
        # Without the value, which is secret.
        raise ImproperlyConfigured(f"{name} must be {bytes_wanted} random bytes in base64.")
    return result


def token(name: str, *, least: int = 32) -> str:
    """A secret that a program sends us, or "" for none."""
    value = text(name)
    if value and (len(value) < least or not value.isascii() or " " in value):
        raise ImproperlyConfigured(f"{name} is too weak: give it {least} random letters and digits or more.")
    return value


MAIL_SCHEMES = {"smtp": {}, "smtp+starttls": {"use_tls": True}, "smtps": {"use_ssl": True}}
MAIL_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
OUTBOX = {"BACKEND": "citysolidarity.mail.outbox.Outbox"}
MAIL_SECONDS = 20  # for each answer of the mail server


def mailbox_to_read(name: str) -> str:
    """``imaps://user:password@host[:port][/folder]``, or "" for none; never over a line that others can read."""
    value = text(name)
    try:
        parts = urlsplit(value)
        fits = not value or (parts.scheme == "imaps" and parts.hostname and parts.username and parts.port != 0)
    except ValueError:
        fits = False
    if not fits:
        # The value holds a password: it is not repeated.
        raise ImproperlyConfigured(f"{name} must look like imaps://user:password@host/folder.")
    return value


def mailer(name: str, default: str) -> dict:
    """An entry of Django's MAILERS for ``smtp+starttls://user:password@host:port``, or ``outbox:``; {} for nothing."""
    value = text(name, default)
    if value == "outbox:":
        return OUTBOX
    if not value:
        return {}
    try:
        parts = urlsplit(value)
        fits = parts.scheme in MAIL_SCHEMES and parts.hostname and parts.port != 0
        fits = fits and not (parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:
        fits = False
    if not fits:
        # Without the value: it holds a password.
        raise ImproperlyConfigured(f"{name} must look like smtp+starttls://user:password@mail.example.org:587.")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "timeout": MAIL_SECONDS,
            **MAIL_SCHEMES[parts.scheme],
        },
    }


def mailbox(name: str, default: str) -> str:
    """A sender such as ``Cities of Solidarity <no-reply@example.org>``."""
    value = text(name, default)
    _words, address = parseaddr(value)
    local, at, host = address.rpartition("@")
    if not (local and at and host) or not value.isprintable():
        raise ImproperlyConfigured(f"{name} must look like Cities <no-reply@example.org>, not {value!r}.")
    return value


OTLP = {"", "http/protobuf"}  # what the package of the extra speaks


def traces(name: str) -> str:
    """Where OpenTelemetry's own variables (``name`` is the usual one) want traces to be sent; "" for nowhere.

    https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ and .../protocol/exporter/
    """
    own, common = name.replace("OTLP", "OTLP_TRACES"), text(name)
    address = text(own) or (common and f"{common.rstrip('/')}/v1/traces")
    if not address or flag("OTEL_SDK_DISABLED") or text("OTEL_TRACES_EXPORTER").lower() == "none":
        return ""
    try:
        parts = urlsplit(address)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        # Without the value, which may hold a password.
        raise ImproperlyConfigured(f"{own if text(own) else name} must look like http://collector.example.org:4318.")
    for protocol in ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"):
        if text(protocol) not in OTLP:
            raise ImproperlyConfigured(f"{protocol} must be http/protobuf, which is all that the site can speak.")
    if not is_installed("opentelemetry.exporter.otlp.proto.http"):
        raise ImproperlyConfigured(
            f"{name} needs the packages of the extra tracing: pip install 'citysolidarity[tracing]'."
        )
    return address


def is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # not even the package that it is a part of
        return False


BUCKET = (
    "https://KEY:SECRET@s3.example.org/bucket?region=eu-central-1 (the region may be left out; / in a secret is %2F)"
)
REGION = "us-east-1"  # what servers outside AWS take


def bucket(name: str, *, plain: bool = False) -> dict:
    """Options of django-storages for an address such as BUCKET, or {} for none; http only where ``plain``.

    No sentence repeats the value, which holds a secret.
    """
    value = text(name)
    if not value:
        return {}
    try:
        parts = urlsplit(value)
        query, place = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query))), parts.path.strip("/")
        fits = parts.scheme in {"http", "https"} and parts.port != 0 and query.keys() <= {"region"}
        fits = fits and not ("/" in place or parts.fragment)
    except ValueError:
        fits = False
    if not fits:
        raise ImproperlyConfigured(f"{name} must look like {BUCKET}.")
    wanted = {"a key": parts.username, "a secret": parts.password, "a host": parts.hostname, "the bucket's name": place}
    if missing := [what for what, there in wanted.items() if not there]:
        raise ImproperlyConfigured(f"{name} lacks {' and '.join(missing)}: it must look like {BUCKET}.")
    if parts.scheme == "http" and not plain:
        raise ImproperlyConfigured(f"{name} must start with https:// outside development.")
    if not is_installed("storages"):
        raise ImproperlyConfigured(f"{name} needs the packages of the extra s3: pip install 'citysolidarity[s3]'.")
    return {
        "endpoint_url": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}",
        "bucket_name": place,
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": query.get("region", REGION),
    }
