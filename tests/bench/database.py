"""A database of its own for each size, filled once and used again until the recipe or a migration changes."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from practices.models import City
from tests.bench import saving, synthetic
from tests.pledges.signers import a_stated, a_version

NAME = "citysolidarity_bench_{size}"
SIGNATURES = 280


def recipe(*files: str) -> str:
    """Changes with whatever decides what is in the database; ``files`` are further ones that do."""
    found = hashlib.sha256()
    for module in (__file__, synthetic.__file__, saving.__file__, *files):
        found.update(Path(module).read_bytes())
    for file in sorted(Path(settings.BASE_DIR).glob("p*/migrations/0*.py")):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


@contextlib.contextmanager
def directory(size: int, told: Callable[[int, str], None], *, fresh: bool = False) -> Iterator[str]:
    """This process's connection leads to a directory of so many practices; yields that database's address.

    ``told`` hears how many practices are drawn and saved while it is filled.
    """

    def fill():
        synthetic.Synthetic(size, common=frequent_words()).fill(told)
        sign(SIGNATURES)

    with kept(NAME.format(size=size), f"whole {recipe()}", fill, fresh=fresh) as address:
        yield address


@contextlib.contextmanager
def kept(name: str, mark: str, fill: Callable[[], None], *, fresh: bool = False) -> Iterator[str]:
    """This process's connection leads to a database of this name, made by ``fill`` unless it bears the mark already."""
    own = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        is_whole = cursor.fetchone() == (mark,)
        if not is_whole or fresh:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        if not is_whole or fresh:
            call_command("migrate", verbosity=0, interactive=False)
            fill()
            with connection.cursor() as cursor:
                cursor.execute(f"COMMENT ON DATABASE {name} IS '{mark}'")
        parts = urlsplit(os.environ["DATABASE_URL"])
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def sign(count: int) -> None:
    """So many historical signatures of the first cities, and a version of the statement to sign."""
    with transaction.atomic():
        a_version()
        for city in City.objects.order_by("pk")[:count]:
            a_stated(city)


def frequent_words() -> Callable[[str], synthetic.Weighted]:
    """The 20,000 most frequent words of a language, drawn as often as they are written."""
    from wordfreq import top_n_list, word_frequency

    def common(language):
        listed = top_n_list(language, 20_000)
        return synthetic.Weighted(listed, [word_frequency(word, language) for word in listed])

    return common
