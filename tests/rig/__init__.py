"""What the tests forbid everywhere, so that no test has to ask for it.

In a template of ours an unknown variable raises (``strict_templates``). While a public page is read, nothing may be
written (``readonly``), nothing may be fetched in passing, and templates may not query at all (``lazy``). One thing is
given: whom a test logs in by force has passed the second factor (``door``), and pages are read without
the blanks of their templates (``blanks``). And what a test committed is taken back (``rows``).
"""

from tests.rig import blanks, door, lazy, pages, rows, strict_templates


def install() -> None:
    """Turn every guard on, once per process, after ``django.setup()`` and before the first request."""
    strict_templates.install()
    lazy.install()
    pages.install()
    blanks.install()
    door.install()
    rows.install()
