"""The first page of the space: what awaits the association, then everything that it has here."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.acceptance import refusal
from billing.downloads import data_response, pdf_response
from billing.facturx.files import NoData
from billing.models import Contract, Document, Invoice, Objective, Quote
from billing.subscriptions.forecast import budget_of
from crm.space_roles import Right, may
from hosters.mail import queue_mail
from portal.access import SpaceRequest, entitled, space
from portal.deliveries import deliveries_of
from portal.fiscal_years import by_fiscal_year
from portal.overview import readable_iban, requests_of, subscriptions_of, to_decide, to_pay
from portal.ways import payment_ways


@space
@require_safe
def home(request: SpaceRequest) -> HttpResponse:
    """Everything of the association; money is for those who may see it."""
    organization = request.contact.organization
    quotes = list(Quote.objects.filter(organization=organization).current().latest_first())
    subscriptions = subscriptions_of(organization)
    context = {
        "contact": request.contact,
        "organization": organization,
        "may": {right.value: may(request.contact, right) for right in Right},
        "quotes": quotes,
        "to_decide": to_decide(quotes),
        "subscriptions": subscriptions,
        "contracts": Contract.objects.filter(quote__organization=organization)
        .select_related("quote", "document", "acceptance__proof")
        .order_by("-pk"),
        "requests": requests_of(organization),
        "deliveries": deliveries_of(organization),
        "objectives": Objective.objects.filter(organization=organization).exists(),
        "iban": readable_iban(request.hoster.iban),
    }
    context |= (
        _money(request) if may(request.contact, Right.SEE_INVOICES) else {"invoices": None, "to_pay": []}
    )
    return TemplateResponse(request, "portal/home.html", context)


def _money(request: SpaceRequest) -> dict[str, Any]:
    organization = request.contact.organization
    invoices = list(Invoice.objects.filter(organization=organization).latest_first().with_paid())
    years = by_fiscal_year(invoices, first_month=organization.fiscal_year_start)
    return {
        "invoices": invoices,
        "to_pay": payment_ways(to_pay(invoices)),
        "years": years,
        "may_debit": bool(request.hoster.sepa_ics),
    }


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def budget(request: SpaceRequest) -> HttpResponse:
    """The amounts of the next twelve months, to be put in a budget (002-156)."""
    rows = budget_of(each.expected for each in subscriptions_of(request.contact.organization))
    context = {
        "organization": request.contact.organization,
        "rows": rows,
        "total": sum(row.gross for row in rows),
    }
    return TemplateResponse(request, "portal/budget.html", context)


@space
@require_safe
def document(request: SpaceRequest, pk: int) -> HttpResponse:
    """A PDF of this association; any other is a 404. Invoices are for those who may see them."""
    organization = request.contact.organization
    theirs = Q(quote__organization=organization) | Q(invoice__organization=organization)
    theirs |= Q(contract__quote__organization=organization)
    theirs |= Q(proven_acceptance__quote__organization=organization)
    theirs |= Q(departure__end__subscription__organization=organization)
    shown = get_object_or_404(Document.objects.filter(theirs).select_related("invoice"), pk=pk)
    if hasattr(shown, "invoice") and not may(request.contact, Right.SEE_INVOICES):
        raise PermissionDenied
    if not shown.ready:
        messages.info(request, _("Ce PDF est en préparation. Revenez dans un instant."))
        return redirect("portal:home")
    return pdf_response(shown)


@space
@entitled(Right.SEE_INVOICES)
@require_safe
def invoice_data(request: SpaceRequest, pk: int) -> HttpResponse:
    """The data (XML) of an invoice of this association, for its accounting program; any other is a 404."""
    theirs = Document.objects.filter(invoice__organization=request.contact.organization)
    shown = get_object_or_404(theirs, pk=pk)
    if not shown.ready:
        messages.info(request, _("Ce document est en préparation. Revenez dans un instant."))
        return redirect("portal:home")
    try:
        return data_response(shown)
    except NoData:
        messages.info(request, _("Ce document n’a pas de données : son PDF suffit."))
        return redirect("portal:home")


@space
@entitled(Right.ACCEPT)
@require_POST
def decide_link(request: SpaceRequest, pk: int) -> HttpResponse:
    """Mail the link that accepts a quote to a person entitled to it: the link proves the address."""
    contact = request.contact
    quote = get_object_or_404(
        Quote.objects.filter(organization=contact.organization).select_related("document"), pk=pk
    )
    if reason := refusal(quote):
        messages.warning(request, reason)
    else:
        reference = f"{quote.pk}:{contact.pk}"
        queue_mail(hoster=request.hoster, kind="decide_link", to=contact.email, reference=reference)
        messages.success(
            request,
            _("Le lien pour accepter le devis %(number)s part à %(email)s.")
            % {"number": quote.number, "email": contact.email},
        )
    return redirect("portal:home")
