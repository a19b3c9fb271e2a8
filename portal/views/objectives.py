"""What the association wants to reach, with the values noted over time (003-022)."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from billing.objectives import objectives_of
from portal.access import SpaceRequest, space


@space
@require_safe
def objectives(request: SpaceRequest) -> HttpResponse:
    """Each objective, from where to where, and what was seen since."""
    organization = request.contact.organization
    context = {"organization": organization, "objectives": objectives_of(organization)}
    return TemplateResponse(request, "portal/objectives.html", context)
