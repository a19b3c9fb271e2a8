"""A breakdown counted against the promise of a contract, and what is owed given back (003-035)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.incident_form import IncidentForm
from billing.incidents import agreed_of, credit_breakdown, judge
from billing.invoicing.credit_notes import CreditRefused
from billing.views.staff_subscriptions import subscription_or_404
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES, Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: StaffRequest, pk: int) -> HttpResponse:
    """GET shows whether both delays were kept, POST issues the credit note that was shown."""
    subscription = subscription_or_404(request, pk)
    agreed = agreed_of(subscription)
    form = IncidentForm(request.POST or request.GET or None)
    breakdown = form.breakdown() if form.is_valid() else None
    verdict = (
        judge(subscription=subscription, agreed=agreed, breakdown=breakdown) if agreed and breakdown else None
    )
    if request.method == "POST" and breakdown and verdict:
        key = form.cleaned_data["key"]
        try:
            note = credit_breakdown(
                subscription=subscription, breakdown=breakdown, verdict=verdict, by=request.user, key=key
            )
        except CreditRefused as refused:
            messages.error(request, str(refused))
            return redirect(subscription)
        messages.success(request, _("L’avoir %(number)s part à l’association.") % {"number": note.number})
        return redirect(note)
    context = {"subscription": subscription, "agreed": agreed, "form": form, "verdict": verdict}
    return TemplateResponse(request, "staff/subscriptions/incident.html", context)
