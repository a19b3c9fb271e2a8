"""Links that only read, made by the person who decides for the people who vote: listed, dated, cut when they wish."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.access_links import mint_link, open_link
from billing.board.summaries import keep_summary
from billing.board.waiting import BoardRefused, lock_waiting
from billing.models import AccessLink, BoardLink, Quote
from billing.quoting.family import family
from crm.models import Contact
from hosters.mail import queue_mail

#: For one quote, all its versions together (a choice of options makes one in a click): mails that a person may
#: make us send to addresses that we do not know, and links to copy.
MOST_MAILS = 40
MOST_LINKS = 20


def links_of(quote: Quote) -> QuerySet[BoardLink]:
    """The links that lead to a quote, those made for the version that it replaces included."""
    return BoardLink.objects.filter(Q(quote=quote) | Q(access_link__quote=quote)).select_related(
        "access_link"
    )


def _made_for(quote: Quote) -> QuerySet[BoardLink]:
    """The links made for a quote and for the versions that it replaced, cut ones included."""
    return BoardLink.objects.filter(quote__in=family(quote))


@transaction.atomic
def make_link(*, quote: Quote, by: Contact, key: UUID) -> str:
    """The token of a new link to copy, which only its maker sees, and once; "" when this form came before.

    Raises:
        BoardRefused: nobody waits for a decision on this quote, or too many links were made.
    """
    locked = lock_waiting(quote)
    if BoardLink.objects.filter(key=key).exists():
        return ""
    if _made_for(locked).filter(sent_to="").count() >= MOST_LINKS:
        raise BoardRefused(_("Ce devis a déjà %(most)s liens : partagez l’un d’eux.") % {"most": MOST_LINKS})
    keep_summary(locked)
    link = BoardLink.objects.create(quote=locked, made_by=by, key=key)
    return mint_token(link)


@transaction.atomic
def send_links(*, quote: Quote, by: Contact, addresses: Iterable[str]) -> int:
    """Mail a link of its own to each address that has none alive. Returns how many mails leave.

    Raises:
        BoardRefused: nobody waits for a decision, or these are more mails than one quote may send; none leaves.
    """
    locked = lock_waiting(quote)
    sent = _made_for(locked).exclude(sent_to="")
    known = set(sent.filter(revoked_at=None).values_list("sent_to", flat=True))
    new = sorted({address.lower() for address in addresses} - known)
    if sent.count() + len(new) > MOST_MAILS:
        told = {"most": MOST_MAILS, "sent": sent.count()}
        raise BoardRefused(
            _("Nous envoyons au plus %(most)s courriels par devis (déjà %(sent)s) : copiez plutôt le lien.")
            % told
        )
    keep_summary(locked)
    for address in new:
        link = BoardLink.objects.create(quote=locked, made_by=by, sent_to=address)
        queue_mail(hoster=locked.hoster, kind="board_link", to=address, reference=link.pk)
    return len(new)


@transaction.atomic
def mint_token(link: BoardLink) -> str:
    """A secret for this link; one that was minted before, for a mail that did not leave, no longer opens."""
    _revoke_secret(link)
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=link.made_by, quote=link.quote)
    link.access_link = open_link(token, AccessLink.Purpose.READ_QUOTE)
    link.save(update_fields=["access_link"])
    return token


@transaction.atomic
def revoke_link(*, link: BoardLink) -> None:
    """Cut a link: whoever has it finds nothing any more. Cutting twice changes nothing."""
    BoardLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    _revoke_secret(link)


def _revoke_secret(link: BoardLink) -> None:
    AccessLink.objects.filter(board_link=link, revoked_at=None).update(revoked_at=timezone.now())
