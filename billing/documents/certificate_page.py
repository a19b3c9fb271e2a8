"""What the template of a certificate of erasure shows (CON-08, CON-13)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.documents.wording import day, unbroken
from billing.models import Departure


@dataclass(frozen=True)
class CertificatePage:
    seller_mentions: list[str]
    buyer_mentions: list[str]
    statement: str
    facts: list[tuple[str, str]]
    kept: str


def certificate_page(departure: Departure) -> CertificatePage:
    """The page of an erasure that was recorded."""
    assert departure.erased_on is not None  # a certificate is of something done
    quote = departure.end.subscription.quote
    told = {"seller": quote.seller["name"], "buyer": quote.buyer["name"], "day": day(departure.erased_on)}
    return CertificatePage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        buyer_mentions=unbroken(quote.buyer["mentions"]),
        statement=_(
            "%(seller)s certifie que les données confiées par %(buyer)s pour ce contrat ont été effacées le %(day)s, "
            "de ses serveurs et de ses sauvegardes, et qu’elle n’en garde aucune copie."
        )
        % told,
        facts=_facts(departure),
        kept=_(
            "Restent seulement ce que la loi oblige à garder : les factures et leurs paiements dix ans (code de "
            "commerce, article L123-22), l’identité de qui a conclu le contrat cinq ans après sa fin (décret "
            "2021-1362), et la preuve de ce qui a été convenu."
        ),
    )


def _facts(departure: Departure) -> list[tuple[str, str]]:
    quote, end = departure.end.subscription.quote, departure.end
    found = [
        (_("Contrat"), quote.number),
        (_("Offre"), quote.promise["offer"]),
        (_("Dernier jour du service"), day(end.ends_on)),
        (_("Données à disposition jusqu’au"), day(departure.retrieval_until)),
        (_("Ce qui est effacé"), departure.erased_what),
    ]
    if departure.erased_by:
        found.append((_("Effacement fait par"), departure.erased_by.name))
    return found
