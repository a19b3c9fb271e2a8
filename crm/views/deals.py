from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.forms.deal import LossForm, OpportunityForm
from crm.models import LossReason, Opportunity, Step
from crm.opportunities import StepRefused, keep_deal, lose, move_by_hand, open_by_hand
from crm.pipeline import board
from crm.views.organizations import found
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import capped_page_of


@staff()
@require_safe
def deals(request: StaffRequest) -> HttpResponse:
    """Every deal by step, with what it is worth a year."""
    columns = board(request.hoster)
    opened = [column for column in columns if column.step not in (Step.WON, Step.LOST)]
    context = {
        "columns": columns,
        "value": sum(column.value for column in opened),
        "number": sum(column.number for column in opened),
        "empty": not any(column.number for column in columns),
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/relations/board.html", context)


@staff()
@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """The same deals in a table, the next board meetings first."""
    rows = Opportunity.objects.filter(hoster=request.hoster).open().select_related("organization", "owner")
    page = capped_page_of(rows.order_by("meeting_on", "-step_since", "-pk"), request)
    return TemplateResponse(request, "staff/relations/deals.html", {"page": page})


@staff(Role.SALES)
@WRITING
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """A deal that no form opened."""
    organization = found(request, pk)
    deal = Opportunity(hoster=request.hoster, organization=organization, owner=request.user)
    form = OpportunityForm(request.POST or None, instance=deal)
    if request.method == "POST" and form.is_valid():
        open_by_hand(opportunity=form.instance, by=request.user)
        messages.success(request, _("L’affaire est ouverte."))
        return redirect("staff:deals")
    page = FormPage(
        title=_("Une affaire avec « %(name)s »") % {"name": organization.name},
        button=_("Ouvrir l’affaire"),
        back=organization.get_absolute_url(),
        back_label=organization.name,
        intro=_(
            "Les demandes de devis en ouvrent une toutes seules : ceci sert aux besoins entendus ailleurs."
        ),
    )
    return form_page(request, page, form)


@staff(Role.SALES)
@WRITING
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """What is known of a deal."""
    deal = _found(request, pk)
    form = OpportunityForm(request.POST or None, instance=deal)
    if request.method == "POST" and form.is_valid():
        keep_deal(opportunity=form.instance)
        messages.success(request, _("L’affaire est enregistrée."))
        return redirect("staff:deals")
    page = FormPage(
        title=_("L’affaire avec « %(name)s »") % {"name": deal.organization.name},
        button=_("Enregistrer"),
        back=deal.organization.get_absolute_url(),
        back_label=deal.organization.name,
    )
    return form_page(request, page, form)


@staff(Role.SALES)
@require_POST
def move(request: StaffRequest, pk: int) -> HttpResponse:
    """One step further or back; then back to its card."""
    deal = _found(request, pk)
    wanted = request.POST.get("to", "")
    if wanted in Step.values:
        try:
            move_by_hand(opportunity=deal, to=Step(wanted), by=request.user)
        except StepRefused as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{reverse('staff:deals')}#affaire-{deal.pk}")


@staff(Role.SALES)
@WRITING
def lost(request: StaffRequest, pk: int) -> HttpResponse:
    """They said no: why, and whether to leave them in peace."""
    deal = _found(request, pk)
    form = LossForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            lose(
                opportunity=deal,
                reason=LossReason(told["reason"]),
                note=told["note"],
                leave_alone=told["leave_alone"],
                by=request.user,
            )
        except StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Le refus est noté, avec sa raison."))
        return redirect("staff:deals")
    page = FormPage(
        title=_("« %(name)s » a dit non merci") % {"name": deal.organization.name},
        button=_("Noter le refus"),
        back=deal.organization.get_absolute_url(),
        back_label=deal.organization.name,
        intro=_("Neuf sur dix disent non : savoir pourquoi aide à mieux répondre aux suivantes."),
    )
    return form_page(request, page, form)


def _found(request: StaffRequest, pk: int) -> Opportunity:
    rows = Opportunity.objects.filter(hoster=request.hoster).select_related("organization", "hoster", "owner")
    return get_object_or_404(rows, pk=pk)
