"""How allauth behaves here: accounts are the staff's, mails point at our address, nobody locks another out."""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from hosters.links import absolute_url
from hosters.models import Hoster
from hosters.throttle import client_address, network_of

logger = logging.getLogger("chatiere.accounts")


@dataclass(frozen=True)
class Site:
    """What mails call the place they come from; allauth would take the `Host` of the request, which lies."""

    name: str
    domain: str


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are for staff and are made by the hoster: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is no fault of the person who asks: the page is the same, the journal says it."""
        try:
            super().send_mail(template_prefix, email, context | {"current_site": _site()})
        except OSError as error:  # SMTPException is one
            logger.error("%s not sent: %s", template_prefix, type(error).__name__)

    def format_email_subject(self, subject: str) -> str:
        return f"{_site().name} : {subject}"

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """On the address of the install, as every link of ours."""
        hoster = _hoster()
        if hoster is not None:
            return absolute_url(hoster, "account_confirm_email", key=emailconfirmation.key)
        return settings.PUBLIC_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address as every other limit of ours counts."""
        return network_of(client_address(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords are counted for an account **and** a network: whoever knows an address could otherwise
        keep its owner out by mistyping on purpose."""
        login = str(credentials.get("email", credentials.get("username", ""))).lower()
        return f"{network_of(client_address(request))}:{login}"

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The dashboard of the hoster whose login page was used; at the root of an install, the choice of one."""
        try:
            return reverse("staff:dashboard")
        except NoReverseMatch:
            return reverse("install:staff")


def _hoster() -> Hoster | None:
    return getattr(current.request, "hoster", None)


def _site() -> Site:
    hoster = _hoster()
    return Site(hoster.name if hoster else "Chatière", urlsplit(settings.PUBLIC_URL).netloc)
