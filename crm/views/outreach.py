"""Making oneself known: the page of all of it, and the forms of what is written down."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.forms.outreach import PartnerActionForm, VoiceForm
from crm.models import (
    ActionPlan,
    CallForProjects,
    Campaign,
    CampaignAction,
    Encounter,
    Objection,
    Partner,
    PartnerAction,
    Wish,
)
from crm.outreach import records
from crm.outreach.kinds import KINDS, Kind
from crm.outreach.origins import by_first_step, by_source, referred
from crm.segments import segment_label
from crm.views.writing import WRITING, FormPage, form_page
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.together import together

SHOWN = 50


@staff()
@require_safe
def outreach(request: StaffRequest) -> HttpResponse:
    """Campaigns with what is planned, events, calls for projects, partners, wishes, objections."""
    mine = {"hoster": request.hoster}
    wishes = Wish.objects.filter(**mine).annotate(number=Count("voices"))
    objections = Objection.objects.filter(**mine).annotate(
        number=Count("interactions__organization", distinct=True)
    )
    actions = CampaignAction.objects.filter(campaign__hoster=request.hoster, done_at=None)
    actions = actions.select_related("campaign", "owner").order_by("due_on", "pk")[:SHOWN]
    plans = ActionPlan.objects.filter(**mine).order_by("segment", "name")[:SHOWN]
    lists = {
        "campaigns": Campaign.objects.filter(**mine).order_by("-starts_on", "-pk")[:SHOWN],
        "encounters": Encounter.objects.filter(**mine).order_by("-on", "-pk")[:SHOWN],
        "calls": CallForProjects.objects.filter(**mine).select_related("owner").order_by("-deadline")[:SHOWN],
        "partners": Partner.objects.filter(**mine).annotate(number=Count("actions")).order_by("name")[:SHOWN],
        "wishes": wishes.order_by("answered_on", "-number", "title")[:SHOWN],
        "objections": objections.order_by("-number", "title")[:SHOWN],
    }
    together(actions, plans, *lists.values())
    context = lists | {
        "weeks": weeks_of(actions),
        "plans": [
            (each, segment_label(each.segment) if each.segment else _("tout le monde")) for each in plans
        ],
        "today": timezone.localdate(),
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/outreach/outreach.html", context)


def weeks_of(actions: Iterable[CampaignAction]) -> list[tuple[date, list[CampaignAction]]]:
    """What is planned, week by week (002-190): the Monday of each, and its actions in the order of their days."""
    grouped = groupby(actions, lambda each: each.due_on - timedelta(days=each.due_on.weekday()))
    return [(monday, list(rows)) for monday, rows in grouped]


@staff()
@require_safe
def origins(request: StaffRequest) -> HttpResponse:
    """Where people come from, and how many became clients."""
    context = {
        "sources": by_source(request.hoster),
        "steps": [*by_first_step(request.hoster), referred(request.hoster)],
    }
    return TemplateResponse(request, "staff/outreach/origins.html", context)


@staff(Role.SALES)
@WRITING
def new(request: StaffRequest, kind: str) -> HttpResponse:
    known = _kind(kind)
    return _written(request, kind, known, known.new(request.hoster))


@staff(Role.SALES)
@WRITING
def edit(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    return _written(request, kind, _kind(kind), _found(request, kind, pk))


@staff(Role.SALES)
@require_POST
def delete(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    found = _found(request, kind, pk)
    if "sure" in request.POST:  # the button says it: a bare POST takes nothing away
        records.remove(record=found)
        messages.success(request, _("« %(name)s » est retiré.") % {"name": found})
    return redirect("staff:outreach")


@staff(Role.SALES)
@WRITING
def partner_action(request: StaffRequest, pk: int) -> HttpResponse:
    """Something done or planned with a partner."""
    partner = get_object_or_404(Partner.objects.filter(hoster=request.hoster), pk=pk)
    form = PartnerActionForm(request.POST or None, instance=PartnerAction(partner=partner, by=request.user))
    if request.method == "POST" and form.is_valid():
        records.keep(record=form.instance)
        messages.success(request, _("C’est noté."))
        return redirect("staff:outreach_partner", pk=pk)
    context = {"partner": partner, "form": form, "actions": partner.actions.order_by("-on", "-pk")[:SHOWN]}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/outreach/partner.html", context, status=status)


@staff(Role.SALES)
@WRITING
def wish(request: StaffRequest, pk: int) -> HttpResponse:
    """Who asks for it, in their words; another voice."""
    found = get_object_or_404(Wish.objects.filter(hoster=request.hoster), pk=pk)
    form = VoiceForm(request.POST or None, hoster=request.hoster)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        is_new = records.add_voice(wish=found, organization=told["name"], words=told["words"])
        messages.success(request, _("C’est noté.") if is_new else _("Cette structure l’avait déjà demandé."))
        return redirect("staff:outreach_wish", pk=pk)
    voices = found.voices.select_related("organization").order_by("-at")
    context = {"wish": found, "form": form, "voices": voices}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/outreach/wish.html", context, status=status)


@staff(Role.SALES)
@require_POST
def answer_wish(request: StaffRequest, pk: int) -> HttpResponse:
    """We propose it from now on."""
    records.answer_wish(wish=get_object_or_404(Wish.objects.filter(hoster=request.hoster), pk=pk))
    return redirect("staff:outreach_wish", pk=pk)


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _found(request: StaffRequest, kind: str, pk: int) -> Any:
    return get_object_or_404(
        _kind(kind).model.objects.filter(hoster=request.hoster).select_related("hoster"), pk=pk
    )


def _written(request: StaffRequest, kind: str, known: Kind, instance: Any) -> HttpResponse:
    form = known.form(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        records.keep(record=form.instance)
        messages.success(request, _("C’est enregistré."))
        return redirect(_page_of(kind, form.instance.pk))
    page = FormPage(
        title=str(known.title),
        button=_("Enregistrer"),
        back=reverse("staff:outreach"),
        back_label=_("Se faire connaître"),
        intro=str(known.intro),
        remove=_remove_address(kind, instance),
        removing=str(known.removing),
    )
    return form_page(request, page, form)


def _remove_address(kind: str, instance: Any) -> str:
    """Where it is taken away; "" for one that is not written yet."""
    return reverse("staff:outreach_delete", kwargs={"kind": kind, "pk": instance.pk}) if instance.pk else ""


PAGES = {
    "campagnes": "staff:campaign",
    "evenements": "staff:encounter",
    "partenaires": "staff:outreach_partner",
    "souhaits": "staff:outreach_wish",
}


def _page_of(kind: str, pk: int) -> str:
    return reverse(PAGES[kind], kwargs={"pk": pk}) if kind in PAGES else reverse("staff:outreach")
