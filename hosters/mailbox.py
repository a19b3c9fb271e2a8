"""The mails written to files in development, read back for a page of the application."""

import email
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from itertools import islice
from pathlib import Path

from django.conf import settings

SEPARATOR = b"-" * 79 + b"\n"


@dataclass(frozen=True)
class StoredMail:
    """One mail as its reader would see it."""

    to: str
    sender: str
    subject: str
    date: datetime | None
    text: str
    attachments: tuple[str, ...]


def stored_mails(*, to: str = "", at_most: int = 50) -> list[StoredMail]:
    """The latest mails first, of everybody or those sent to the addresses that hold `to`."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    mails = (mail for path in files for mail in _read(path) if to.lower() in mail.to.lower())
    return list(islice(mails, at_most))


def _read(path: Path) -> list[StoredMail]:
    texts = [text for text in path.read_bytes().split(SEPARATOR) if text.strip()]
    return [_parse(text) for text in reversed(texts)]


def _parse(text: bytes) -> StoredMail:
    message = email.message_from_bytes(text, policy=default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain",))
    return StoredMail(
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        date=_instant(message),
        text=str(body.get_content()) if body else "",
        attachments=tuple(part.get_filename("") for part in message.iter_attachments()),
    )


def _instant(message: EmailMessage) -> datetime | None:
    """When the mail was written. Django writes UTC as « -0000 », which Python reads as no time zone."""
    written = getattr(message["Date"], "datetime", None)
    return written.replace(tzinfo=written.tzinfo or UTC) if written else None
