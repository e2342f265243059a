"""One JSON object a line; never a local variable, so that no form data reaches a log."""

import json
import logging
import re
import traceback

# The secret part of a link (tokens.py, door/links.py): Django writes down the path of every refused request.
BEFORE_SECRETS = [
    r"/statement/(?:confirm|disown|withdraw|correct|undo)/",
    r"/practices/letter/\w+/",
    r"/admin/welcome/",
]
SECRET = re.compile(rf"({'|'.join(BEFORE_SECRETS)})[^/\s]+")


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger and message; an error adds its type and the places it passed."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET.sub(r"\1…", record.getMessage()),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)
