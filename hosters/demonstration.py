"""The staff of the demonstration hosters. Refused in production: these passwords are known to everybody."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hosters.models import Hoster, Membership, Role, User

PASSWORD = "chat-perche-12"  # noqa: S105 - printed at start, demonstration only
ROLES = {"equipe": Role.ADMIN, "accueil": Role.SALES, "compta": Role.ACCOUNTANT}


def create_staff(hoster: Hoster) -> list[tuple[User, str]]:
    """One person for each role, e-mail and password, created once.

    Raises:
        ImproperlyConfigured: on a production install.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("La démonstration ne se charge pas en production.")
    return [(_person(hoster, name, role), PASSWORD) for name, role in ROLES.items()]


def _person(hoster: Hoster, name: str, role: Role) -> User:
    email = f"{name}@{hoster.slug}.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, PASSWORD, name=name.capitalize()
    )
    Membership.objects.get_or_create(user=user, hoster=hoster, defaults={"role": role})
    return user
