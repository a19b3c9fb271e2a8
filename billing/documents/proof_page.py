"""What the template of a proof of acceptance shows: the whole evidence on one sheet (DEV-04)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.documents.contract_page import consent
from billing.documents.wording import moment, unbroken
from billing.models import Acceptance


@dataclass(frozen=True)
class Sealed:
    """A file or a text with its SHA-256, cut into groups that can be read aloud."""

    title: str
    sha256: str


@dataclass(frozen=True)
class ProofPage:
    seller_mentions: list[str]
    buyer_mentions: list[str]
    when: str
    consent: str
    address: str
    facts: list[tuple[str, str]]
    sealed: list[Sealed]


def proof_page(acceptance: Acceptance) -> ProofPage:
    """The page of an acceptance that was recorded."""
    quote = acceptance.quote
    return ProofPage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        buyer_mentions=unbroken(quote.buyer["mentions"]),
        when=moment(acceptance.accepted_at),
        consent=consent(acceptance),
        address=_address(acceptance),
        facts=_facts(acceptance),
        sealed=_sealed(acceptance),
    )


def _address(acceptance: Acceptance) -> str:
    if acceptance.proved:
        return _(
            "L’adresse %(email)s est prouvée : le lien secret qui permet d’accepter n’a été envoyé qu’à elle."
        ) % {"email": acceptance.email}
    assert acceptance.recorded_by is not None
    return _(
        "Le papier signé a été enregistré par %(staff)s. L’accusé de réception est parti à %(email)s."
    ) % {"staff": acceptance.recorded_by, "email": acceptance.email}


def _facts(acceptance: Acceptance) -> list[tuple[str, str]]:
    quote = acceptance.quote
    facts = [
        (_("Devis"), quote.number),
        (_("Offre"), quote.promise["offer"]),
        (_("Pour"), quote.buyer["name"]),
        (_("Personne mandatée"), f"{acceptance.name}, {acceptance.role}"),
        (_("Nature"), str(acceptance.get_kind_display())),
        (_("Date et heure"), moment(acceptance.accepted_at)),
    ]
    if acceptance.purpose:
        facts.append((_("Usage déclaré"), str(acceptance.get_purpose_display())))
    return facts


def _sealed(acceptance: Acceptance) -> list[Sealed]:
    found = [Sealed(_("PDF du devis accepté"), acceptance.document_sha256)]
    if hasattr(acceptance, "scan"):
        found.append(Sealed(_("Fichier signé reçu"), acceptance.scan.sha256))
    if conditions := acceptance.conditions:
        found += [Sealed(each["title"], each["sha256"]) for each in conditions.terms]
        found.append(Sealed(_("Textes et clauses, ensemble"), conditions.sha256))
    return found
