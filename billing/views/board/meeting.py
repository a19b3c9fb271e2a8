"""« Nous en parlons le … », and the extension that a late meeting needs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.board.extensions import ask_extension
from billing.board.forms import MeetingForm
from billing.board.meetings import next_meeting, outlives_quote, plan_meeting
from billing.board.waiting import BoardRefused
from billing.models import Body
from billing.views.board.board import deciding, state_of_board
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HosterRequest, token: str) -> HttpResponse:
    """When the quote is spoken about; a date after the end of validity is told at once."""
    link, quote = deciding(token)
    known = next_meeting(quote)
    form = MeetingForm(request.POST or None, initial={"body": known.body if known else Body.BOARD})
    if request.method == "POST" and form.is_valid():
        try:
            planned = plan_meeting(quote=quote, by=link.contact, **form.cleaned_data)
        except BoardRefused as refused:
            form.add_error(None, str(refused))
        else:
            if not outlives_quote(planned, quote):
                messages.success(request, _("C’est noté. Nous vous écrirons deux jours avant."))
            return redirect("storefront:board", token=token)
    context = {"quote": quote, "token": token, "form": form} | state_of_board(quote)
    return TemplateResponse(request, "storefront/board/meeting.html", context)


@private
@throttled
@require_POST
def extension(request: HosterRequest, token: str) -> HttpResponse:
    link, quote = deciding(token)
    try:
        ask_extension(quote=quote, by=link.contact)
        messages.success(request, _("Demande envoyée. La réponse arrive par e-mail."))
    except BoardRefused as refused:
        messages.warning(request, str(refused))
    return redirect("storefront:board", token=token)
