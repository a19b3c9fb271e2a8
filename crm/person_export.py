"""Everything that we hold of a person, as a file that a machine reads too (GDPR article 15 and 20, GDPR-06)."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.models import Consent, Contact, Request
from crm.persons import cards_of, chapters
from hosters.models import Mail


def export_person(contact: Contact) -> dict[str, Any]:
    """The cards of a person and what hangs on them, in every app, as JSON values. Dates are ISO 8601, UTC."""
    hoster = contact.organization.hoster
    cards = cards_of(contact)
    mails = Mail.objects.filter(hoster=hoster, to__iexact=contact.email).order_by("pk")
    return {
        "responsable": {"nom": hoster.legal_name, "adresse_electronique": hoster.email},
        "exporte_le": timezone.now().isoformat(),
        "coordonnees": [_card(card) for card in cards.select_related("organization").order_by("pk")],
        "demandes": _requests(cards),
        "bases_de_contact": _consents(cards),
        "courriels": [
            {"nature": mail.kind, "cree_le": mail.created_at.isoformat(), "envoye_le": _instant(mail.sent_at)}
            for mail in mails
        ],
        **{name: chapter(cards) for name, chapter in chapters()},
    }


def _card(card: Contact) -> dict[str, Any]:
    organization = card.organization
    return {
        "nom": card.name,
        "adresse_electronique": card.email,
        "telephone": card.phone,
        "fonction": card.role,
        "structure": organization.name,
        "adresse_de_la_structure": organization.address_lines(),
        "origine": organization.source,
        "connue_depuis": card.created_at.isoformat(),
        "dernier_message_de_sa_part": _instant(card.last_inbound_at),
    }


def _requests(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "nature": request.get_kind_display(),
            "objet": request.subject,
            "message": request.message,
            "telephone": request.phone,
            "reponses": request.details,
            "besoin_reformule": request.need_statement,
            "besoin_confirme_le": _instant(request.need_confirmed_at),
            "besoin_corrige": request.need_correction,
            "recue_le": request.created_at.isoformat(),
            "traitee_le": _instant(request.handled_at),
        }
        for request in Request.objects.filter(contact__in=cards).order_by("pk")
    ]


def _consents(cards: "QuerySet[Contact]") -> list[dict[str, Any]]:
    return [
        {
            "finalite": consent.get_purpose_display(),
            "base_legale": consent.get_basis_display(),
            "accord": consent.granted,
            "recueilli_par": consent.source,
            "texte_lu": consent.text,
            "preuve": consent.proof,
            "le": consent.given_at.isoformat(),
        }
        for consent in Consent.objects.filter(contact__in=cards).order_by("pk")
    ]


def _instant(value: Any) -> str | None:
    return value.isoformat() if value else None
