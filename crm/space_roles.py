"""What each role may do in the association's space: the one table of rights.

                    accept   ask    see invoices   people
présidence            yes    yes        yes          yes
trésorerie            yes    yes        yes          yes
technique              –     yes         –            –
autre                  –     yes         –            –
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import Contact, SpaceRole


class Right(StrEnum):
    """Something that a person of the association may do."""

    ACCEPT = "accept"
    ASK = "ask"
    SEE_INVOICES = "see_invoices"
    PEOPLE = "people"


WORDS: dict[Right, Promise] = {
    Right.ACCEPT: _("accepter un devis"),
    Right.ASK: _("demander un changement, une aide, un devis"),
    Right.SEE_INVOICES: _("voir les factures, le budget et télécharger les données"),
    Right.PEOPLE: _("inviter et retirer des personnes"),
}

RIGHTS: dict[SpaceRole, frozenset[Right]] = {
    SpaceRole.PRESIDENT: frozenset(Right),
    SpaceRole.TREASURER: frozenset(Right),
    SpaceRole.TECHNICIAN: frozenset({Right.ASK}),
    SpaceRole.OTHER: frozenset({Right.ASK}),
}


def may(contact: Contact, right: Right) -> bool:
    """Whether a person may do this; somebody who left may do nothing."""
    return contact.left_at is None and right in RIGHTS[SpaceRole(contact.space_role)]


def roles_with(right: Right) -> list[SpaceRole]:
    """The roles that have a right, the president first."""
    return [role for role in SpaceRole if right in RIGHTS[role]]


def table() -> list[tuple[Promise, list[str]]]:
    """The same rules as a page prints them: each right with the roles that have it."""
    return [(WORDS[right], [str(role.label) for role in roles_with(right)]) for right in Right]
