"""Error pages that need neither database nor session."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere: say how to send it again."""
    return HttpResponse(render_to_string("errors/csrf.html"), status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while the error is handled: a database that is away is no fault of ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable()
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable() -> HttpResponse:
    """The 503 page says when to come back."""
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "5"})
