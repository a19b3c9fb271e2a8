from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hosters import work
from hosters.access import StaffRequest, staff
from hosters.models import Mail


@staff()
@require_POST
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Try again to send a mail that no server took."""
    mail = get_object_or_404(Mail.objects.filter(hoster=request.hoster), pk=pk)
    work.retry(mail)
    messages.info(request, _("Le courriel pour %(to)s va repartir.") % {"to": mail.to})
    return redirect("staff:dashboard")
