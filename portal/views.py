"""The pages of an association's space."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.access_links import open_link
from billing.downloads import pdf_response
from billing.models import AccessLink, Document, Invoice, Quote
from hosters.access import HosterRequest, private, public
from hosters.throttle import throttled
from portal import access
from portal.access import SpaceRequest, space
from portal.forms import LinkForm
from portal.links import ask_space_links
from portal.overview import readable_iban, subscriptions_of


@space
@require_safe
def home(request: SpaceRequest) -> HttpResponse:
    """Quotes, subscriptions and invoices of the association, with their files."""
    organization = request.contact.organization
    quotes = list(Quote.objects.filter(organization=organization).latest_first())
    context = {
        "contact": request.contact,
        "organization": organization,
        "quotes": quotes,
        "to_decide": any(quote.state == Quote.State.SENT and not quote.expired() for quote in quotes),
        "subscriptions": subscriptions_of(organization),
        "invoices": Invoice.objects.filter(organization=organization).latest_first().with_paid(),
        "iban": readable_iban(request.hoster.iban),
    }
    return TemplateResponse(request, "portal/home.html", context)


@space
@require_safe
def document(request: SpaceRequest, pk: int) -> HttpResponse:
    """A PDF of this association; any other is a 404."""
    organization = request.contact.organization
    theirs = Q(quote__organization=organization) | Q(invoice__organization=organization)
    shown = get_object_or_404(Document.objects.filter(theirs), pk=pk)
    if not shown.ready:
        messages.info(request, _("Ce PDF est en préparation. Revenez dans un instant."))
        return redirect("portal:home")
    return pdf_response(shown)


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
