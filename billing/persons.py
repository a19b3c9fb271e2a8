"""What billing holds of a person, and when a contract still needs them (GDPR-06)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import (
    Acceptance,
    AccessLink,
    BoardLink,
    Invoice,
    Quote,
    Satisfaction,
    Subscription,
    Termination,
)
from crm.models import Contact
from crm.persons import Hold, register_chapter, register_eraser, register_hold
from crm.relation_settings import relation_settings
from hosters.models import Hoster
from pricing.periods import months_after


def register() -> None:
    """Tell crm what we hold, what we empty, and what holds us."""
    register_chapter("devis", quotes_of)
    register_chapter("accords_donnes", acceptances_of)
    register_chapter("factures", invoices_of)
    register_chapter("resiliations", terminations_of)
    register_chapter("avis", opinions_of)
    register_eraser(close_links)
    register_eraser(empty_opinions)
    register_hold(
        Hold(
            _("Un contrat en cours n’a que cette personne : il en faut d’abord une autre à qui écrire."),
            alone_in_a_contract,
        )
    )
    register_hold(
        Hold(
            _("Son contrat est terminé depuis moins longtemps que nous ne gardons."),
            clients_of_late,
            waits=True,
        )
    )


def alone_in_a_contract(hoster: Hoster, on: date) -> Q:
    """Whose quote started a subscription that runs, in an organisation that has nobody else to write to."""
    running = Subscription.objects.filter(hoster=hoster).filter(Q(ended_on=None) | Q(ended_on__gt=on))
    others = Contact.objects.current().filter(organization=OuterRef("organization"), erased_at=None)
    others = others.exclude(email__iexact=OuterRef("email"))
    held = Contact.objects.filter(pk__in=running.values("quote__contact_id")).exclude(Exists(others))
    return Q(pk__in=held.values("pk"))


def clients_of_late(hoster: Hoster, on: date) -> Q:
    """Whose contract runs, or ended less long ago than we keep people: the time counts from its end (GDPR-05)."""
    limit = months_after(on, -relation_settings(hoster).kept_months)
    recent = Subscription.objects.filter(hoster=hoster).filter(Q(ended_on=None) | Q(ended_on__gt=limit))
    return Q(pk__in=recent.values("quote__contact_id"))


def close_links(cards: "QuerySet[Contact]") -> None:
    """The links of a person open nothing any more."""
    AccessLink.objects.filter(contact__in=cards).delete()
    BoardLink.objects.filter(made_by__in=cards).delete()


def empty_opinions(cards: "QuerySet[Contact]") -> None:
    """The score stays, which says nothing of a person; their words go, and nobody asks again."""
    Satisfaction.objects.filter(contact__in=cards).update(comment="", refused_at=timezone.now())


def opinions_of(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {"note": each.score, "mots": each.comment, "demande_le": each.asked_at.isoformat()}
        for each in Satisfaction.objects.filter(contact__in=cards).order_by("pk")
    ]


def quotes_of(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "numero": quote.number,
            "emis_le": quote.issued_on.isoformat(),
            "etat": quote.get_state_display(),
            "destinataire": quote.buyer,
        }
        for quote in Quote.objects.filter(contact__in=cards).order_by("pk")
    ]


def acceptances_of(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    given = Acceptance.objects.filter(Q(quote__contact__in=cards) | Q(email__in=cards.values("email")))
    return [
        {
            "devis": acceptance.quote.number,
            "nom": acceptance.name,
            "fonction": acceptance.role,
            "adresse_electronique": acceptance.email,
            "engagement_lu": acceptance.statement,
            "le": acceptance.accepted_at.isoformat(),
        }
        for acceptance in given.select_related("quote").order_by("pk")
    ]


def invoices_of(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    issued = Invoice.objects.filter(contact__in=cards).order_by("pk")
    return [
        {"numero": each.number, "emise_le": each.issued_on.isoformat(), "destinataire": each.buyer}
        for each in issued
    ]


def terminations_of(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    received = Termination.objects.filter(email__in=cards.values("email")).order_by("pk")
    return [
        {
            "structure": each.organization,
            "adresse_electronique": each.email,
            "contrat": each.contract,
            "motif": each.reason,
            "recue_le": each.received_at.isoformat(),
        }
        for each in received
    ]
