from django.conf import settings
from django.http import HttpRequest


def hoster(request: HttpRequest) -> dict[str, object]:
    """What every page may show of the hoster it belongs to."""
    return {
        "hoster": getattr(request, "hoster", None),
        "membership": getattr(request, "membership", None),
        "mailbox_page": settings.MAILBOX_PAGE,
    }
