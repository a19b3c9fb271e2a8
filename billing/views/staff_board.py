"""What the team does about boards: keep a quote open longer, read the minutes that were sent."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.board.extensions import extend_quote
from billing.board.forms import ExtensionForm
from billing.board.waiting import BoardRefused
from billing.models import BoardDecision, Quote, ValidityExtension
from billing.views.board.decision import minutes_response
from hosters.access import StaffRequest, staff
from hosters.models import Role
from pricing.dates import date_format


@staff(Role.SALES)
@require_POST
def extend(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep a quote open until the day of the form."""
    quote = get_object_or_404(Quote.objects.filter(hoster=request.hoster), pk=pk)
    form = ExtensionForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Indiquez le nouveau dernier jour de validité."))
        return redirect(quote)
    return _extend(request, quote, form.cleaned_data["until"])


@staff(Role.SALES)
@require_POST
def grant_extension(request: StaffRequest, pk: int) -> HttpResponse:
    """Grant what the association asked, in one click."""
    asked = ValidityExtension.objects.filter(quote__hoster=request.hoster).select_related("quote")
    extension = get_object_or_404(asked, pk=pk)
    return _extend(request, extension.quote, extension.asked_until)


@staff()
@require_safe
def minutes(request: StaffRequest, pk: int) -> HttpResponse:
    decisions = BoardDecision.objects.filter(quote__hoster=request.hoster).exclude(minutes_sha256="")
    return minutes_response(get_object_or_404(decisions.select_related("quote"), pk=pk))


def _extend(request: StaffRequest, quote: Quote, until: date) -> HttpResponse:
    try:
        kept = extend_quote(quote=quote, until=until, by=request.user)
        words = {"number": quote.number, "day": date_format(kept.valid_until, "j F Y")}
        messages.success(request, _("Le devis %(number)s est valable jusqu’au %(day)s.") % words)
    except BoardRefused as refused:
        messages.warning(request, str(refused))
    return redirect(quote)
