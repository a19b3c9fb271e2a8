"""The people who work for a hoster: who comes in, in what role, and who leaves."""

from django.db import transaction
from django.utils.translation import gettext as _

from hosters.mail import queue_mail
from hosters.models import Hoster, Membership, Role, User
from hosters.setting_changes import record_change


class AlreadyThere(Exception):
    """This person is of the team already."""


class LastManager(Exception):
    """Without this person nobody could change the settings of the hoster any more."""


@transaction.atomic
def add_staff(*, hoster: Hoster, email: str, password: str, role: Role, name: str = "") -> User:
    """Give a person a role at a hoster; an account that exists keeps its password."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(
        email, password, name=name
    )
    Membership.objects.update_or_create(user=user, hoster=hoster, defaults={"role": role})
    return user


@transaction.atomic
def invite(*, hoster: Hoster, email: str, name: str, role: Role, by: User) -> User:
    """Open a place in the team and mail its link: a new account has no password until the person chooses one.

    Raises:
        AlreadyThere: nothing was changed.
    """
    address = email.lower()
    user = User.objects.filter(email=address).first() or User.objects.create_user(address, name=name)
    _place, created = Membership.objects.get_or_create(user=user, hoster=hoster, defaults={"role": role})
    if not created:
        raise AlreadyThere
    queue_mail(hoster=hoster, kind="staff_invited", to=user.email, reference=user.pk)
    told = _("%(person)s invité·e comme : %(role)s") % {"person": address, "role": role.label}
    record_change(hoster=hoster, by=by, section=_("Personnes de l’équipe"), what=told)
    return user


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> None:
    """Another role for a person.

    Raises:
        LastManager: nothing was changed.
    """
    if role != Role.ADMIN:
        _refuse_last(membership)
    before = membership.get_role_display()
    Membership.objects.filter(pk=membership.pk).update(role=role)
    told = _("Rôle de %(person)s") % {"person": membership.user.email}
    _recorded(membership, by, told, before, str(role.label))


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """The person does not come in any more, at once; what they did keeps their name.

    Raises:
        LastManager: nothing was changed.
    """
    _refuse_last(membership)
    before = membership.get_role_display()
    told = _("%(person)s retiré·e de l’équipe") % {"person": membership.user.email}
    _recorded(membership, by, told, before, "")
    Membership.objects.filter(pk=membership.pk).delete()


def _refuse_last(membership: Membership) -> None:
    """Managers are locked in the order of their keys: two who remove each other at once wait for each other."""
    managers = Membership.objects.select_for_update(of=("self",)).filter(
        hoster=membership.hoster, role=Role.ADMIN, user__is_active=True
    )
    if {each.pk for each in managers.order_by("pk")} == {membership.pk}:
        raise LastManager


def _recorded(membership: Membership, by: User, what: str, before: str, after: str) -> None:
    record_change(
        hoster=membership.hoster,
        by=by,
        section=_("Personnes de l’équipe"),
        what=what,
        before=before,
        after=after,
    )
