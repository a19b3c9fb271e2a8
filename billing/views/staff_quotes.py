from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from billing.models import Invoice, Quote
from hosters.access import StaffRequest, staff
from hosters.paging import page_of


@staff()
@require_safe
def quotes(request: StaffRequest) -> HttpResponse:
    """Every quote, the latest first."""
    page = page_of(Quote.objects.filter(hoster=request.hoster).latest_first(), request)
    return TemplateResponse(request, "staff/quotes.html", {"page": page})


@staff()
@require_safe
def quote(request: StaffRequest, pk: int) -> HttpResponse:
    """One quote with its evidence and what it started."""
    rows = Quote.objects.filter(hoster=request.hoster).prefetch_related("lines")
    rows = rows.select_related("organization", "document", "contact", "acceptance", "subscription")
    shown = get_object_or_404(rows, pk=pk)
    context = {
        "quote": shown,
        "acceptance": getattr(shown, "acceptance", None),
        "subscription": getattr(shown, "subscription", None),
        "invoices": Invoice.objects.filter(subscription__quote=shown).latest_first().with_paid(),
    }
    return TemplateResponse(request, "staff/quote.html", context)
