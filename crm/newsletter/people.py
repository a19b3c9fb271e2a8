"""What the newsletter holds of a person: exported and erased with them (GDPR-06)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from crm.models import Contact, Subscriber
from crm.persons import register_chapter, register_eraser


def register() -> None:
    """Add our chapter, and what empties it."""
    register_chapter("lettre_d_information", _subscriptions)
    register_eraser(_forget)


def _of(cards: "QuerySet[Contact]") -> "QuerySet[Subscriber]":
    """The subscriptions of the addresses of these cards, at their hosters."""
    pairs = cards.order_by().values_list("organization__hoster_id", Lower("email"))
    told = Q(pk__in=[])
    for hoster, email in pairs:
        told |= Q(hoster_id=hoster, email=email)
    return Subscriber.objects.filter(told)


def _subscriptions(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "texte_lu": each.text,
            "recueilli_par": each.source,
            "preuve": each.proof,
            "demandee_le": each.asked_at.isoformat(),
            "confirmee_le": each.confirmed_at.isoformat() if each.confirmed_at else None,
            "arretee_le": each.left_at.isoformat() if each.left_at else None,
        }
        for each in _of(cards).order_by("pk")
    ]


def _forget(cards: "QuerySet[Contact]") -> None:
    _of(cards).delete()
