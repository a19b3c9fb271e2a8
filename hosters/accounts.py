import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

logger = logging.getLogger("chatiere.accounts")


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are for staff and are made by the hoster: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is no fault of the person who asks: the page is the same, the journal says it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # SMTPException is one
            logger.error("%s not sent: %s", template_prefix, type(error).__name__)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The dashboard of the hoster whose login page was used; at the root of an install, the choice of one."""
        try:
            return reverse("staff:dashboard")
        except NoReverseMatch:
            return reverse("install:staff")
