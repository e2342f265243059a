"""Naming a colleague in a note: "@ana, please look"."""

import re

# Not inside an e-mail address; a user name may hold these signs (django.contrib.auth).
MENTION = re.compile(r"(?<![\w.+-])@([\w.@+-]+)")


def names_in(text: str) -> list[str]:
    """The names after an @, each once, without the punctuation that ends a sentence."""
    return list(dict.fromkeys(name.rstrip(".-@+") for name in MENTION.findall(text)))


def mentioned(text: str, people) -> tuple[list, list[str]]:
    """The people (users) whose names stand in the text, and the names that are none of theirs; in any case."""
    by_name = {person.get_username().lower(): person for person in people}
    names = [name for name in names_in(text) if name]
    found = {by_name[name.lower()].pk: by_name[name.lower()] for name in names if name.lower() in by_name}
    return list(found.values()), [name for name in names if name.lower() not in by_name]
