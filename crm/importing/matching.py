"""Whether the organisation and the person of a line are known already."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models.functions import Lower

from crm.importing.rows import Row
from crm.models import Contact, Organization
from crm.suppression import suppressed_among
from hosters.models import Hoster


@dataclass
class Known:
    """What we already have that some lines may be about: read in four queries, completed as lines are written."""

    contacts: dict[str, list[Contact]] = field(default_factory=dict)
    organizations: dict[tuple[str, str], list[Organization]] = field(default_factory=dict)
    suppressed: set[str] = field(default_factory=set)

    def contact_of(self, row: Row) -> Contact | None:
        """The same address in the same organisation."""
        for contact in self.contacts.get(row.email, []):
            if _same(contact.organization, row.organization):
                return contact
        return None

    def organization_of(self, row: Row) -> Organization | None:
        """The oldest that is the same, under its numbers or its name."""
        near = [each for key in _keys(row.organization) for each in self.organizations.get(key, [])]
        return next((each for each in near if _same(each, row.organization)), None)

    def add(self, organization: Organization, contact: Contact | None) -> None:
        told = {name: getattr(organization, name) for name in ("siren", "rna", "name")}
        for key in _keys(told):
            same_key = self.organizations.setdefault(key, [])
            if organization not in same_key:
                same_key.append(organization)
        if contact:
            self.contacts.setdefault(contact.email.lower(), []).append(contact)


def known_among(hoster: Hoster, rows: Iterable[Row]) -> Known:
    """What is known of these lines."""
    rows = list(rows)
    emails = {row.email for row in rows if row.email}
    known = Known(suppressed=suppressed_among(hoster, emails))
    people = Contact.objects.filter(organization__hoster=hoster, erased_at=None).alias(lower=Lower("email"))
    for contact in people.filter(lower__in=emails).select_related("organization").order_by("pk"):
        known.contacts.setdefault(contact.email.lower(), []).append(contact)
    names = {row.organization["name"] for row in rows}
    spellings = names | {name.lower() for name in names} | {name.upper() for name in names}
    ours = Organization.objects.filter(hoster=hoster).order_by("pk")
    for column, values in (
        ("siren", {row.organization["siren"] for row in rows} - {""}),
        ("rna", {row.organization["rna"] for row in rows} - {""}),
        ("name", spellings),
    ):
        for organization in ours.filter(**{f"{column}__in": values}):
            known.add(organization, None)
    return known


def _keys(told: dict[str, str]) -> list[tuple[str, str]]:
    """Under what an organisation is looked for."""
    return [(name, told[name].casefold()) for name in ("siren", "rna", "name") if told[name]]


def _same(known: Organization, told: dict[str, str]) -> bool:
    """By an official number when both have one, else by name and, when both are said, by postcode."""
    for name in ("siren", "rna"):
        if told[name] and getattr(known, name):
            return bool(told[name] == getattr(known, name))
    if known.name.casefold() != told["name"].casefold():
        return False
    return not (told["postcode"] and known.postcode) or told["postcode"] == known.postcode
