"""Staff, logo, texts and stories of the demonstration. Refused in production: everybody knows these passwords."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django_scopes import scope

from hosters.models import Hoster, Role, TermsKind, User
from hosters.staff import add_staff
from hosters.terms import current_terms, digest, publish_terms, save_draft, starting_text

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


#: What upper apps add to the demonstration of a hoster: people, documents. Doing it twice changes nothing.
Story = Callable[[Hoster], None]
_stories: list[Story] = []


def register_story(story: Story) -> None:
    """Add a story to the demonstration. Called in `ready()`."""
    _stories.append(story)


#: What fills a new hoster on the model of another, for measures: hoster, model, staff who did it, scale.
Crowd = Callable[[Hoster, Hoster, User, Decimal], None]
_crowds: list[Crowd] = []


def register_crowd(crowd: Crowd) -> None:
    """Add rows to the volume of the demonstration. Called in `ready()`."""
    _crowds.append(crowd)


def gather_crowd(hoster: Hoster, *, like: Hoster, by: User, scale: Decimal) -> None:
    """Fill a new hoster with `scale` times what ten years of success leave.

    Raises:
        ImproperlyConfigured: on a production install.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("La démonstration ne se charge pas en production.")
    for crowd in _crowds:
        crowd(hoster, like, by, scale)


def tell_stories(hoster: Hoster) -> None:
    """The texts shipped, published, then everything that upper apps show with this hoster.

    Raises:
        ImproperlyConfigured: on a production install.
    """
    if settings.PRODUCTION:
        raise ImproperlyConfigured("La démonstration ne se charge pas en production.")
    with scope(hoster=hoster):
        _publish_texts(hoster)
        for story in _stories:
            story(hoster)


def _publish_texts(hoster: Hoster) -> None:
    published = current_terms(hoster)
    for kind in TermsKind:
        if kind not in published:
            draft = save_draft(hoster=hoster, kind=kind, text=starting_text(hoster, kind))
            publish_terms(hoster=hoster, kind=kind, read=digest(draft.text), by=None)
