"""Columns computed from what was typed, so that search and duplicates are quick."""

from crm.folding import folded, name_key, territory_of
from crm.models import Organization

#: What `derive` writes; to be saved with whatever was typed.
DERIVED = ["folded", "name_key", "territory"]


def derive(organization: Organization) -> Organization:
    """Compute them again on the row in memory; the caller saves it."""
    said = (organization.name, organization.town, organization.rna, organization.siren)
    organization.folded = folded(" ".join(said))[:240]
    organization.name_key = name_key(organization.name)
    organization.territory = territory_of(organization.postcode, organization.country)
    return organization
