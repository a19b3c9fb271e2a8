"""The two parties of a document, copied at issue and never read again from the living rows (INV-10)."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from billing.invoicing.profiles import profile_of
from crm.models import Contact, Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.legal_identity import identifiers, seller_mentions
from hosters.models import Hoster
from hosters.models.address import address_lines
from hosters.promise import continuity_words

DELIVERY = ("delivery_street", "delivery_postcode", "delivery_town")


@dataclass(frozen=True)
class Party:
    """Who sells or who buys, as printed. `mentions` are identity lines that the law asks (DEV-02); `delivery_*` is
    where goods go when it is elsewhere (INV-15); `is_example`: what this seller writes commits nobody (NUM-03)."""

    name: str
    address: list[str]
    mentions: list[str]
    email: str = ""
    phone: str = ""
    person: str = ""
    siren: str = ""
    siret: str = ""
    service_code: str = ""
    rna: str = ""
    vat_number: str = ""
    profile: str = ""
    postcode: str = ""
    town: str = ""
    street: str = ""
    country: str = "FR"
    iban: str = ""
    account_holder: str = ""
    hours: str = ""
    payment_days: int = 0
    area: str = ""
    continuity: str = ""
    why_paid: str = ""
    delivery_street: str = ""
    delivery_postcode: str = ""
    delivery_town: str = ""
    is_example: bool = False

    def to_json(self) -> dict[str, object]:
        return asdict(self)


def seller_of(hoster: Hoster) -> Party:
    """The hoster as it is today."""
    return Party(
        name=hoster.legal_name,
        address=hoster.address_lines(),
        mentions=seller_mentions(hoster),
        email=hoster.email,
        phone=hoster.phone,
        person=hoster.contact_person,
        siren=hoster.siren,
        rna=hoster.rna,
        vat_number=hoster.vat_number if hoster.charges_vat else "",
        street=hoster.street,
        postcode=hoster.postcode,
        town=hoster.town,
        country=hoster.country,
        iban=hoster.iban,
        account_holder=hoster.account_holder or hoster.legal_name,
        hours=hoster.contact_hours,
        payment_days=hoster.payment_days,
        area=hoster.area_served,
        continuity=continuity_words(hoster),
        why_paid=hoster.why_paid,
        is_example=hoster.is_example,
    )


def buyer_of(details: OrganizationDetails, person: PersonDetails) -> Party:
    """The organisation and the person as the form told them.

    Never as we know them: whoever types somebody's e-mail address reads the quote at once, and must not learn more.
    """
    return Party(
        name=details.name,
        address=address_lines(details.street, details.postcode, details.town, details.country),
        mentions=identifiers(details.siren, details.rna),
        email=person.email.lower(),
        phone=person.phone,
        person=person.name,
        siren=details.siren,
        rna=details.rna,
        street=details.street,
        postcode=details.postcode,
        town=details.town,
        country=details.country,
    )


def buyer_of_organization(organization: Organization, contact: Contact) -> Party:
    """A client as we know it today, for an invoice that no quote precedes."""
    return Party(
        name=organization.name,
        address=address_lines(
            organization.street, organization.postcode, organization.town, organization.country
        ),
        mentions=_buyer_mentions(_numbers_of(organization)),
        email=contact.email,
        phone=contact.phone,
        person=contact.name,
        siren=organization.siren,
        siret=organization.siret,
        service_code=organization.service_code,
        rna=organization.rna,
        vat_number=organization.vat_number,
        profile=profile_of(organization).value,
        delivery_street=organization.delivery_street,
        delivery_postcode=organization.delivery_postcode,
        delivery_town=organization.delivery_town,
        street=organization.street,
        postcode=organization.postcode,
        town=organization.town,
        country=organization.country,
    )


def completed(buyer: dict[str, Any], organization: Organization) -> dict[str, Any]:
    """The buyer of an accepted quote, with the identifiers that were learnt since: a law may want them (INV-15)."""
    numbers = {name: buyer.get(name) or known for name, known in _numbers_of(organization).items()}
    mentions = {"mentions": _buyer_mentions(numbers), "profile": profile_of(organization).value}
    return buyer | numbers | mentions | {name: getattr(organization, name) for name in DELIVERY}


def _numbers_of(organization: Organization) -> dict[str, str]:
    """What a buyer is known by, and the service of a public body that the invoice is for (EIN-12)."""
    names = ("siren", "siret", "rna", "vat_number", "service_code")
    return {name: getattr(organization, name) for name in names}


def _buyer_mentions(numbers: dict[str, str]) -> list[str]:
    lines = identifiers(numbers["siren"], numbers["rna"])
    if numbers["vat_number"]:
        lines.append(_("TVA %(number)s") % {"number": numbers["vat_number"]})
    if numbers["service_code"]:
        lines.append(_("Code service %(code)s") % {"code": numbers["service_code"]})
    return lines
