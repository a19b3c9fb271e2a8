"""Who the client is before the law: what decides its sentences and its way (INV-13, EIN-03)."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from crm.models import Organization
from crm.models.profile import LegalForm


class Profile(StrEnum):
    """`ASSOCIATION` is the protective default: a body that does not act for a business (CON-01)."""

    ASSOCIATION = "association"
    COMPANY = "entreprise"
    PUBLIC = "administration"
    PERSON = "particulier"


PROFILE_LABELS = {
    Profile.ASSOCIATION: _("association, non professionnelle"),
    Profile.COMPANY: _("entreprise"),
    Profile.PUBLIC: _("administration"),
    Profile.PERSON: _("particulier"),
}


class Zone(StrEnum):
    """Where the client is, as VAT sees it."""

    FRANCE = "france"
    UNION = "union"
    ELSEWHERE = "ailleurs"


#: Member states but France, ISO 3166-1 (directive 2006/112/CE, article 5; Greece is GR in an address).
UNION = frozenset(
    [
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    ]
)
#: A group without statutes is no legal person: whoever signs buys for themselves.
PROFILES = {
    LegalForm.COMPANY: Profile.COMPANY,
    LegalForm.COOPERATIVE: Profile.COMPANY,
    LegalForm.PUBLIC: Profile.PUBLIC,
    LegalForm.INFORMAL: Profile.PERSON,
    LegalForm.PERSON: Profile.PERSON,
}


def profile_of(organization: Organization) -> Profile:
    """Its profile, from its legal form."""
    return (
        PROFILES.get(LegalForm(organization.legal_form), Profile.ASSOCIATION)
        if (organization.legal_form)
        else Profile.ASSOCIATION
    )


def zone_of(country: str) -> Zone:
    """The zone of a country code."""
    if country == "FR":
        return Zone.FRANCE
    return Zone.UNION if country in UNION else Zone.ELSEWHERE
