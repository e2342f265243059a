"""Logs of one JSON object a line, without local variables, so that no form data is logged.

gunicorn's own lines go through the same formatter (gunicorn.conf.py): it writes down the address of a request that it
could not finish, and the address may be a link that was mailed to somebody.
"""

import ipaddress
import json
import logging
import re
import traceback
from contextvars import ContextVar

LONGEST = 4_000  # characters of a message
GONE = "…"
# The id of the request that is being answered (operation/request_ids.py).
request_id: ContextVar[str] = ContextVar("request_id", default="")
# By what it looks like, not by where it stands: the token of a link in an e-mail (mail/tokens.py), of a link to choose a
# password (login/enrolment_links.py), the key of a session or of a form that is sent once. The slug of a page has no
# capitals, and no letters and digits in one word for so long.
SECRETS = re.compile(
    r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z\d])(?=[\w-]*[\d_-])[\w-]{20,400}(?![\w-])"
    r"|(?<![A-Za-z0-9])(?=[a-z]*\d)[a-z0-9]{24,400}(?![A-Za-z0-9])"
)
MAILBOXES = re.compile(r"[\w.+'-]{1,64}(?:@|%40)[\w.-]{1,255}", re.IGNORECASE)
# What somebody searched for may be a name.
QUERIES = re.compile(r"(/[^\s?]{0,300})\?[^\s'\"]{1,4000}")
# Whatever may be an IP address; a time of the day is none.
ADDRESSES = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)|(?<![\w:])[0-9a-f:]{2,39}(?:[0-9.]{7,15})?", re.IGNORECASE
)
# Short ones, and those that are cut or in small letters: what follows these words is one.
LINKS = re.compile(
    r"(?i)(/(?:(?:statement(?:/ask|/invite)?|practices/follow)/(?:confirm|disown|withdraw|stop|correct|undo|progress|renew|newer)"
    r"|practices/letter/\w{1,40}|admin/welcome)/)[^/\s]{1,400}"
)


def redacted(message: str) -> str:
    """The message without secrets, mailboxes, addresses of visitors and the words of searches."""
    message = QUERIES.sub(rf"\1?{GONE}", message[:LONGEST])
    message = ADDRESSES.sub(without_visitor, message)
    return MAILBOXES.sub(GONE, SECRETS.sub(GONE, LINKS.sub(rf"\1{GONE}", message)))


def without_visitor(found: re.Match) -> str:
    """Nothing of an address of the internet; a machine's own, such as 127.0.0.1 and 0.0.0.0, helps the operator."""
    text = found[0].rstrip(":.")
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return found[0]
    return found[0] if ip.is_loopback or ip.is_unspecified else GONE + found[0][len(text) :]


class JsonFormatter(logging.Formatter):
    """An error adds its type and the places of its traceback; a request its id."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if request := request_id.get():
            line["request"] = request
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)
