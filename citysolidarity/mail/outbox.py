"""A folder instead of a mail server, for development. The page /outbox/ shows it."""

import email
import email.policy
import time
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

KEPT = 7 * 86_400  # seconds: letters hold links that work


class Outbox(BaseEmailBackend):
    """Writes each letter to a file named after its Message-ID: a second copy replaces the first."""

    def send_messages(self, messages):
        folder = Path(settings.MAIL_OUTBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            written = message.message(policy=email.policy.SMTP)
            name = "".join(letter for letter in written["Message-ID"].partition("@")[0] if letter.isalnum())
            # Renamed once it is complete, because the page may read the folder at any moment.
            part = folder / f"{name}.part"
            part.write_bytes(written.as_bytes())
            part.replace(folder / f"{name}.eml")
        for file in folder.glob("*.eml"):
            if file.stat().st_mtime < time.time() - KEPT:
                file.unlink(missing_ok=True)
        return len(messages)


def letters(most: int = 50) -> list[EmailMessage]:
    """The newest letters first."""
    files = sorted(Path(settings.MAIL_OUTBOX).glob("*.eml"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files[:most]]
