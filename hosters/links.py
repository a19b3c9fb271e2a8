"""Absolute links for mails and documents: from the settings and the row, never from the request (its Host lies)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from hosters.models import Hoster


def site_of(hoster: Hoster) -> str:
    """The root of a hoster's site, without final slash.

    The prefix is kept even when the hoster is alone, so that old links still work the day a second one comes.
    """
    if hoster.domain:
        return f"{urlsplit(settings.PUBLIC_URL).scheme}://{hoster.domain}"
    return f"{settings.PUBLIC_URL}/chez/{hoster.slug}"


def path_of(hoster: Hoster) -> str:
    """The same root for a link inside a page, on whatever host the page was opened; with final slash."""
    return f"{site_of(hoster)}/" if hoster.domain else f"/chez/{hoster.slug}/"


def absolute_url(hoster: Hoster, view_name: str, **kwargs: object) -> str:
    """The address of a page of this hoster, usable outside any request."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return site_of(hoster) + reverse(view_name, urlconf="config.urls", kwargs=kwargs)
    finally:
        set_script_prefix(before)
