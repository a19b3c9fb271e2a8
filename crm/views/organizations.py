from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from crm.filters import OrganizationFilter
from crm.models import Organization
from crm.panels import organization_panels
from crm.stages import stage_label
from crm.timeline import timeline
from hosters.access import StaffRequest, staff
from hosters.paging import page_of


@staff()
@require_safe
def organizations(request: StaffRequest) -> HttpResponse:
    """The list, by stage and words."""
    rows = Organization.objects.filter(hoster=request.hoster).order_by("-stage_since", "-pk")
    chosen = OrganizationFilter(request.GET, queryset=rows, request=request)
    page = page_of(chosen.qs, request)
    labelled = [(organization, stage_label(organization.stage, request.hoster)) for organization in page]
    context = {"filter": chosen, "page": page, "rows": labelled}
    return TemplateResponse(request, "staff/organizations.html", context)


@staff()
@require_safe
def organization(request: StaffRequest, pk: int) -> HttpResponse:
    """One organisation: who, which stage and why, and its whole story."""
    rows = Organization.objects.filter(hoster=request.hoster).select_related("hoster")
    shown = get_object_or_404(rows, pk=pk)
    context = {
        "organization": shown,
        "stage": stage_label(shown.stage, request.hoster),
        "change": shown.stage_changes.select_related("by").order_by("-at", "-pk").first(),
        "contacts": shown.contacts.order_by("pk"),
        "panels": organization_panels(shown),
        "events": timeline(shown),
    }
    return TemplateResponse(request, "staff/organization.html", context)
