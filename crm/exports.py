"""Organisations and their people as files that other programs read."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from crm import vcards
from crm.models import Contact, Organization
from crm.spreadsheets import write_csv
from crm.stages import stage_label
from hosters.models import Hoster


def organizations_csv(hoster: Hoster) -> Iterator[str]:
    """A line for each person, one for an organisation without any; the import reads it back (GDPR-06, 002-087)."""
    header = ["Structure", "RNA", "SIREN", "Rue", "Code postal", "Commune", "Étape", "Origine"]
    header += ["Nom", "Fonction", "E-mail", "Téléphone", "Dernier message"]
    organization = ["name", "rna", "siren", "street", "postcode", "town", "stage", "source"]
    person = ["name", "role", "email", "phone", "last_inbound_at", "erased_at"]
    rows = Organization.objects.filter(hoster=hoster).order_by("name", "pk", "contacts__pk")
    values = rows.values_list(*organization, *(f"contacts__{name}" for name in person))
    labels = {code: stage_label(code, hoster) for code in ("contact", "interest", "client")}

    def records() -> Iterator[list[object]]:
        yield [_(title) for title in header]
        for *told, stage, source, name, role, email, phone, last, erased in values.iterator(chunk_size=2000):
            day = timezone.localdate(last).strftime("%d/%m/%Y") if last else ""
            shown = ["", "", "", "", ""] if erased else [name, role, email, phone, day]
            yield [*told, labels[stage], source, *shown]

    return write_csv(records())


def contacts_vcard(hoster: Hoster) -> Iterator[str]:
    """Every person as a vCard 4.0, one after the other."""
    # Built now, inside the scope of the request; read later, while the file leaves.
    people = Contact.objects.filter(organization__hoster=hoster, erased_at=None)
    people = people.select_related("organization").order_by("pk")
    return (vcards.write(contact) for contact in people.iterator(chunk_size=2000))
