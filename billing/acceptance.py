"""A mandated person accepts a quote: once, with proof, and everything that follows in the same transaction."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.conditions import attach_conditions
from billing.contracts import conclude_contract, new_proof
from billing.delivery.planning import plan_deliveries
from billing.documents.quote_words import commitment_words
from billing.documents.wording import day
from billing.models import Acceptance, Quote, QuoteEvent
from billing.objectives import follow_objectives
from billing.quoting.family import family
from billing.quoting.states import ActRefused, Told, move
from billing.quoting.states import refusal as act_refusal
from billing.signed_scans import Scan, keep_scan
from billing.subscriptions.change_effect import Effect, effect_of, subscription_to_change
from billing.subscriptions.changes import change_subscription
from billing.subscriptions.free_months import welcome_refusal
from billing.subscriptions.starting import start_subscription
from crm.models import Stage
from crm.requests import close_requests_of
from crm.stages import advance_stage
from hosters.mail import queue_mail
from hosters.models import User
from pricing.typography import of


class AcceptanceRefused(ActRefused):
    """The quote cannot be accepted; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Mandate:
    """Who accepts: name and role as typed, and the address that received the secret link.

    `key` is the form's (the same form sent twice acts once); `conditions` is the SHA-256 of those that were read;
    `purpose` is what the association declares to buy for, which the statement says too; `order_number` is what the
    invoices will name.
    """

    name: str
    role: str
    email: str
    statement: str
    key: UUID | None = None
    conditions: str = ""
    purpose: str = ""
    order_number: str = ""


@dataclass(frozen=True)
class Signature:
    """A quote signed on paper: when, the file, and the member of staff who records it, if any."""

    signed_on: date
    scan: Scan
    recorded_by: User | None = None


def statement_of(quote: Quote, *, purpose: str = "") -> str:
    """The commitment that the person reads and confirms, with what the association declares to buy for; kept word for
    word with the evidence."""
    commitment = _(
        "J’accepte le devis %(number)s %(of_seller)s et j’engage %(buyer)s à payer %(commitment)s."
    ) % {
        "number": quote.number,
        "of_seller": of(quote.seller["name"]),
        "buyer": quote.buyer["name"],
        "commitment": commitment_words(quote),
    }
    return f"{commitment} {declaration_of(quote, purpose)}".rstrip()


def declaration_of(quote: Quote, purpose: str) -> str:
    """What an association says that it buys for, and is then held to (CON-01); "" when nobody asked."""
    if not purpose:
        return ""
    told = {"buyer": quote.buyer["name"], "purpose": Acceptance.Purpose(purpose).label}
    return _("%(buyer)s déclare acheter %(purpose)s.") % told


def effect_of_change(quote: Quote) -> Effect | None:
    """What accepting would change of a running contract today; None when the quote begins a new one (001-014)."""
    running = subscription_to_change(quote)
    return effect_of(subscription=running, quote=quote) if running else None


def signed_statement(quote: Quote, *, name: str, signed_on: date, purpose: str = "") -> str:
    """What a signed paper says, for the evidence."""
    signed = _(
        "Le devis %(number)s %(of_seller)s a été signé par %(name)s pour %(buyer)s le %(day)s ; "
        "le fichier signé est gardé avec cette preuve."
    ) % {
        "number": quote.number,
        "of_seller": of(quote.seller["name"]),
        "buyer": quote.buyer["name"],
        "name": name,
        "day": day(signed_on),
    }
    return f"{signed} {declaration_of(quote, purpose)}".rstrip()


def refusal(quote: Quote, *, actor: str = QuoteEvent.Actor.CLIENT) -> str:
    """Why this quote cannot be accepted now, or ""."""
    if reason := act_refusal(quote=quote, act=QuoteEvent.Act.ACCEPT, actor=actor):
        return reason
    if not quote.document.ready:
        return _("Le PDF du devis est en cours de préparation. Patientez un instant puis rechargez la page.")
    return welcome_refusal(quote)


@transaction.atomic
def accept_quote(*, quote: Quote, mandate: Mandate, signature: Signature | None = None) -> Acceptance:
    """Accept: evidence, then client stage, subscription, first invoice, contract, work to do, acknowledgment
    (DEV-04, DEV-05).

    Accepting twice with the same link or the same form gives the first acceptance again: one effect.

    Raises:
        AcceptanceRefused: accepted by somebody else, no longer valid, replaced, its PDF does not exist yet, the
            conditions are not those that were read, or the key of this form came before with something else.
    """
    locked = Quote.objects.select_for_update(of=("self",)).select_related("document").get(pk=quote.pk)
    if already := _same_before(locked, mandate, signature):
        return already
    staff = signature.recorded_by if signature else None
    actor = QuoteEvent.Actor.STAFF if staff else QuoteEvent.Actor.CLIENT
    if reason := refusal(locked, actor=actor) or _unsigned(locked, signature):
        raise AcceptanceRefused(reason)
    acceptance = _evidence(locked, mandate, signature)
    who = Told(by=staff, name=mandate.name, note=mandate.role)
    accepted = move(quote=locked, act=QuoteEvent.Act.ACCEPT, actor=actor, told=who)
    _follow(accepted, acceptance, order_number=mandate.order_number)
    return acceptance


def _same_before(quote: Quote, mandate: Mandate, signature: Signature | None) -> Acceptance | None:
    """What this form, or this person, did the first time.

    Raises:
        AcceptanceRefused: the same key came with another name, role, address or file.
    """
    if mandate.key and Acceptance.objects.filter(key=mandate.key).exclude(quote=quote).exists():
        raise AcceptanceRefused(_used_before())
    already = Acceptance.objects.filter(quote=quote).select_related("scan").first()
    if already is None:
        return None
    same_person = (already.email, already.name) == (mandate.email, mandate.name)
    if mandate.key is not None and already.key == mandate.key:
        kept = already.scan.sha256 if hasattr(already, "scan") else ""
        sent = signature.scan.sha256 if signature else ""
        if not same_person or (already.role, kept) != (mandate.role, sent):
            raise AcceptanceRefused(_used_before())
        return already
    return already if same_person and signature is None else None


def _used_before() -> str:
    return _("Ce formulaire a déjà servi avec d’autres réponses. Rouvrez la page du devis pour recommencer.")


def _unsigned(quote: Quote, signature: Signature | None) -> str:
    """Why the date of a signature cannot be right, or ""."""
    if signature and not quote.issued_on <= signature.signed_on <= timezone.localdate():
        return _("La date de signature doit être entre l’émission du devis et aujourd’hui.")
    return ""


def _evidence(quote: Quote, mandate: Mandate, signature: Signature | None) -> Acceptance:
    conditions = attach_conditions(quote)
    if mandate.conditions and mandate.conditions != conditions.sha256:
        raise AcceptanceRefused(_("Les conditions jointes ont changé. Relisez-les, puis confirmez."))
    acceptance = Acceptance.objects.create(
        quote=quote,
        kind=Acceptance.Kind.SIGNED if signature else Acceptance.Kind.ONLINE,
        name=mandate.name,
        role=mandate.role,
        email=mandate.email,
        document_sha256=quote.document.sha256,
        statement=mandate.statement,
        purpose=mandate.purpose,
        conditions=conditions,
        signed_on=signature.signed_on if signature else None,
        recorded_by=signature.recorded_by if signature else None,
        proof=new_proof(quote.number, quote_document=quote.document),
        key=mandate.key,
    )
    if signature:
        keep_scan(acceptance=acceptance, scan=signature.scan)
    return acceptance


def _follow(quote: Quote, acceptance: Acceptance, *, order_number: str) -> None:
    """What an acceptance starts. Whoever takes what is free buys nothing: no client yet (002-131)."""
    advance_stage(
        organization=quote.organization,
        to=Stage.CLIENT if quote.first_year_gross else Stage.INTEREST,
        evidence=_("devis %(number)s accepté par %(name)s")
        % {"number": quote.number, "name": acceptance.name},
    )
    for version in family(quote):
        close_requests_of(key=version.request_key, quote=version.pk)
    changed = subscription_to_change(quote)
    if changed:
        change_subscription(subscription=changed, quote=quote, order_number=order_number)
    else:
        start_subscription(quote=quote, order_number=order_number)
    conclude_contract(acceptance=acceptance)
    plan_deliveries(quote=quote)
    follow_objectives(quote=quote)
    queue_mail(hoster=quote.hoster, kind="quote_accepted", to=acceptance.email, reference=quote.pk)
    queue_mail(hoster=quote.hoster, kind="acceptance_received", to=quote.hoster.email, reference=quote.pk)
