from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from crm.action_plans import start_plan
from crm.follow_ups import PostponementRefused, due, finish, postpone
from crm.forms.exchange import InteractionForm, PostponeForm
from crm.interactions import record_interaction, too_soon
from crm.models import ActionPlan, FollowUp, Interaction, Organization
from crm.stages import stages_of
from crm.temperature import with_warmth
from crm.views.organizations import found
from crm.views.writing import WRITING, FormPage, form_page
from crm.workload import workload
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import capped_page_of
from pricing.dates import date_format


@staff(Role.SALES)
@WRITING
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Note a call, a mail, a meeting, or something to remember."""
    organization = found(request, pk)
    form = InteractionForm(request.POST or None, instance=Interaction(organization=organization))
    if request.method == "POST" and form.is_valid():
        record_interaction(interaction=form.instance, next_action=form.next_action(), by=request.user)
        messages.success(request, _("L’échange est noté."))
        return redirect(organization)
    page = FormPage(
        title=_("Noter un échange avec « %(name)s »") % {"name": organization.name},
        button=_("Noter"),
        back=organization.get_absolute_url(),
        back_label=organization.name,
        warning=frequency_warning(organization),
    )
    return form_page(request, page, form)


def frequency_warning(organization: Organization) -> str:
    """What to read before contacting them again, or "" (004-022)."""
    if organization.do_not_contact:
        return _(
            "Cette organisation a demandé à ne plus être contactée : répondez-lui seulement si elle écrit."
        )
    last = too_soon(organization)
    if not last:
        return ""
    day = date_format(timezone.localtime(last.happened_at), "j F Y")
    return _("Nous l’avons déjà contactée le %(day)s. Mieux vaut attendre, sauf si elle nous répond.") % {
        "day": day
    }


@staff()
@require_safe
def follow_ups(request: StaffRequest) -> HttpResponse:
    """Every follow-up that is due, the warmest first."""
    page = capped_page_of(due(request.hoster), request)
    context = {
        "page": page,
        "rows": with_warmth(page),
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/relations/follow_ups.html", context)


@staff()
@require_safe
def load(request: StaffRequest) -> HttpResponse:
    """Who follows whom (004-011)."""
    stages = [label for _code, label in stages_of(request.hoster)]
    loads = [(each, list(zip(stages, each.organizations, strict=True))) for each in workload(request.hoster)]
    context = {"stages": stages, "loads": loads}
    return TemplateResponse(request, "staff/relations/load.html", context)


@staff(Role.SALES)
@require_POST
def follow_plan(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    """Plan what an action plan says, from today (004-013)."""
    organization = found(request, pk)
    action_plan = get_object_or_404(ActionPlan.objects.filter(hoster=request.hoster), pk=row)
    number = start_plan(action_plan=action_plan, organization=organization, by=request.user)
    told = ngettext("%(n)s relance est prévue.", "%(n)s relances sont prévues.", number) % {"n": number}
    messages.success(request, told if number else _("Tout était déjà prévu."))
    return redirect(organization)


@staff(Role.SALES)
@require_POST
def done(request: StaffRequest, pk: int) -> HttpResponse:
    """A follow-up is done."""
    follow_up = _follow_up(request, pk)
    finish(follow_up=follow_up, by=request.user)
    messages.success(request, _("C’est fait pour « %(name)s ».") % {"name": follow_up.organization.name})
    return redirect("staff:dashboard")


@staff(Role.SALES)
@WRITING
def later(request: StaffRequest, pk: int) -> HttpResponse:
    """Put a follow-up off, with the reason."""
    follow_up = _follow_up(request, pk)
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            postpone(follow_up=follow_up, until=told["until"], reason=told["reason"], by=request.user)
        except PostponementRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La relance est reportée."))
            return redirect("staff:dashboard")
    page = FormPage(
        title=_("Reporter la relance de « %(name)s »") % {"name": follow_up.organization.name},
        button=_("Reporter"),
        back=follow_up.organization.get_absolute_url(),
        back_label=follow_up.organization.name,
        intro=follow_up.what,
    )
    return form_page(request, page, form)


def _follow_up(request: StaffRequest, pk: int) -> FollowUp:
    rows = FollowUp.objects.filter(hoster=request.hoster).select_related("organization")
    return get_object_or_404(rows, pk=pk)
