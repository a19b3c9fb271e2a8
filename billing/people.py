"""The people of an association: who enters its space, in which role, and who takes over when the board changes.

Links and sessions of somebody who was removed are dead at once: the row says when they left, and their links are
revoked. There is always one person left who may invite the others.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import AccessLink
from crm.models import Contact, Organization, SpaceRole
from crm.space_roles import Right, may, roles_with
from hosters.mail import queue_mail

MOST_PEOPLE = 20  # of one association: beyond, somebody plays with the form


class PeopleRefused(Exception):
    """The change would break a rule of the space; the message says which, in French."""


@dataclass(frozen=True)
class Invitation:
    """Somebody to let in."""

    name: str
    email: str
    space_role: SpaceRole


def people_of(organization: Organization) -> list[Contact]:
    """Who may enter the space, in the order they came."""
    return list(Contact.objects.current().filter(organization=organization).order_by("pk"))


@transaction.atomic
def invite(*, organization: Organization, invitation: Invitation) -> Contact:
    """Let somebody in, and send them their link. Inviting a person who is already there changes nothing.

    Raises:
        PeopleRefused: the association has too many people.
    """
    _lock(organization)
    current = Contact.objects.current().filter(organization=organization)
    if already := current.filter(email__iexact=invitation.email).first():
        return already
    if current.count() >= MOST_PEOPLE:
        raise PeopleRefused(
            _("Une association a %(most)s personnes au plus. Retirez d’abord quelqu’un.")
            % {"most": MOST_PEOPLE}
        )
    person = Contact.objects.create(
        organization=organization,
        name=invitation.name,
        email=invitation.email.lower(),
        role=invitation.space_role.label,
        space_role=invitation.space_role,
    )
    queue_mail(hoster=organization.hoster, kind="space_invited", to=person.email, reference=person.pk)
    return person


@transaction.atomic
def change_role(*, person: Contact, space_role: SpaceRole) -> None:
    """Give another role to a person who is there; links that let them accept die with the right to.

    Raises:
        PeopleRefused: nobody could invite anybody any more.
    """
    _lock(person.organization)
    lost = _rights_lost(person, space_role)
    if Right.PEOPLE in lost:
        _keep_somebody_in_charge(person)
    if Right.ACCEPT in lost:
        deciding = AccessLink.objects.filter(contact=person, purpose=AccessLink.Purpose.DECIDE_QUOTE)
        deciding.filter(revoked_at=None).update(revoked_at=timezone.now())
    Contact.objects.current().filter(pk=person.pk).update(space_role=space_role)


@transaction.atomic
def remove(*, person: Contact) -> None:
    """Close the space to a person: session, links and mails stop. What they signed keeps their name.

    Raises:
        PeopleRefused: they are the last one who may invite the others.
    """
    _lock(person.organization)
    if may(person, Right.PEOPLE):
        _keep_somebody_in_charge(person)
    _see_out(person)


@transaction.atomic
def hand_over(*, person: Contact, to: Invitation) -> Contact:
    """The board changes: somebody takes the place of a person, with their role, and this person leaves.

    Somebody who is there already keeps their name, and their own role unless the other one allows more.

    Raises:
        PeopleRefused: the successor is the same person, or the one who leaves was removed meanwhile.
    """
    _lock(person.organization)
    if not Contact.objects.current().filter(pk=person.pk).exists():
        raise PeopleRefused(_("Cette personne n’est plus dans l’espace."))
    if to.email.lower() == person.email.lower():
        raise PeopleRefused(_("Écrivez l’adresse de la personne qui prend la suite, pas la même."))
    successor = invite(organization=person.organization, invitation=to)
    if _rights_lost(person, SpaceRole(successor.space_role)):  # a president who helps out stays president
        Contact.objects.filter(pk=successor.pk).update(space_role=person.space_role)
    _see_out(person)
    successor.refresh_from_db()
    return successor


def reader_of_invoices(contact: Contact) -> Contact:
    """Who receives what was meant for a person: themselves, or once they left, somebody who may see invoices."""
    return _there_or_with(contact, Right.SEE_INVOICES)


def who_decides(contact: Contact) -> Contact:
    """Who hears of a quote made for a person: themselves, or once they left, somebody who may accept it."""
    return _there_or_with(contact, Right.ACCEPT)


def _there_or_with(contact: Contact, right: Right) -> Contact:
    if contact.left_at is None:
        return contact
    others = Contact.objects.current().filter(
        organization=contact.organization_id, space_role__in=roles_with(right)
    )
    others = others.select_related("organization__hoster")
    return others.order_by("-space_role", "pk").first() or contact  # the treasurer before the president


def _rights_lost(person: Contact, role: SpaceRole) -> set[Right]:
    return {right for right in Right if may(person, right) and role not in roles_with(right)}


def _keep_somebody_in_charge(person: Contact) -> None:
    others = Contact.objects.current().filter(
        organization=person.organization_id, space_role__in=roles_with(Right.PEOPLE)
    )
    if not others.exclude(pk=person.pk).exists():
        raise PeopleRefused(
            _("%(name)s est la dernière personne qui peut inviter les autres : passez d’abord la main.")
            % {"name": person.name}
        )


def _see_out(person: Contact) -> None:
    now = timezone.now()
    left = Contact.objects.current().filter(pk=person.pk).update(left_at=now)
    AccessLink.objects.filter(contact=person, revoked_at=None).update(revoked_at=now)
    if left:
        queue_mail(hoster=person.organization.hoster, kind="space_left", to=person.email, reference=person.pk)


def _lock(organization: Organization) -> None:
    """Two changes at once are done one after the other: the last person in charge stays."""
    Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
