"""One letter to one person, sent by somebody of the team: refused without a legal basis, kept in the story."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.consent import may_write
from crm.interactions import NextAction, record_interaction
from crm.letters.refusals import verdict_on
from crm.letters.unsubscribing import unsubscribe_url
from crm.models import Consent, Contact, Interaction, Letter
from hosters.mail import Message, queue_mail, register_composer
from hosters.models import Mail, User

KIND = "letter"


class LetterRefused(Exception):
    """The mail may not go; the message says why, in French."""


@dataclass(frozen=True)
class Draft:
    """What a person is about to send. `key` is the form's: sent twice, it leaves once."""

    purpose: str
    subject: str
    body: str
    key: UUID


def register() -> None:
    """Declare who composes our mails."""
    register_composer(KIND, compose)


def send_letter(*, contact: Contact, draft: Draft, by: User) -> Letter:
    """Keep a letter and let it leave.

    Raises:
        LetterRefused: no legal basis, a refusal, or too soon after the last contact.
    """
    if already := Letter.objects.filter(interaction__key=draft.key).first():
        return already
    try:
        return _send(contact, draft, by)
    except IntegrityError:  # the same form, sent twice at once
        return Letter.objects.get(interaction__key=draft.key)


@transaction.atomic
def _send(contact: Contact, draft: Draft, by: User) -> Letter:
    verdict = verdict_on(contact, draft.purpose)
    if not verdict.allowed:
        raise LetterRefused(verdict.reason)
    written = Interaction(
        organization=contact.organization,
        contact=contact,
        channel=Interaction.Channel.MAIL,
        direction=Interaction.Direction.OUTBOUND,
        happened_at=timezone.now(),
        summary=draft.subject,
        key=draft.key,
    )
    letter = Letter.objects.create(
        hoster=contact.organization.hoster,
        contact=contact,
        interaction=record_interaction(interaction=written, next_action=NextAction("", None), by=by),
        purpose=draft.purpose,
        subject=draft.subject,
        body=draft.body,
        basis=verdict.reason[:200],
        by=by,
    )
    queue_mail(hoster=letter.hoster, kind=KIND, to=contact.email, reference=letter.pk)
    return letter


def compose(mail: Mail) -> Message | None:
    """The letter as it was written; nothing when the person has refused since, or was erased."""
    rows = Letter.objects.filter(pk=mail.reference, contact__erased_at=None)
    letter = rows.select_related("contact__organization__hoster").first()
    if letter is None:
        return None
    permission = may_write(letter.contact, Consent.Purpose(letter.purpose))
    if not permission.allowed:
        Letter.objects.filter(pk=letter.pk).update(stopped=permission.reason[:200])
        return None
    return Message(
        subject=letter.subject,
        template="mails/letter.txt",
        context={"body": letter.body},
        unsubscribe=unsubscribe_url(letter.contact, Consent.Purpose.PROSPECTING),
        why=_why(letter),
    )


def _why(letter: Letter) -> str:
    """What the person must know of our writing to them, in one sentence (GDPR-02, C4)."""
    if letter.purpose == Consent.Purpose.ANSWER:
        return _("Nous vous répondons parce que vous nous avez écrit.")
    return _("Nous vous écrivons au nom de %(hoster)s, pour ce qui concerne %(organization)s.") % {
        "hoster": letter.hoster.legal_name or letter.hoster.name,
        "organization": letter.contact.organization.name,
    }
