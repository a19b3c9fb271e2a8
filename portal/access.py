"""Who may open the space of an association: a person who followed the link received by e-mail."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import redirect

from crm.models import Contact
from crm.space_roles import Right, may
from hosters.access import HosterRequest, private

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
SESSION_KEY = "contact"


class SpaceRequest(HosterRequest):
    """A request by a person of an association."""

    contact: Contact


def enter(request: HosterRequest, contact: Contact) -> None:
    """Remember who came by a valid link, in a session of its own."""
    request.session.cycle_key()
    request.session[SESSION_KEY] = contact.pk


def leave(request: HosterRequest) -> None:
    """Close the space on this computer; a staff session in the same browser stays."""
    request.session.pop(SESSION_KEY, None)


def space(view: View) -> View:
    """Only a person of the association; the others are asked for their e-mail address."""

    @wraps(view)
    def guarded(request: SpaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The query is scoped to the hoster: a session opened at another one finds nobody here.
        contact = (
            Contact.objects.current()
            .select_related("organization__hoster")
            .filter(pk=request.session.get(SESSION_KEY, 0))
            .first()
        )
        if contact is None:
            return redirect("portal:ask")
        request.contact = contact
        return view(request, *args, **kwargs)

    return private(cast(View, guarded))


def entitled(right: Right) -> Callable[[View], View]:
    """Below `space`: only a person whose role has this right; the others are told that it is not for them (403)."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: SpaceRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.contact, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return cast(View, guarded)

    return decorate
