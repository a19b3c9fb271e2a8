from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from billing.acceptance import refusal
from billing.board.forms import ExtensionForm
from billing.board.meetings import next_meeting, outlives_quote
from billing.invoicing.deposits import OPEN
from billing.models import Invoice, Quote, QuoteEvent
from billing.quoting.story import events_of, story
from billing.quoting.tabs import tab_filter, tabs
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of
from hosters.together import together


@staff()
@require_safe
def quotes(request: StaffRequest) -> HttpResponse:
    """The quotes of a tab (`?etat=`), the latest first."""
    tab = request.GET.get("etat", "")
    rows = Quote.objects.filter(tab_filter(tab), hoster=request.hoster).for_rows()
    context = {"page": page_of(rows, request), "tabs": tabs(request.hoster, tab)}
    return TemplateResponse(request, "staff/quotes.html", context)


@staff()
@require_safe
def quote(request: StaffRequest, pk: int) -> HttpResponse:
    """One quote with its story, its evidence and what it started."""
    rows = Quote.objects.filter(hoster=request.hoster).prefetch_related("lines")
    rows = rows.select_related(
        "offer",
        "document",
        "contact",
        "acceptance__scan",
        "acceptance__proof",
        "acceptance__recorded_by",
        "contract__document",
        "conditions",
        "subscription",
        "former",
    )
    shown = get_object_or_404(rows.issued(), pk=pk)
    successors = Quote.objects.filter(former=shown).issued().order_by("-pk").only("number", "state")[:1]
    invoices = Invoice.objects.filter(quote=shown).with_paid().for_rows()
    decisions = shown.decisions.select_related("corrected_by")
    extensions = shown.extensions.select_related("granted_by")
    votes = shown.votes.filter(cancelled_at=None)[:1]
    events, meeting = events_of(shown), next_meeting(shown)
    together(events, successors, invoices, decisions, extensions, votes)
    board = {
        "meeting": meeting,
        "late": outlives_quote(meeting, shown),
        "vote": next(iter(votes), None),
        "decisions": decisions,
        "decision": next((each for each in decisions if not hasattr(each, "corrected_by")), None),
        "extensions": extensions,
        "extension": next((each for each in extensions if each.granted_until is None), None),
        "form": ExtensionForm(),
    }
    context = {
        "events": story(events),
        "successor": next(iter(successors), None),
        "quote": shown,
        "board": board,
        "acceptance": getattr(shown, "acceptance", None),
        "scan": getattr(getattr(shown, "acceptance", None), "scan", None),
        "contract": getattr(shown, "contract", None),
        "conditions": getattr(shown, "conditions", None),
        "may_sign": not refusal(shown, actor=QuoteEvent.Actor.STAFF),
        "may_ask_deposit": shown.state in OPEN and request.membership.role != Role.SALES,
        "subscription": getattr(shown, "subscription", None),
        "invoices": invoices,
    }
    return TemplateResponse(request, "staff/quote.html", context)
