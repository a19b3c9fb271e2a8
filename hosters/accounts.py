from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


class StaffAccountAdapter(DefaultAccountAdapter):
    """Accounts are for staff and are made by the hoster: nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The dashboard of the hoster whose login page was used; at the root of an install, the choice of one."""
        try:
            return reverse("staff:dashboard")
        except NoReverseMatch:
            return reverse("install:staff")
