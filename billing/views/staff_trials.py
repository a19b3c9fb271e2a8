"""Trials for the team: the list, and opening one for an association."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.models import Trial
from billing.subscriptions.forms import TrialForm
from billing.subscriptions.trials import TrialRefused, open_trial
from crm.models import Organization
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of


@staff()
@require_safe
def trials(request: StaffRequest) -> HttpResponse:
    """Every trial, those that run first."""
    rows = Trial.objects.filter(hoster=request.hoster).select_related("organization", "offer")
    context = {"page": page_of(rows.order_by("-ends_on", "-pk"), request), "today": timezone.localdate()}
    return TemplateResponse(request, "staff/subscriptions/trials.html", context)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a trial for an association: which offer, for whom, until when."""
    organization = get_object_or_404(Organization.objects.filter(hoster=request.hoster), pk=pk)
    form = TrialForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            trial = open_trial(by=request.user, **form.cleaned_data)
        except TrialRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Essai ouvert. %(email)s est prévenu·e.") % {"email": trial.contact.email}
            )
            return redirect("staff:trials")
    return TemplateResponse(
        request, "staff/subscriptions/trial.html", {"organization": organization, "form": form}
    )
