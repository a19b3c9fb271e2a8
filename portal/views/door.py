"""Coming in by a link received by e-mail, and leaving."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.access_links import open_link
from billing.models import AccessLink
from hosters.access import HosterRequest, private, public
from hosters.throttle import throttled
from portal import access
from portal.forms import LinkForm
from portal.links import ask_space_links


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HosterRequest) -> HttpResponse:
    """Ask for the link by e-mail. The answer is the same for an unknown address."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_space_links(hoster=request.hoster, email=form.cleaned_data["email"])
        return TemplateResponse(request, "portal/link_sent.html", {"email": form.cleaned_data["email"]})
    return TemplateResponse(request, "portal/ask.html", {"form": form})


@private
@require_safe
def enter(request: HosterRequest, token: str) -> HttpResponse:
    """Open the space from a mail; the secret leaves the address bar at once."""
    link = open_link(token, AccessLink.Purpose.SPACE)
    if link is None:
        raise Http404
    access.enter(request, link.contact)
    return redirect("portal:home")


@private
@require_POST
def leave(request: HosterRequest) -> HttpResponse:
    access.leave(request)
    messages.info(request, _("L’espace est fermé sur cet ordinateur."))
    return redirect("portal:ask")
