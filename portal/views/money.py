"""What the association paid, and its authorisation of debit."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.models import Payment, SepaMandate
from billing.sepa.forms import SpaceMandateForm
from billing.sepa.mandates import (
    MandateRefused,
    Signed,
    creditor_of,
    mandate_of,
    revoke_mandate,
    sign_mandate,
    statement_for,
)
from crm.space_roles import Right
from hosters.paging import page_of
from portal.access import SpaceRequest, entitled, space


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def payments(request: SpaceRequest) -> HttpResponse:
    """Every movement on the association's invoices, the latest first."""
    rows = Payment.objects.filter(invoice__organization=request.contact.organization)
    rows = rows.select_related("invoice__document").order_by("-received_on", "-pk")
    return TemplateResponse(request, "portal/payments.html", {"page": page_of(rows, request)})


@space
@entitled(Right.ACCEPT)
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: SpaceRequest) -> HttpResponse:
    """The authorisation in force, or signing one."""
    organization = request.contact.organization
    form = SpaceMandateForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            made = sign_mandate(organization=organization, signed=_signed(request, form))
        except MandateRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Mandat %s signé. Vos prochaines factures seront prélevées.") % made.rum
            )
            return redirect("portal:mandate")
    context = {
        "mandate": mandate_of(organization),
        "form": form,
        "statement": statement_for(request.hoster),
        "creditor": creditor_of(request.hoster),
    }
    return TemplateResponse(request, "portal/mandate.html", context)


@space
@entitled(Right.ACCEPT)
@require_POST
def revoke(request: SpaceRequest) -> HttpResponse:
    """The association takes its authorisation back, at once."""
    standing = mandate_of(request.contact.organization)
    if standing is not None:
        revoke_mandate(mandate=standing, reason=_("révoqué par %s, dans l’espace") % request.contact.name)
        messages.success(request, _("Le mandat est révoqué : plus rien ne sera prélevé avec lui."))
    return redirect("portal:mandate")


def _signed(request: SpaceRequest, form: SpaceMandateForm) -> Signed:
    """Who signed, when, and by which door they came."""
    contact, now = request.contact, timezone.localtime()
    return Signed(
        debtor=form.debtor(),
        iban=form.cleaned_data["iban"],
        signatory=contact.name,
        role=contact.role,
        place=form.cleaned_data["place"],
        signed_on=now.date(),
        origin=SepaMandate.Origin.SPACE,
        proof={"email": contact.email, "at": now.isoformat(timespec="seconds")},
        contact=contact,
    )
