"""The people who work for a hoster."""

from django.db import transaction

from hosters.models import Hoster, Membership, Role, User


@transaction.atomic
def add_staff(*, hoster: Hoster, email: str, password: str, role: Role, name: str = "") -> User:
    """Give a person a role at a hoster; an account that exists keeps its password."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(
        email, password, name=name
    )
    Membership.objects.update_or_create(user=user, hoster=hoster, defaults={"role": role})
    return user
