"""What may serve a client beyond its contracts, with the reason, for a person to decide (004-039)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from billing.upgrades import FULL, reasons_for_more
from crm.models import Contact, Organization
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_safe
def of_organization(request: StaffRequest, pk: int) -> HttpResponse:
    """The reasons of today, and a quote to begin."""
    shown = get_object_or_404(Organization.objects.filter(hoster=request.hoster).living(), pk=pk)
    context = {
        "organization": shown,
        "reasons": reasons_for_more(shown),
        "full": FULL,
        "contact": Contact.objects.current().filter(organization=shown).order_by("pk").first(),
    }
    return TemplateResponse(request, "staff/upgrades.html", context)
