"""What we hold of a person here: exported with them, emptied with them (GDPR-05, GDPR-06)."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.models import Contact, Letter
from crm.persons import register_chapter, register_eraser


def register() -> None:
    """Add our chapter, and what empties it."""
    register_chapter("courriels_ecrits_par_l_equipe", _letters)
    register_eraser(_forget)


def _letters(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "pour": each.get_purpose_display(),
            "ce_qui_l_autorise": each.basis,
            "objet": each.subject,
            "texte": each.body,
            "ecrit_le": each.created_at.isoformat(),
        }
        for each in Letter.objects.filter(contact__in=cards).order_by("pk")
    ]


def _forget(cards: "QuerySet[Contact]") -> None:
    Letter.objects.filter(contact__in=cards).update(subject=_("Texte effacé"), body="")
