"""Whose address it is: of the structure, of a function, or of somebody at home (GDPR-01 to GDPR-03, C4)."""

import re

from django.utils.translation import gettext as _

from crm.folding import SHARED_DOMAINS
from crm.models import AddressKind, Contact

# fmt: off
#: What stands before the @ when nobody in particular reads the mail. « presidente@ » is somebody.
GENERIC = {
    "accueil", "administration", "admin", "adherents", "adhesion", "asso", "association", "bonjour",
    "bureau", "collectif", "com", "communication", "compta", "comptabilite", "contact", "coordination",
    "cotisations", "dons", "equipe", "evenements", "gestion", "hello", "info", "infos", "informations",
    "inscriptions", "mairie", "mail", "presse", "secretariat", "siege", "support", "webmaster",
}
# fmt: on


def kind_of(contact: Contact) -> AddressKind:
    """What staff said of the address, or the guess."""
    return AddressKind(contact.address_kind) if contact.address_kind else guess_kind(contact.email)


def kind_label(contact: Contact) -> str:
    """The kind in French, with « (deviné) » as long as staff said nothing."""
    label = str(kind_of(contact).label)
    return label if contact.address_kind else _("%(kind)s (deviné)") % {"kind": label}


def guess_kind(address: str) -> AddressKind:
    """The most cautious kind that the address allows.

    A mailbox of a public provider is somebody's, even « asso.machin@gmail.com »: staff may say otherwise.
    """
    local, _at, domain = address.casefold().partition("@")
    if domain in SHARED_DOMAINS:
        return AddressKind.PERSONAL
    words = re.split(r"[._\-+\d]+", local)
    return AddressKind.GENERIC if words[0] in GENERIC else AddressKind.NOMINATIVE
