"""Acts on the data of a contract that ends: a longer transition, the erasure."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing.departures.erasure import record_erasure
from billing.departures.refusal import DepartureRefused
from billing.departures.timeline import extend_transition
from billing.models import Departure
from billing.subscriptions.forms import ErasureForm, ExtensionForm
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_POST
def extend(request: StaffRequest, pk: int) -> HttpResponse:
    """A transition to another hoster takes longer."""
    departure, form = _departure(request, pk), ExtensionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez un nouveau dernier jour."))
        return redirect(departure)
    try:
        extend_transition(departure=departure, **form.cleaned_data)
        messages.success(request, _("La transition est prolongée. L’association est prévenue."))
    except DepartureRefused as refused:
        messages.error(request, str(refused))
    return redirect(departure)


@staff(Role.SALES)
@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """The data are erased: the certificate leaves."""
    departure, form = _departure(request, pk), ErasureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Dites quand et ce qui est effacé : le certificat le reprend."))
        return redirect(departure)
    try:
        record_erasure(departure=departure, by=request.user, **form.cleaned_data)
        messages.success(request, _("Effacement noté. Le certificat part à l’association."))
    except DepartureRefused as refused:
        messages.error(request, str(refused))
    return redirect(departure)


def _departure(request: StaffRequest, pk: int) -> Departure:
    rows = Departure.objects.filter(hoster=request.hoster, end__undone_at=None)
    return get_object_or_404(rows.select_related("end__subscription"), end__subscription=pk)
