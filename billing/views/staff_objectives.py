"""What an association wants to reach, followed with it: objectives, values over time (003-022)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing import objectives
from billing.models import Objective
from billing.objective_forms import ObjectiveForm, ValueForm
from crm.models import Organization
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def of_organization(request: StaffRequest, pk: int) -> HttpResponse:
    """The objectives of an association with their values; one more."""
    organization = get_object_or_404(Organization.objects.filter(hoster=request.hoster).living(), pk=pk)
    new = Objective(hoster=request.hoster, organization=organization)
    form = ObjectiveForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        objectives.keep_objective(objective=form.instance)
        messages.success(request, _("L’objectif est noté : l’association le voit dans son espace."))
        return redirect("staff:organization_objectives", pk=pk)
    return _page(request, organization, form, ValueForm())


@staff(Role.SALES)
@require_POST
def value(request: StaffRequest, pk: int) -> HttpResponse:
    """Where an objective is on a day."""
    objective = _objective(request, pk)
    form = ValueForm(request.POST)
    if not form.is_valid():
        return _page(request, objective.organization, ObjectiveForm(), form, wrong=objective.pk)
    objectives.record_value(objective=objective, by=request.user, **form.cleaned_data)
    messages.success(request, _("C’est noté : l’association le voit dans son espace."))
    return redirect("staff:organization_objectives", pk=objective.organization_id)


@staff(Role.SALES)
@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Stop following an objective, once confirmed."""
    objective = _objective(request, pk)
    if "sure" in request.POST:  # the button says it: a bare POST takes nothing away
        objectives.remove_objective(objective=objective)
        messages.success(request, _("« %(name)s » n’est plus suivi.") % {"name": objective})
    return redirect("staff:organization_objectives", pk=objective.organization_id)


def _page(
    request: StaffRequest,
    organization: Organization,
    form: ObjectiveForm,
    value: ValueForm,
    *,
    wrong: int | None = None,
) -> HttpResponse:
    """`wrong` is the objective whose value was typed wrong."""
    context = {
        "organization": organization,
        "objectives": objectives.objectives_of(organization),
        "form": form,
        "value": value,
        "empty_value": ValueForm(),
        "wrong": wrong,
    }
    status = 422 if form.errors or value.errors else 200
    return TemplateResponse(request, "staff/objectives.html", context, status=status)


def _objective(request: StaffRequest, pk: int) -> Objective:
    rows = Objective.objects.filter(hoster=request.hoster)
    return get_object_or_404(rows.select_related("organization"), pk=pk)
