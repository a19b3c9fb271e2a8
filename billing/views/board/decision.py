"""The decision of a meeting, recorded by the person who was mandated."""

import logging

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.decisions import record_decision, standing_decision
from billing.board.forms import DecisionForm
from billing.board.meetings import next_meeting
from billing.board.minutes import minutes_content, minutes_name
from billing.board.waiting import BoardRefused
from billing.documents.files import DamagedFile
from billing.models import AccessLink, BoardDecision, Quote
from billing.views.board.board import deciding
from hosters.access import HosterRequest, private
from hosters.throttle import throttled

logger = logging.getLogger("chatiere.documents")


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HosterRequest, token: str) -> HttpResponse:
    """Record the decision; when one stands, the same form adds its correction."""
    link, quote = deciding(token)
    standing = standing_decision(quote)
    corrects = standing if standing and standing.result != BoardDecision.Result.POSTPONED else None
    form = DecisionForm(
        request.POST or None, request.FILES or None, quote=quote, initial=_known(quote, link, corrects)
    )
    if request.method == "POST" and form.is_valid():
        try:
            record_decision(quote=quote, decided=form.decided(), by=link.contact, corrects=corrects)
            messages.success(request, _("La décision est enregistrée."))
            return redirect("storefront:board", token=token)
        except BoardRefused as refused:
            form.add_error(None, str(refused))
    context = {"quote": quote, "token": token, "form": form, "corrects": corrects}
    return TemplateResponse(request, "storefront/board/decision.html", context)


@private
@require_safe
def minutes(request: HosterRequest, token: str, pk: int) -> HttpResponse:
    _link, quote = deciding(token)
    return minutes_response(get_object_or_404(quote.decisions.exclude(minutes_sha256=""), pk=pk))


def minutes_response(decision: BoardDecision) -> HttpResponse:
    """The file as it came, always to be saved, never shown by the browser in our name.

    Raises:
        Http404: it is missing or changed on the disk; the journal says which one to restore.
    """
    try:
        content = minutes_content(decision)
    except DamagedFile as damaged:
        logger.critical("%s", damaged)
        raise Http404 from damaged
    response = HttpResponse(content, content_type=decision.minutes_type)
    response["Content-Disposition"] = f'attachment; filename="{minutes_name(decision)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _known(quote: Quote, link: AccessLink, corrects: BoardDecision | None) -> dict[str, object]:
    """What need not be typed again."""
    if corrects:
        names = (*DecisionForm.DECISION, *DecisionForm.COUNT, *DecisionForm.MANDATED, "minutes_reference")
        return {name: getattr(corrects, name) for name in names}
    meeting, today = next_meeting(quote), timezone.localdate()
    return {
        "body": meeting.body if meeting else "board",
        "decided_on": min(meeting.held_on, today) if meeting else today,
        "mandated_name": link.contact.name,
        "mandated_role": link.contact.role,
        "mandated_email": link.contact.email,
    }
