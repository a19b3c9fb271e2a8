from django.conf import settings
from django.http import HttpRequest

from hosters.links import site_of


def canonical(request: HttpRequest) -> str:
    """The one address of a public page, whatever domain or prefix it was opened by; "" for the other pages."""
    owner, match = getattr(request, "hoster", None), request.resolver_match
    if owner is None or match is None or getattr(match.func, "access", "") != "public":
        return ""
    return site_of(owner) + request.path_info


def hoster(request: HttpRequest) -> dict[str, object]:
    """What every page may show of the hoster it belongs to."""
    return {
        "hoster": getattr(request, "hoster", None),
        "membership": getattr(request, "membership", None),
        "canonical": canonical(request),
        "mailbox_page": settings.MAILBOX_PAGE,
    }
