from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.consent import oppose, record_consent, set_address_kind
from crm.consent_forms import AddressKindForm, ConsentForm
from crm.models import AddressKind, Consent, Suppression
from crm.views.persons import card_or_404
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Note what a person read and accepted (GDPR-02)."""
    contact = card_or_404(request, pk)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        record_consent(
            contact=contact,
            purpose=Consent.Purpose(told["purpose"]),
            basis=Consent.Basis(told["basis"]),
            source=told["source"],
            text=told["text"],
            proof=told["proof"],
            by=request.user,
        )
        messages.success(request, _("C’est noté."))
        return redirect("staff:person", pk=pk)
    return TemplateResponse(request, "staff/persons/consent.html", {"contact": contact, "form": form})


@staff(Role.SALES)
@require_POST
def refuse(request: StaffRequest, pk: int) -> HttpResponse:
    """« Ne plus contacter » (002-197)."""
    contact = card_or_404(request, pk)
    oppose(contact=contact, source=_("noté par l’équipe"), cause=Suppression.Cause.STAFF, by=request.user)
    messages.success(request, _("Nous ne lui écrirons plus de nous-mêmes."))
    return redirect("staff:person", pk=pk)


@staff(Role.SALES)
@require_POST
def kind(request: StaffRequest, pk: int) -> HttpResponse:
    """Say whose address it is (GDPR-01)."""
    contact = card_or_404(request, pk)
    form = AddressKindForm(request.POST)
    if form.is_valid():
        set_address_kind(contact=contact, kind=AddressKind(form.cleaned_data["kind"]))
        messages.success(request, _("C’est noté."))
    return redirect("staff:person", pk=pk)
