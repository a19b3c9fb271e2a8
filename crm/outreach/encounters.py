"""Coordinates taken at an event, with the text that the person read and what they agreed to (002-185, GDPR-02)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from crm.consent import record_consent
from crm.models import Consent, Contact, Encounter, Organization
from crm.records import keep_contact, keep_organization
from hosters.models import User
from pricing.dates import date_format


@dataclass(frozen=True)
class Met:
    """Who was met and what they ticked; `paper`: on a sheet, which somebody keeps."""

    organization: str
    name: str
    email: str
    role: str
    offers: bool
    newsletter: bool
    paper: bool
    town: str = ""


@transaction.atomic
def take(*, encounter: Encounter, met: Met, by: User) -> Contact:
    """Keep a person met at an event: found again by their address, or created; what they ticked is their agreement.

    Nothing ticked is nothing agreed: the address then only serves to answer (004-007).
    """
    contact = _known(encounter, met) or _new(encounter, met, by)
    day = date_format(encounter.on, "j F Y")
    source = f"{encounter.name}, {day}"
    proof = _("feuille papier gardée par l’équipe") if met.paper else _("saisi sur place avec la personne")
    said = {Consent.Purpose.PROSPECTING: met.offers, Consent.Purpose.NEWSLETTER: met.newsletter}
    for purpose, agreed in said.items():
        if agreed:
            record_consent(
                contact=contact,
                purpose=purpose,
                basis=Consent.Basis.CONSENT,
                source=source,
                text=encounter.text,
                proof=proof,
                by=by,
            )
    return contact


def _known(encounter: Encounter, met: Met) -> Contact | None:
    rows = Contact.objects.current().filter(
        organization__hoster=encounter.hoster, email__iexact=met.email, erased_at=None
    )
    return rows.select_related("organization__hoster").order_by("pk").first()


def _new(encounter: Encounter, met: Met, by: User) -> Contact:
    told = Organization(
        hoster=encounter.hoster, name=met.organization, town=met.town, source=encounter.code, owner=by
    )
    home = keep_organization(organization=told, tags=[], by=by)
    return keep_contact(
        contact=Contact(
            organization=home, name=met.name, email=met.email, role=met.role, met_through=encounter.code
        )
    )
