"""Staff and logo of the demonstration hosters. Refused in production: these passwords are known to everybody."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from hosters.models import Hoster, Role, User
from hosters.staff import add_staff

PASSWORD = "chat-perche-12"  # noqa: S105 - printed at start, demonstration only
ROLES = {
    "equipe": (Role.ADMIN, "Équipe"),
    "accueil": (Role.SALES, "Accueil"),
    "compta": (Role.ACCOUNTANT, "Comptabilité"),
}


def create_staff(hoster: Hoster) -> list[tuple[User, str]]:
    """One person for each role, e-mail and password, created once.

    Raises:
        ImproperlyConfigured: on a production install.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("La démonstration ne se charge pas en production.")
    return [
        (
            add_staff(
                hoster=hoster,
                email=f"{name}@{hoster.slug}.example",
                password=PASSWORD,
                role=role,
                name=shown,
            ),
            PASSWORD,
        )
        for name, (role, shown) in ROLES.items()
    ]


def give_logo(hoster: Hoster, path: Path) -> None:
    """The logo shipped for a hoster, once; nothing for those who have none."""
    if not hoster.logo and path.exists():
        hoster.logo.save(path.name, ContentFile(path.read_bytes()))
