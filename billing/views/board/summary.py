"""The one page made for a vote: read and printed by whoever has a link, completed by the person who decides."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.forms import SummaryForm
from billing.board.meetings import next_meeting
from billing.board.summaries import summary_of, write_summary
from billing.board.waiting import BoardRefused
from billing.documents.summary_page import summary_page
from billing.downloads import pdf_response
from billing.models import AccessLink, Quote
from billing.views.board.board import deciding
from billing.views.quote import READ, link_or_404
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


@private
@require_safe
def summary(request: HosterRequest, token: str) -> HttpResponse:
    link = link_or_404(token, *READ)
    quote = cast(Quote, link.quote)
    return _page(request, token, link, quote, None)


@private
@throttled
@require_http_methods(["POST"])
def complete(request: HosterRequest, token: str) -> HttpResponse:
    """Say what the quote replaces and what that costs; the PDF is made (again) with it."""
    link, quote = deciding(token)
    form = SummaryForm(request.POST)
    if not form.is_valid():
        return _page(request, token, link, quote, form)
    try:
        write_summary(quote=quote, **form.cleaned_data)
        messages.success(request, _("La synthèse est à jour ; son PDF est prêt dans quelques secondes."))
    except BoardRefused as refused:
        messages.warning(request, str(refused))
    return redirect("storefront:board_summary", token=token)


@private
@require_safe
def summary_pdf(request: HosterRequest, token: str) -> HttpResponse:
    quote = cast(Quote, link_or_404(token, *READ).quote)
    printed = summary_of(quote)
    if printed is None or not printed.document.ready:
        return redirect("storefront:board_summary", token=token)
    return pdf_response(printed.document)


def _page(
    request: HosterRequest, token: str, link: AccessLink, quote: Quote, form: SummaryForm | None
) -> HttpResponse:
    printed = summary_of(quote)
    if form is None:
        said = {"replaces": printed.replaces, "replaced_yearly": printed.replaced_yearly} if printed else {}
        form = SummaryForm(initial=said)
    context = {
        "quote": quote,
        "token": token,
        "form": form,
        "may_decide": link.purpose == AccessLink.Purpose.DECIDE_QUOTE,
        "printed": printed,
        "page": summary_page(quote, printed, meeting=next_meeting(quote)),
    }
    return TemplateResponse(request, "storefront/board/summary.html", context)
