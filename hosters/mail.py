"""Mails in plain text with a simple HTML part, composed when they leave.

An upper app registers a composer for each kind in `ready()`. Secret links are minted by the composer, so that the
database never holds one in clear. Delivery is at least once: the Message-ID is derived from the row, so that a
mail sent again after a crash is recognised by mail programs as the same one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from hosters import work
from hosters.models import Hoster, Mail


@dataclass(frozen=True)
class Attachment:
    """A file joined to a mail."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Message:
    """What a mail says: `template` is a text of paragraphs; `link` is its one action (label, absolute URL)."""

    subject: str
    template: str
    context: dict[str, object] = field(default_factory=dict)
    link: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()


#: None: nothing to say to this address, and nothing to keep of it.
Composer = Callable[[Mail], Message | None]
_composers: dict[str, Composer] = {}


def register_composer(kind: str, composer: Composer) -> None:
    """Declare who writes the mails of a kind. Called in `ready()`."""
    _composers[kind] = composer


def queue_mail(*, hoster: Hoster, kind: str, to: str, reference: object) -> Mail:
    """Record that a mail must leave; a worker sends it after the transaction.

    Raises:
        KeyError: no composer was registered for this kind.
    """
    _composers[kind]
    row = Mail.objects.create(hoster=hoster, kind=kind, to=to, reference=str(reference))
    work.nudge_on_commit(row)
    return row


def send(row: Mail) -> None:
    """Compose and send one mail (called by its task, inside the scope of the hoster)."""
    message = _composers[row.kind](row)
    if message is None:
        Mail.objects.filter(pk=row.pk).delete()
        return
    body = render_to_string(message.template, message.context | {"hoster": row.hoster}).strip()
    parts = {"hoster": row.hoster, "subject": message.subject, "body": body, "link": message.link}
    mail = EmailMultiAlternatives(
        subject=" ".join(message.subject.split()),
        body=render_to_string("mails/message.txt", parts),
        from_email=formataddr((row.hoster.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[row.to],
        reply_to=[row.hoster.email],
        headers={"Message-ID": f"<{row.kind}-{row.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"},
    )
    mail.attach_alternative(render_to_string("mails/message.html", parts), "text/html")
    for attachment in message.attachments:
        mail.attach(attachment.name, attachment.content, attachment.media_type)
    mail.send()
    Mail.objects.filter(pk=row.pk).update(sent_at=timezone.now())
