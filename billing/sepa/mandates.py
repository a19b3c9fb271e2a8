"""Mandates of direct debit: signed in the space or on paper, revoked, never edited (SEP-01)."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum import iban as iban_number

from billing.models import DebitOrder, SepaMandate
from crm.models import Contact, Organization
from hosters.models import Hoster, User

LONGEST_RUM = 35


class MandateRefused(Exception):
    """The mandate cannot be signed or used; the message says why, in French."""


@dataclass(frozen=True)
class Debtor:
    """Whose account is debited, with a structured address (SEP-04)."""

    name: str
    street: str
    postcode: str
    town: str
    country: str


@dataclass(frozen=True)
class Signed:
    """What somebody signed, and how we know it. `proof` says when and where it was signed, or where the paper is."""

    debtor: Debtor
    iban: str
    signatory: str
    role: str
    place: str
    signed_on: date
    origin: str
    proof: dict[str, str]
    contact: Contact | None = None
    recorded_by: User | None = None


def creditor_of(hoster: Hoster) -> dict[str, Any]:
    """Who collects, as the mandate names it."""
    return {
        "name": hoster.legal_name,
        "ics": hoster.sepa_ics,
        "lines": hoster.address_lines(),
    }


def statement_for(hoster: Hoster) -> str:
    """The authorisation that the rulebook imposes, with the right to be paid back."""
    return _(
        "En signant ce mandat, vous autorisez %(creditor)s à envoyer des instructions à votre banque pour débiter "
        "votre compte, et votre banque à débiter votre compte conformément aux instructions de %(creditor)s. Vous "
        "bénéficiez du droit d’être remboursé par votre banque selon les conditions décrites dans la convention "
        "que vous avez passée avec elle. Une demande de remboursement doit être présentée dans les huit semaines "
        "suivant la date de débit de votre compte pour un prélèvement autorisé, et sans tarder, au plus tard dans "
        "les treize mois, pour un prélèvement non autorisé."
    ) % {"creditor": hoster.legal_name}


@transaction.atomic
def sign_mandate(*, organization: Organization, signed: Signed) -> SepaMandate:
    """Keep a signed mandate; the former ones of the association are revoked.

    Raises:
        MandateRefused: the hoster has no creditor identifier, or the account cannot be debited.
    """
    hoster = organization.hoster
    if not hoster.sepa_ics:
        raise MandateRefused(
            _("Il manque l’identifiant créancier SEPA (ICS) dans les réglages de facturation.")
        )
    if not iban_number.is_valid(signed.iban):
        raise MandateRefused(_("Cet IBAN n’est pas valable."))
    held = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    for former in SepaMandate.objects.filter(organization=held, revoked_at=None):
        revoke_mandate(mandate=former, reason=_("remplacé par un nouveau mandat"))
    statement = statement_for(hoster)
    digest = hashlib.sha256(statement.encode()).hexdigest()
    return SepaMandate.objects.create(
        hoster=hoster,
        organization=held,
        rum=_next_rum(held),
        creditor=creditor_of(hoster),
        debtor=asdict(signed.debtor),
        iban=iban_number.compact(signed.iban),
        origin=signed.origin,
        signed_on=signed.signed_on,
        place=signed.place,
        signatory=signed.signatory,
        role=signed.role,
        statement=statement,
        proof=signed.proof | {"sha256": digest},
        contact=signed.contact,
        recorded_by=signed.recorded_by,
    )


@transaction.atomic
def revoke_mandate(*, mandate: SepaMandate, reason: str) -> None:
    """No debit is announced or sent on it any more; those that the bank has already stay. Twice is harmless."""
    if mandate.revoked_at is not None:
        return
    mandate.revoked_at, mandate.revoked_reason = timezone.now(), reason[:200]
    mandate.save(update_fields=["revoked_at", "revoked_reason"])
    announced = DebitOrder.objects.filter(mandate=mandate, state=DebitOrder.State.ANNOUNCED)
    announced.update(state=DebitOrder.State.CANCELLED, reason=_("mandat révoqué"))


def mandate_of(organization: Organization, *, on: date | None = None) -> SepaMandate | None:
    """The mandate that may be used on a day (today by default): the last one signed, neither revoked nor lapsed."""
    day = on or timezone.localdate()
    rows = SepaMandate.objects.filter(organization=organization).usable(day)
    return rows.order_by("-signed_on", "-pk").first()


def _next_rum(organization: Organization) -> str:
    """The organisation and a rank, in the characters that every bank takes (SEP-01)."""
    prefix = f"MANDAT-{organization.hoster_id}-{organization.pk}"
    rank = SepaMandate.objects.filter(hoster=organization.hoster, rum__startswith=f"{prefix}-").count() + 1
    return f"{prefix}-{rank}"[:LONGEST_RUM]
