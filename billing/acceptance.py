"""A mandated person accepts a quote: once, with proof, and everything that follows in the same transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Acceptance, Quote
from billing.subscriptions import start_subscription
from crm.models import Stage
from crm.requests import close_requests_of
from crm.stages import advance_stage
from hosters.mail import queue_mail
from pricing.typography import euros


class AcceptanceRefused(Exception):
    """The quote cannot be accepted; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Mandate:
    """Who accepts: name and role as typed, and the address that received the secret link."""

    name: str
    role: str
    email: str
    statement: str


def statement_of(quote: Quote) -> str:
    """The commitment that the person reads and confirms; kept word for word with the evidence."""
    return _(
        "J’accepte le devis %(number)s de %(seller)s et j’engage %(buyer)s à payer %(first)s pour la première année."
    ) % {
        "number": quote.number,
        "seller": quote.seller["name"],
        "buyer": quote.buyer["name"],
        "first": euros(quote.first_year_gross),
    }


def refusal(quote: Quote) -> str:
    """Why this quote cannot be accepted now, or ""."""
    if quote.state == Quote.State.ACCEPTED:
        return _("Ce devis a déjà été accepté.")
    if quote.expired():
        return _("Ce devis n’est plus valable. Demandez-en un nouveau : cela prend deux minutes.")
    if not quote.document.ready:
        return _("Le PDF du devis est en cours de préparation. Patientez un instant puis rechargez la page.")
    return ""


@transaction.atomic
def accept_quote(*, quote: Quote, mandate: Mandate) -> Acceptance:
    """Accept: evidence, then client stage, subscription, first invoice, acknowledgment (DEV-04, DEV-05).

    Accepting twice with the same link gives the first acceptance again: one effect.

    Raises:
        AcceptanceRefused: accepted by somebody else, no longer valid, or its PDF does not exist yet.
    """
    locked = Quote.objects.select_for_update(of=("self",)).select_related("document").get(pk=quote.pk)
    already = Acceptance.objects.filter(quote=locked).first()
    if already and (already.email, already.name) == (mandate.email, mandate.name):
        return already
    if reason := refusal(locked):
        raise AcceptanceRefused(reason)
    acceptance = Acceptance.objects.create(
        quote=locked,
        name=mandate.name,
        role=mandate.role,
        email=mandate.email,
        document_sha256=locked.document.sha256,
        statement=mandate.statement,
    )
    locked.state = Quote.State.ACCEPTED
    locked.save(update_fields=["state"])
    advance_stage(
        organization=locked.organization,
        to=Stage.CLIENT,
        evidence=_("devis %(number)s accepté par %(name)s") % {"number": locked.number, "name": mandate.name},
    )
    close_requests_of(key=locked.request_key)
    start_subscription(quote=locked)
    queue_mail(hoster=locked.hoster, kind="quote_accepted", to=mandate.email, reference=locked.pk)
    queue_mail(hoster=locked.hoster, kind="acceptance_received", to=locked.hoster.email, reference=locked.pk)
    return acceptance
