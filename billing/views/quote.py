"""A quote as its association sees it, by a secret link. Reading changes nothing."""

from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh, HttpResponseStopPolling

from billing.access_links import open_link
from billing.board.decisions import standing_decision
from billing.documents.quote_words import budget_words, three_years_words
from billing.downloads import pdf_response
from billing.draft_forms import KeyForm
from billing.models import AccessLink, Quote
from billing.quoting.choice import options_shown
from hosters.access import HosterRequest, private

READ = (AccessLink.Purpose.READ_QUOTE, AccessLink.Purpose.DECIDE_QUOTE)


def link_or_404(token: str, *purposes: AccessLink.Purpose) -> AccessLink:
    """The living link of a token; forged, expired, revoked and foreign ones are all the same 404."""
    link = open_link(token, *purposes)
    if link is None or link.quote is None:
        raise Http404
    return link


@private
@require_safe
def quote(request: HosterRequest, token: str) -> HttpResponse:
    """The quote on screen; the part about its PDF asks for itself until the file is there.

    `?option=` shows what other options would cost: the choice is only kept by a POST.
    """
    link = link_or_404(token, *READ)
    shown = cast(Quote, link.quote)
    may_decide = link.purpose == AccessLink.Purpose.DECIDE_QUOTE
    context: dict[str, object] = {
        "quote": shown,
        "budget": budget_words(shown),
        "three_years": three_years_words(shown, shown.kept_lines),
        "token": token,
        "may_decide": may_decide,
        "decision": standing_decision(shown) if may_decide and shown.undecided else None,
        "may_renew": may_decide and shown.current_state() == Quote.State.EXPIRED,
        "renewal": KeyForm(),
        "options": options_shown(shown, request.GET) if shown.undecided else None,
    }
    if request.htmx and request.htmx.target == "effet-options":
        if context["options"] is None:  # decided since the page was opened
            return HttpResponseClientRefresh()
        return TemplateResponse(request, "storefront/quote_options.html", context)
    if not request.htmx:
        return TemplateResponse(request, "storefront/quote.html", context)
    answer = TemplateResponse(request, "storefront/quote.html#document", context)
    return _stop_polling(answer) if cast(Quote, link.quote).document.ready else answer


@private
@require_safe
def pdf(request: HosterRequest, token: str) -> HttpResponse:
    document = cast(Quote, link_or_404(token, *READ).quote).document
    if not document.ready:
        return redirect("storefront:quote", token=token)
    return pdf_response(document)


def _stop_polling(answer: TemplateResponse) -> TemplateResponse:
    answer.status_code = HttpResponseStopPolling.status_code
    return answer
