from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing.models import Termination
from billing.terminations import close_termination
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES, Role.ACCOUNTANT)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a confirmed termination off today's queue."""
    confirmed = get_object_or_404(Termination.objects.filter(hoster=request.hoster), pk=pk)
    close_termination(termination=confirmed, by=request.user)
    messages.success(request, _("Résiliation de %(name)s confirmée.") % {"name": confirmed.organization})
    return redirect("staff:dashboard")
