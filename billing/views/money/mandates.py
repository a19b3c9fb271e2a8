"""Mandates of direct debit: the list, one mandate, a paper one, its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.models import SepaMandate
from billing.sepa.forms import PaperMandateForm, RevokeForm
from billing.sepa.mandates import MandateRefused, Signed, revoke_mandate, sign_mandate, statement_for
from crm.models import Organization
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of


@staff()
@require_safe
def mandates(request: StaffRequest) -> HttpResponse:
    """Every mandate, the latest first."""
    rows = SepaMandate.objects.filter(hoster=request.hoster).with_last_use().select_related("organization")
    context = {
        "page": page_of(rows.order_by("-signed_on", "-pk"), request),
        "today": timezone.localdate(),
        "ready": bool(request.hoster.sepa_ics),
    }
    return TemplateResponse(request, "staff/money/mandates.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: StaffRequest, pk: int) -> HttpResponse:
    """What was signed, its debits, and its revocation."""
    rows = SepaMandate.objects.filter(hoster=request.hoster).with_last_use().select_related("organization")
    shown = get_object_or_404(rows, pk=pk)
    form = RevokeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke_mandate(mandate=shown, reason=form.cleaned_data["reason"])
        messages.success(request, _("Le mandat est révoqué : plus rien ne sera prélevé avec lui."))
        return redirect(shown)
    orders = shown.orders.select_related("invoice__organization", "batch").order_by("-pk")
    context = {"mandate": shown, "orders": orders, "form": form, "today": timezone.localdate()}
    return TemplateResponse(request, "staff/money/mandate.html", context)


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def new_mandate(request: StaffRequest, pk: int) -> HttpResponse:
    """Record a mandate that was signed on paper."""
    rows = Organization.objects.filter(hoster=request.hoster).living().select_related("hoster")
    organization = get_object_or_404(rows, pk=pk)
    form = PaperMandateForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        signed = Signed(
            debtor=form.debtor(),
            iban=given["iban"],
            signatory=given["signatory"],
            role=given["role"],
            place=given["place"],
            signed_on=given["signed_on"],
            origin=SepaMandate.Origin.PAPER,
            proof={"kept": given["kept"]},
            recorded_by=request.user,
        )
        try:
            made = sign_mandate(organization=organization, signed=signed)
        except MandateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Mandat %s enregistré.") % made.rum)
            return redirect(made)
    context = {"organization": organization, "form": form, "statement": statement_for(request.hoster)}
    return TemplateResponse(request, "staff/money/mandate_new.html", context)
