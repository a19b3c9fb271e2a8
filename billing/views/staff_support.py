"""Time spent for an association: written down, corrected, and the allowance agreed with it (002-136, 002-169)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.models import Subscription, SupportTime
from billing.support import agree_allowance, agreed_for, cancel_time, record_time, support_of
from billing.support_forms import AllowanceForm, SupportTimeForm
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: StaffRequest, pk: int) -> HttpResponse:
    """The account of minutes of a subscription; writing some down."""
    subscription = _subscription(request, pk)
    form = SupportTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_time(subscription=subscription, by=request.user, **form.time())
        messages.success(request, _("Temps noté : l’association le voit dans son espace."))
        return redirect("staff:support", pk=subscription.pk)
    return _page(request, subscription, form, AllowanceForm.of(agreed_for(subscription)))


@staff(Role.SALES)
@require_POST
def allowance(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree on another allowance than that of the tariff."""
    subscription = _subscription(request, pk)
    form = AllowanceForm(request.POST)
    if not form.is_valid():
        return _page(request, subscription, SupportTimeForm(), form)
    agree_allowance(subscription=subscription, agreed=form.agreed())
    messages.success(request, _("Le forfait d’accompagnement est enregistré."))
    return redirect("staff:support", pk=subscription.pk)


@staff(Role.SALES)
@require_POST
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """A time written by mistake no longer counts."""
    rows = SupportTime.objects.filter(subscription__hoster=request.hoster)
    time = get_object_or_404(rows, pk=pk)
    cancel_time(time=time)
    messages.success(request, _("Ce temps ne compte plus."))
    return redirect("staff:support", pk=time.subscription_id)


def _page(
    request: StaffRequest, subscription: Subscription, form: SupportTimeForm, allowance: AllowanceForm
) -> HttpResponse:
    context = {
        "subscription": subscription,
        "support": support_of(subscription),
        "form": form,
        "allowance": allowance,
    }
    return TemplateResponse(request, "staff/support.html", context)


def _subscription(request: StaffRequest, pk: int) -> Subscription:
    rows = Subscription.objects.filter(hoster=request.hoster).prefetch_related("support_times")
    related = "quote__tariff_version", "organization", "support_allowance"
    return get_object_or_404(rows.select_related(*related), pk=pk)
