"""Names of hosts, as computers send them and as people read them: IDNA 2008 with the mapping of UTS 46.

Python's own codec is IDNA 2003, which takes gießen.de for giessen.de: another domain, and perhaps another owner.
"""

import idna


def in_ascii(name: str) -> str:
    """A host's name in punycode. One that cannot be encoded stays as it is, and matches nothing official."""
    folded = name.strip().strip(".").lower()
    if folded.isascii():
        return folded
    try:
        return idna.encode(folded, uts46=True).decode("ascii")
    except UnicodeError:
        return folded


def as_read(name: str) -> str:
    """A name with its punycode labels decoded; a label that cannot be decoded stays as it is."""
    return ".".join(map(label_as_read, name.split(".")))


def label_as_read(label: str) -> str:
    if not label.lower().startswith("xn--"):
        return label
    try:
        # Not only what IDNA allows: what pretends to be a name is shown as a browser would show it.
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label
