"""The association says that it has received what was done for it (000-005)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from billing.delivery.planning import confirm
from billing.models import Delivery
from crm.space_roles import Right
from portal.access import SpaceRequest, entitled, space


@space
@entitled(Right.ASK)
@require_POST
def received(request: SpaceRequest, pk: int) -> HttpResponse:
    """One click; what is not done yet cannot be received."""
    theirs = Delivery.objects.filter(organization=request.contact.organization, done_on__isnull=False)
    confirm(delivery=get_object_or_404(theirs, pk=pk))
    messages.success(request, _("Merci : c’est noté comme reçu."))
    return redirect("portal:home")
