"""A new hoster on this install, with the person who will run it."""

from collections.abc import Callable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django_scopes import scope

from hosters.models import Hoster, Role, User
from hosters.staff import add_staff

#: What to type on the machine; said by the home page of an empty install.
OPENING = ".venv/bin/python manage.py create_hoster"

#: What an upper app gives to a hoster that starts, the hoster in scope.
Gift = Callable[[Hoster], object]
_gifts: list[Gift] = []


def register_gift(gift: Gift) -> None:
    """Give something to each hoster that opens. Called in `ready()`."""
    _gifts.append(gift)


@transaction.atomic
def open_hoster(*, name: str, slug: str, email: str, manager: str, password: str) -> Hoster:
    """A hoster that has a name and what upper apps give to start with, and its first manager.

    An account that exists keeps its password.

    Raises:
        ValidationError: in French, by the name of the argument; nothing was written.
    """
    hoster = Hoster(name=name, slug=slug, email=email, legal_name=name)
    unsaid = ["street", "postcode", "town"]  # asked by the settings, which say that they are missing
    hoster.full_clean(exclude=unsaid)
    _validate_manager(manager, password)
    hoster.save()
    add_staff(hoster=hoster, email=manager, password=password, role=Role.ADMIN)
    with scope(hoster=hoster):
        for gift in _gifts:
            gift(hoster)
    return hoster


def _validate_manager(email: str, password: str) -> None:
    try:
        User._meta.get_field("email").run_validators(email)
    except ValidationError as wrong:
        raise ValidationError({"manager": wrong.messages}) from None
    try:
        validate_password(password, User(email=email))
    except ValidationError as weak:
        raise ValidationError({"password": weak.messages}) from None
