"""What bandit finds is known, place by place, with the reason why it stays; anything else is to be mended or to be put here."""

import json
import subprocess
import sys
from collections import Counter

from django.conf import settings

SOURCES = ["citysolidarity", "practices", "pledges", "manage.py", "gunicorn.conf.py"]
START = "citysolidarity/development/"
# Starting the project: programs of ours and of the machine, their words written here, and no shell.
STARTED = "a developer's machine starts its own programs, without a shell; no word of them comes from a visitor"
PROGRAMS = "PostgreSQL's own programs, named here, without a shell; the operator's settings are their only other words"
CONSTANTS = "joined of constants of this file; every value is a parameter"
ESCAPED = "escaped before, and only our own marks become tags"
# (rule, file): (how many, why)
KNOWN = {
    ("B105", "citysolidarity/backups/programs.py"): (1, "the name of a variable of PostgreSQL's programs"),
    ("B105", "citysolidarity/http/database_outage.py"): (1, "an empty token for a page that can ask for none"),
    ("B108", "citysolidarity/backups/recovery.py"): (1, "a private folder in it, under a random name"),
    ("B108", "citysolidarity/backups/restoring.py"): (1, "a file in it that has no name"),
    ("B108", "gunicorn.conf.py"): (
        3, "gunicorn's heartbeat in memory, under a random name; beside it figures without a person, where gunicorn may write"
    ),
    ("B108", f"{START}postgres/cluster.py"): (1, "a socket in a folder for one account alone, of a developer's machine"),
    ("B310", "citysolidarity/management/commands/up.py"): (1, "our own address, written here"),
    ("B310", f"{START}supply/advisories.py"): (1, "osv.dev's address, written here"),
    ("B404", "citysolidarity/backups/programs.py"): (1, PROGRAMS),
    ("B404", "citysolidarity/backups/recovery.py"): (1, PROGRAMS),
    ("B404", "citysolidarity/backups/wal.py"): (1, PROGRAMS),
    ("B404", "citysolidarity/database/programs/account.py"): (1, PROGRAMS),
    ("B404", "citysolidarity/database/programs/binaries.py"): (1, PROGRAMS),
    ("B404", "citysolidarity/management/commands/docs.py"): (1, STARTED),
    ("B404", "citysolidarity/management/commands/lock.py"): (1, STARTED),
    ("B404", f"{START}locking.py"): (1, STARTED),
    ("B404", f"{START}bootstrap.py"): (1, STARTED),
    ("B404", f"{START}children.py"): (1, STARTED),
    ("B404", f"{START}postgres/cluster.py"): (1, STARTED),
    ("B404", f"{START}postgres/keeper.py"): (1, STARTED),
    ("B404", f"{START}postgres/server.py"): (1, STARTED),
    ("B404", f"{START}pythons.py"): (1, STARTED),
    ("B404", f"{START}testtools.py"): (1, STARTED),
    ("B404", "citysolidarity/opendata/snapshot/monthly.py"): (1, "the worker starts our own command"),
    ("B405", "citysolidarity/opendata/views/oembed.py"): (1, "writes XML and reads none"),
    ("B406", "citysolidarity/opendata/downloads/sheet_xml.py"): (1, "escapes for XML and reads none"),
    ("B603", "citysolidarity/backups/programs.py"): (4, PROGRAMS),
    ("B603", "citysolidarity/backups/recovery.py"): (2, PROGRAMS),
    ("B603", "citysolidarity/backups/wal.py"): (1, PROGRAMS),
    ("B603", "citysolidarity/database/programs/account.py"): (1, PROGRAMS),
    ("B603", "citysolidarity/database/programs/binaries.py"): (1, PROGRAMS),
    ("B603", "citysolidarity/management/commands/docs.py"): (1, STARTED),
    ("B603", f"{START}locking.py"): (3, STARTED),
    ("B603", f"{START}bootstrap.py"): (1, STARTED),
    ("B603", f"{START}children.py"): (1, STARTED),
    ("B603", f"{START}postgres/cluster.py"): (1, STARTED),
    ("B603", f"{START}postgres/keeper.py"): (2, STARTED),
    ("B603", f"{START}postgres/server.py"): (1, STARTED),
    ("B603", f"{START}pythons.py"): (2, STARTED),
    ("B603", f"{START}testtools.py"): (1, STARTED),
    ("B603", "citysolidarity/opendata/snapshot/monthly.py"): (1, "the worker starts our own command, its words written there"),
    ("B606", f"{START}bootstrap.py"): (1, STARTED),
    ("B607", f"{START}postgres/keeper.py"): (1, STARTED),
    ("B608", "citysolidarity/http/throttle.py"): (4, CONSTANTS),
    ("B608", "citysolidarity/people/erasing_again.py"): (1, "names of tables and columns, from the catalogue; the pattern is a parameter"),
    ("B608", "pledges/erasure.py"): (1, "names of tables and columns, from the models and the catalogue; the address is a parameter"),
    ("B608", "pledges/models/queryset.py"): (1, CONSTANTS),
    ("B608", "practices/directory/index/ranks.py"): (1, "joined of Django's own SQL of a query, whose values stay parameters"),
    ("B608", "practices/loading/terms.py"): (1, CONSTANTS),
    ("B608", "practices/search/matching.py"): (3, "names and numbers of ours; what is searched for is a parameter"),
    ("B608", "practices/loading/table.py"): (1, "names of a table and its columns, from the callers' constants"),
    ("B608", "practices/vocabularies/cross_counts.py"): (1, "Django's own SQL of a query; values are parameters"),
    ("B608", "practices/vocabularies/facets.py"): (3, "names of facets of ours and Django's own SQL; values are parameters"),
    ("B611", "pledges/models/queryset.py"): (1, CONSTANTS),
    ("B703", "practices/directory/rendering.py"): (2, "a template rendered it, which escapes"),
    ("B703", "practices/entries/numbers.py"): (2, "the text comes escaped, and only superscripts of ours are added"),
    ("B703", "practices/search/text.py"): (1, ESCAPED),
    ("B703", "practices/templatetags/directory.py"): (2, "a translated separator; JSON whose <, > and & are written as \\u003C"),
}  # fmt: skip


def test_every_finding_is_known_and_has_its_reason():
    command = [sys.executable, "-m", "bandit", "--quiet", "--format=json", "--recursive", *SOURCES]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300)
    told = json.loads(done.stdout)
    assert told["errors"] == []
    found = Counter((finding["test_id"], finding["filename"].removeprefix("./")) for finding in told["results"])
    assert dict(found) == {place: number for place, (number, _why) in KNOWN.items()}
    assert all(why for _number, why in KNOWN.values())
    assert not any(finding["issue_severity"] == "HIGH" for finding in told["results"])
