"""A person who asks to be forgotten, or whose time has come. Issued documents keep their copies (GDPR-06)."""

import re

from django.db import transaction
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.importing.reading import read_all
from crm.models import Consent, Contact, Erasure, ImportLine, Organization, Request, Suppression
from crm.persons import cards_of, erasers, reasons_to_keep
from crm.suppression import suppress
from hosters.models import Hoster, Mail, User

#: A domain that can never receive mail (RFC 2606).
NOWHERE = "personne-effacee.invalid"


class Held(Exception):
    """The person cannot be erased yet; the reasons are in French."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def erase_person(*, contact: Contact, cause: Erasure.Cause, by: User | None = None) -> Erasure:
    """Empty every card of a person and what hangs on it; never write to this address again of our own accord.

    Quotes, invoices, acceptances and terminations are not touched: the law keeps them (GDPR article 17(3)(b)).

    Raises:
        Held: a running contract needs this person; nothing was changed.
    """
    hoster = contact.organization.hoster
    found = cards_of(contact).select_for_update(of=("self",))
    cards = Contact.objects.filter(pk__in=[card.pk for card in found])
    if reasons := reasons_to_keep(hoster, cards, on=timezone.localdate()):
        raise Held(reasons)
    suppress(hoster=hoster, address=contact.email, cause=Suppression.Cause.ERASED)
    Mail.objects.filter(hoster=hoster, to__iexact=contact.email).delete()
    _forget_lines(hoster, contact.email)
    for erase in erasers():
        erase(cards)
    _empty_what_was_said(cards)
    organizations = list(cards.values_list("organization_id", flat=True))
    emptied = sum(_empty(card) for card in cards)
    _empty_homes(organizations)
    return Erasure.objects.create(hoster=hoster, cause=cause, cards=emptied, by=by)


def erase_all(hoster: Hoster, cards: "QuerySet[Contact]", *, at_most: int) -> int:
    """Erase the persons of cards whose time has come; says how many persons were erased."""
    done = 0
    for card in cards.select_related("organization__hoster").order_by("pk")[:at_most]:
        card.refresh_from_db(fields=["erased_at"])
        if card.erased_at is None:
            erase_person(contact=card, cause=Erasure.Cause.RETENTION)
            done += 1
    return done


def _empty_what_was_said(cards: "QuerySet[Contact]") -> None:
    Request.objects.filter(contact__in=cards).update(
        message="",
        phone="",
        details={},
        need_statement="",
        need_correction="",
        subject=_("Demande effacée"),
    )
    Consent.objects.filter(contact__in=cards).update(proof="")


def _forget_lines(hoster: Hoster, address: str) -> None:
    """Lines of recent files that hold this very address, not one that merely contains it."""
    read_all(hoster)
    lines = ImportLine.objects.filter(contact_import__hoster=hoster).alias(text=Cast("cells", TextField()))
    alone = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE)
    likely = lines.filter(text__icontains=address).values_list("pk", "cells")
    named = [pk for pk, cells in likely if any(alone.search(str(cell)) for cell in cells)]
    ImportLine.objects.filter(pk__in=named).delete()


def _empty(card: Contact) -> int:
    """The row stays, because documents point at it; nothing of the person is left in it."""
    return Contact.objects.filter(pk=card.pk).update(
        name=_("Personne effacée"),
        email=f"{card.pk}@{NOWHERE}",
        phone="",
        role="",
        address_kind="",
        met_through="",
        referred_by=None,
        last_inbound_at=None,
        left_at=timezone.now(),
        erased_at=timezone.now(),
    )


def _empty_homes(organizations: list[int]) -> None:
    """The seat of a small association is often somebody's home: nobody left, no street."""
    inhabited = Contact.objects.filter(organization__in=organizations, erased_at=None)
    left = Organization.objects.filter(pk__in=organizations).exclude(
        pk__in=inhabited.values("organization_id")
    )
    left.update(street="", delivery_street="")
