"""The association sends the quote that it signed on paper: the link received by e-mail proves the address (DEV-04)."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from billing.acceptance import AcceptanceRefused, accept_quote, refusal
from billing.conditions import conditions_of, versions_of
from billing.models import AccessLink, Quote
from billing.signature_form import SignatureForm
from billing.views.quote import link_or_404
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def signature(request: HosterRequest, token: str) -> HttpResponse:
    """Send the signed file; like accepting online, it commits the association."""
    link = link_or_404(token, AccessLink.Purpose.DECIDE_QUOTE)
    quote = cast(Quote, link.quote)
    form = SignatureForm(
        request.POST or None,
        request.FILES or None,
        initial={"name": link.contact.name, "role": link.contact.role},
    )
    if request.method == "POST" and form.is_valid():
        return _accept(request, token, link, form)
    if request.method != "POST" and (reason := refusal(quote)):
        messages.warning(request, reason)
        return redirect("storefront:quote", token=token)
    context = {"quote": quote, "token": token, "form": form, "texts": versions_of(conditions_of(quote))}
    return TemplateResponse(request, "storefront/signature.html", context)


def _accept(request: HosterRequest, token: str, link: AccessLink, form: SignatureForm) -> HttpResponse:
    quote = cast(Quote, link.quote)
    try:
        accept_quote(
            quote=quote, mandate=form.mandate(quote, email=link.contact.email), signature=form.signature()
        )
    except AcceptanceRefused as refused:
        messages.warning(request, str(refused))
    return redirect("storefront:quote", token=token)
