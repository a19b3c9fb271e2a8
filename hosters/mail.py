"""Mails in plain text with a simple HTML part, composed when they leave.

An upper app registers a composer for each kind in `ready()`. Secret links are minted by the composer, so that the
database never holds one in clear. Delivery is at least once: the Message-ID is derived from the row, so that a
mail sent again after a crash is recognised by mail programs as the same one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from hosters import work
from hosters.brand import brand_of
from hosters.legal_identity import seller_mentions
from hosters.mail_texts import HOSTER, fill, text_kind, text_of
from hosters.models import Hoster, Mail
from hosters.plain_text import plain_text
from hosters.rich_text import rich_text


@dataclass(frozen=True)
class Attachment:
    """A file joined to a mail."""

    name: str
    content: bytes
    media_type: str = "application/pdf"


@dataclass(frozen=True)
class Message:
    """What a mail says; `link` is its one action (label, absolute URL).

    A kind described in `hosters.mail_texts` takes subject and paragraphs from there, and `context` holds the values
    of its placeholders. Another kind names its own `subject` and `template` of paragraphs, in Markdown if `markdown`.

    `unsubscribe` is the absolute URL that stops such mails, by a page or by one click of the mail program (RFC 8058);
    `why` says what lets us write. A mail that nobody asked for has both (GDPR-08). `box` is a sentence that must
    be seen, in a frame.
    """

    subject: str = ""
    template: str = ""
    context: dict[str, object] = field(default_factory=dict)
    link: tuple[str, str] | None = None
    attachments: tuple[Attachment, ...] = ()
    markdown: bool = False
    unsubscribe: str = ""
    why: str = ""
    box: str = ""


#: Every control character, line breaks among them: one in a subject would be a header of its own.
LINE_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

#: None: nothing to say to this address, and nothing to keep of it.
Composer = Callable[[Mail], Message | None]
_composers: dict[str, Composer] = {}
#: Who keeps the proof of what left: called with the row, the subject and the whole text, once it is sent.
Witness = Callable[[Mail, str, str], None]
_witnesses: dict[str, Witness] = {}


def register_composer(kind: str, composer: Composer) -> None:
    """Declare who writes the mails of a kind. Called in `ready()`."""
    _composers[kind] = composer


def register_witness(kind: str, witness: Witness) -> None:
    """Declare who keeps the proof of the mails of a kind. Called in `ready()`."""
    _witnesses[kind] = witness


def queue_mail(*, hoster: Hoster, kind: str, to: str, reference: object) -> Mail:
    """Record that a mail must leave; a worker sends it after the transaction.

    Raises:
        KeyError: no composer was registered for this kind.
    """
    _composers[kind]
    row = Mail.objects.create(hoster=hoster, kind=kind, to=to, reference=str(reference))
    work.nudge_on_commit(row)
    return row


def registered_kinds() -> list[str]:
    """Every kind of mail that something writes."""
    return list(_composers)


def parts_of(
    hoster: Hoster, *, subject: str, body: str, link: tuple[str, str] | None, message: Message | None = None
) -> dict[str, Any]:
    """What the two forms of a mail are made from; a subject is one line, whose no-break spaces stay."""
    message = message or Message()
    text = plain_text(body) if message.markdown else body
    said = {"subject": LINE_BREAKS.sub(" ", subject).strip(), "body": text, "link": link}
    leaving = {"unsubscribe": message.unsubscribe, "why": message.why, "box": message.box}
    rich = rich_text(body) if message.markdown else ""
    seller = {"hoster": hoster, "mentions": seller_mentions(hoster), "brand": brand_of(hoster.brand_color)}
    return {**seller, "rich": rich, **leaving, **said}


def one_click(message: Message) -> dict[str, str]:
    """The headers by which a mail program unsubscribes (RFC 2369, RFC 8058); none for a mail that was asked for."""
    if not message.unsubscribe:
        return {}
    return {
        "List-Unsubscribe": f"<{message.unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _words(row: Mail, message: Message) -> tuple[str, str]:
    """Subject and paragraphs, in the hoster's words where there are some."""
    kind = text_kind(row.kind)
    if kind is None:
        body = render_to_string(message.template, message.context | {"hoster": row.hoster}).strip()
        return message.subject, body
    values = message.context | {HOSTER.name: row.hoster.name}
    subject, body = text_of(row.hoster, kind)
    return fill(subject, values), fill(body, values)


def send(row: Mail) -> None:
    """Compose and send one mail (called by its task, inside the scope of the hoster)."""
    message = _composers[row.kind](row)
    if message is None:
        Mail.objects.filter(pk=row.pk).delete()
        return
    subject, body = _words(row, message)
    parts = parts_of(row.hoster, subject=subject, body=body, link=message.link, message=message)
    text = render_to_string("mails/message.txt", parts)
    identifier = f"<{row.kind}-{row.pk}@{urlsplit(settings.PUBLIC_URL).hostname}>"
    mail = EmailMultiAlternatives(
        subject=parts["subject"],
        body=text,
        from_email=formataddr((row.hoster.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[row.to],
        reply_to=[row.hoster.email],
        headers={"Message-ID": identifier, **one_click(message)},
    )
    mail.attach_alternative(render_to_string("mails/message.html", parts), "text/html")
    for attachment in message.attachments:
        mail.attach(attachment.name, attachment.content, attachment.media_type)
    mail.send()
    Mail.objects.filter(pk=row.pk).update(sent_at=timezone.now())
    if witness := _witnesses.get(row.kind):
        witness(row, parts["subject"], text)
