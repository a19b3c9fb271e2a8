"""What has to be done for associations: the list, planning one, saying that it is done (000-003, 000-007)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.delivery.capacity import capacities, loads
from billing.delivery.forms import DoneForm, PlanForm
from billing.delivery.planning import DeliveryRefused, finish, schedule
from billing.models import Delivery
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of


@staff()
@require_safe
def deliveries(request: StaffRequest) -> HttpResponse:
    """Everything that is to be done, the soonest first, or what was done; and what the team can hold."""
    past = "faites" in request.GET
    rows = Delivery.objects.filter(hoster=request.hoster).select_related(
        "organization", "component", "done_by"
    )
    rows = (
        rows.filter(done_on__isnull=False).order_by("-done_on", "-pk")
        if past
        else rows.to_do().order_by("due_on", "pk")
    )
    context = {
        "page": page_of(rows, request),
        "past": past,
        "loads": loads(*capacities(request.hoster)),
        "today": timezone.localdate(),
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/deliveries.html", context)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: StaffRequest, pk: int) -> HttpResponse:
    """One thing to do: choosing its day and who does it."""
    found = _delivery(request, pk)
    form = PlanForm(request.POST) if request.method == "POST" else PlanForm.of(found)
    if request.method == "POST" and form.is_valid():
        try:
            schedule(delivery=found, **form.cleaned_data)
        except DeliveryRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("C’est noté : l’association le voit dans son espace."))
        return redirect("staff:deliveries")
    return _page(request, found, form, DoneForm())


@staff(Role.SALES)
@require_POST
def done(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that it is done, when, and what was done."""
    found = _delivery(request, pk)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _page(request, found, PlanForm.of(found), form)
    following = finish(delivery=found, by=request.user, **form.cleaned_data)
    messages.success(request, _("C’est fait pour « %(name)s ».") % {"name": found.organization.name})
    if following and following.due_on:
        told = _("Le prochain point de suivi est prévu le %(day)s.")
        messages.info(request, told % {"day": following.due_on.strftime("%d/%m/%Y")})
    return redirect("staff:deliveries")


def _page(request: StaffRequest, found: Delivery, plan: PlanForm, done: DoneForm) -> HttpResponse:
    context = {"delivery": found, "plan": plan, "done": done}
    status = 422 if plan.errors or done.errors else 200
    return TemplateResponse(request, "staff/delivery.html", context, status=status)


def _delivery(request: StaffRequest, pk: int) -> Delivery:
    rows = Delivery.objects.filter(hoster=request.hoster)
    return get_object_or_404(rows.select_related("organization", "quote", "component", "done_by"), pk=pk)
