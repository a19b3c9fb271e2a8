"""Organisations and their people: found again, or created."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.derived import DERIVED, derive
from crm.models import Consent, Contact, Organization, StageChange
from hosters.models import Hoster


@dataclass(frozen=True)
class OrganizationDetails:
    """What a form said of an organisation, cleaned."""

    name: str
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "FR"
    rna: str = ""
    siren: str = ""


@dataclass(frozen=True)
class PersonDetails:
    """What a form said of a person, cleaned, and the notice that this person read."""

    name: str
    email: str
    phone: str = ""
    role: str = ""
    notice: str = field(default="", kw_only=True)


@transaction.atomic
def welcome(
    *, hoster: Hoster, organization: OrganizationDetails, person: PersonDetails, source: str = ""
) -> Contact:
    """The contact who wrote to us, with its organisation; both are created at the first visit.

    A form proves nothing: somebody who types the SIREN of another association must not enter its space. So an
    organisation is found again only through a person already known there by this same e-mail address, which alone
    receives the links. Possible duplicates are for staff to merge.
    """
    contact = _known(hoster, organization, person) or _create(hoster, organization, person, source)
    _complete(contact.organization, organization)
    contact.last_inbound_at = timezone.now()
    contact.save(update_fields=["last_inbound_at"])
    Organization.objects.filter(pk=contact.organization_id).update(knowing_at=contact.last_inbound_at)
    Consent.objects.create(
        contact=contact,
        purpose=Consent.Purpose.ANSWER,
        basis=Consent.Basis.PRECONTRACT,
        source=str(_("formulaire public")),
        text=person.notice,
    )
    return contact


@transaction.atomic
def introduce(*, organization: Organization, name: str, role: str, email: str, source: str) -> Contact:
    """A person whom somebody of the association named: found again by e-mail address there, or created.

    What is known of a person is not overwritten by what another one says.
    """
    there = Contact.objects.current().filter(organization=organization, email__iexact=email)
    known = there.order_by("pk").first()
    contact = known or Contact.objects.create(
        organization=organization, name=name, role=role, email=email.lower()
    )
    if not known:
        Consent.objects.create(
            contact=contact,
            purpose=Consent.Purpose.ANSWER,
            basis=Consent.Basis.PRECONTRACT,
            source=source[:80],
            text=str(_("Personne désignée par son association pour accepter un devis.")),
        )
    return contact


@transaction.atomic
def enter_contact(*, hoster: Hoster, organization: OrganizationDetails, person: PersonDetails) -> Contact:
    """A person that staff met: found again by their address in the same organisation, or created."""
    contact = _known(hoster, organization, person) or _create(
        hoster, organization, person, str(_("saisie par l’équipe"))
    )
    _complete(contact.organization, organization)
    return contact


def _known(hoster: Hoster, organization: OrganizationDetails, person: PersonDetails) -> Contact | None:
    acquaintances = Contact.objects.current().filter(organization__hoster=hoster, email__iexact=person.email)
    for contact in acquaintances.select_related("organization").order_by("pk"):
        if _same(contact.organization, organization):
            return contact
    return None


def _same(known: Organization, told: OrganizationDetails) -> bool:
    if told.siren and known.siren:
        return told.siren == known.siren
    if told.rna and known.rna:
        return told.rna == known.rna
    return told.name.casefold() == known.name.casefold()


def choose_fiscal_year(*, organization: Organization, first_month: int) -> None:
    """In which month (1 to 12) the accounts of an association begin: its invoices are put together accordingly."""
    Organization.objects.filter(pk=organization.pk).update(fiscal_year_start=first_month)


def _complete(known: Organization, told: OrganizationDetails) -> None:
    """Somebody who first asked a question gives an address later; one that is known is never overwritten."""
    if not known.street and told.street:
        known.street, known.postcode, known.town, known.country = (
            told.street,
            told.postcode,
            told.town,
            told.country,
        )
        derive(known).save(update_fields=["street", "postcode", "town", "country", *DERIVED])


def _create(hoster: Hoster, organization: OrganizationDetails, person: PersonDetails, source: str) -> Contact:
    created = Organization(
        hoster=hoster,
        name=organization.name,
        street=organization.street,
        postcode=organization.postcode,
        town=organization.town,
        country=organization.country,
        rna=organization.rna,
        siren=organization.siren,
        source=source,
    )
    derive(created).save()
    StageChange.objects.create(
        organization=created, after=created.stage, evidence=str(_("premières coordonnées laissées"))
    )
    return Contact.objects.create(
        organization=created,
        name=person.name,
        email=person.email.lower(),
        phone=person.phone,
        role=person.role,
    )
