from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.models import Request
from crm.requests import close_request
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Take an answered request off today's queue."""
    answered = get_object_or_404(Request.objects.filter(hoster=request.hoster), pk=pk)
    close_request(request=answered, by=request.user)
    messages.success(request, _("Demande de %(name)s répondue.") % {"name": answered.organization.name})
    return redirect("staff:dashboard")
