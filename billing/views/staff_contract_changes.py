"""Changing the price or the terms of a running contract: shown before it is announced (CON-06, CON-07)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.models import ContractChange, Subscription
from billing.subscriptions.change_forms import ContractChangeForm
from billing.subscriptions.contract_changes import (
    ChangeRefused,
    announce_price,
    announce_terms,
    calendar_of,
    withdraw_change,
)
from billing.subscriptions.new_prices import NewPrice, NoNewPrice
from billing.views.staff_subscriptions import subscription_or_404
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES, Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """GET shows what the answers lead to, POST announces what was shown."""
    shown = subscription_or_404(request, pk)
    answers = request.POST if request.method == "POST" else (request.GET if "how" in request.GET else None)
    form = ContractChangeForm(answers, subscription=shown)
    price, calendar = None, None
    if form.is_bound and form.is_valid():
        try:
            price = form.price()
            calendar = calendar_of(shown, today=timezone.localdate()) if price else None
            if request.method == "POST":
                told = _announce(request, shown, form, price)
                messages.success(request, _("Un message part à %(email)s.") % {"email": told.to})
                return redirect(shown)
        except (NoNewPrice, ChangeRefused) as refused:
            form.add_error(None, str(refused))
    context = {"subscription": shown, "form": form, "price": price, "calendar": calendar}
    return TemplateResponse(request, "staff/subscriptions/change.html", context)


def _announce(
    request: StaffRequest, shown: Subscription, form: ContractChangeForm, price: NewPrice | None
) -> ContractChange:
    given = form.cleaned_data
    if price:
        return announce_price(subscription=shown, price=price, why=given["what"], by=request.user)
    day = given["effective_on"]
    return announce_terms(subscription=shown, what=given["what"], effective_on=day, by=request.user)


@staff(Role.SALES, Role.ACCOUNTANT)
@require_POST
def withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back a change before its day."""
    rows = ContractChange.objects.filter(hoster=request.hoster).select_related("subscription")
    announced = get_object_or_404(rows, pk=pk)
    try:
        withdraw_change(change=announced)
        messages.success(request, _("Ce changement n’aura pas lieu. L’association prévenue le sait."))
    except ChangeRefused as refused:
        messages.error(request, str(refused))
    return redirect(announced.subscription)
