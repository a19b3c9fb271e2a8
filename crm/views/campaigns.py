"""A campaign on one page: its goals, its actions, its budget, what it brought; and its few letters."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm.campaigns.campaigns import finish_action, keep_part, remove_part, targets_of
from crm.campaigns.facts import cost_of_each, facts_of, progress_of
from crm.campaigns.mailing import recipients_of, send_letters
from crm.forms.campaign import ActionForm, GoalForm, MailingForm, ReviewForm
from crm.forms.outreach import MetForm
from crm.models import Campaign, CampaignAction, CampaignGoal, CampaignReview, Encounter
from crm.outreach.encounters import take
from crm.relation_settings import relation_settings
from crm.views.writing import WRITING
from hosters.access import StaffRequest, staff
from hosters.links import site_of
from hosters.models import Role

#: What a campaign is made of, by the word of its address.
PARTS: dict[str, tuple[type[Any], type[Any]]] = {
    "objectifs": (CampaignGoal, GoalForm),
    "actions": (CampaignAction, ActionForm),
    "bilans": (CampaignReview, ReviewForm),
}


@staff()
@require_safe
def campaign(request: StaffRequest, pk: int) -> HttpResponse:
    """What was wanted and what came of it."""
    return _page(request, _found(request, pk), {})


@staff(Role.SALES)
@require_POST
def add(request: StaffRequest, pk: int, part: str) -> HttpResponse:
    """A goal, an action or a review more."""
    found = _found(request, pk)
    if part not in PARTS:
        raise Http404
    model, form_class = PARTS[part]
    form = form_class(request.POST, hoster=request.hoster, instance=model(campaign=found))
    if form.is_valid():
        keep_part(part=form.instance)
        messages.success(request, _("C’est noté."))
        return redirect("staff:campaign", pk=pk)
    return _page(request, found, {part: form})


@staff(Role.SALES)
@require_POST
def remove(request: StaffRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Take a goal, an action or a review away."""
    found = _part(request, pk, part, row)
    if "sure" in request.POST:  # the button says it
        remove_part(part=found)
    return redirect("staff:campaign", pk=pk)


@staff(Role.SALES)
@require_POST
def done(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    """An action is done."""
    finish_action(action=_part(request, pk, "actions", row))
    return redirect("staff:campaign", pk=pk)


@staff(Role.SALES)
@WRITING
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """The people of the target, why each may be written to or not; the ticked ones receive a letter."""
    found = _found(request, pk)
    form = MailingForm(request.POST or None, hoster=request.hoster, initial={"key": uuid4()})
    chosen = [int(each) for each in request.POST.getlist("contact") if each.isdecimal()]
    if request.method == "POST" and form.is_valid():
        if chosen:
            told = form.cleaned_data
            sent = send_letters(
                campaign=found, model=told["model"], chosen=chosen, key=told["key"], by=request.user
            )
            messages.success(request, _("Courriels qui partent : %(number)s.") % {"number": sent.number})
            for refusal in sent.refusals:
                messages.warning(request, refusal)
            return redirect("staff:campaign", pk=pk)
        form.add_error(None, _("Cochez au moins une personne."))
    settings = relation_settings(request.hoster)
    context = {
        "campaign": found,
        "form": form,
        "recipients": recipients_of(found, settings),
        "most": settings.letters_at_once,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "staff/outreach/mailing.html", context, status=status)


@staff(Role.SALES)
@WRITING
def encounter(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the coordinates of somebody at an event: the text is read, the boxes are theirs."""
    rows = Encounter.objects.filter(hoster=request.hoster).select_related("hoster")
    found = get_object_or_404(rows, pk=pk)
    form = MetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = take(encounter=found, met=form.met(), by=request.user)
        messages.success(request, _("%(name)s est enregistré·e.") % {"name": contact.name})
        return redirect("staff:encounter", pk=pk)
    status = 422 if form.errors else 200
    context = {"encounter": found, "form": form}
    return TemplateResponse(request, "staff/outreach/encounter.html", context, status=status)


def _found(request: StaffRequest, pk: int) -> Campaign:
    rows = Campaign.objects.filter(hoster=request.hoster).select_related("hoster", "need")
    return get_object_or_404(rows, pk=pk)


def _part(request: StaffRequest, pk: int, part: str, row: int) -> Any:
    if part not in PARTS:
        raise Http404
    model, _form = PARTS[part]
    return get_object_or_404(model.objects.filter(campaign=_found(request, pk)), pk=row)


def _page(request: StaffRequest, found: Campaign, forms: dict[str, Any]) -> HttpResponse:
    facts = facts_of(found)
    empty = {
        part: form(hoster=request.hoster, instance=model(campaign=found, **TODAY.get(part, dict)()))
        for part, (model, form) in PARTS.items()
        if part not in forms
    }
    context = {
        "campaign": found,
        "goals": progress_of(found.goals.select_related("owner").order_by("deadline", "pk"), facts),
        "facts": facts,
        "costs": cost_of_each(found, facts),
        "actions": found.actions.select_related("owner").order_by("done_at", "due_on", "pk"),
        "reviews": found.reviews.order_by("-on", "-pk"),
        "targets": targets_of(found).count(),
        "forms": empty | forms,
        "link": f"{site_of(found.hoster)}/?via={found.code}" if found.code else "",
        "may_write": request.membership.role != Role.ACCOUNTANT,
    }
    return TemplateResponse(request, "staff/outreach/campaign.html", context, status=422 if forms else 200)


#: What a new part says by itself.
TODAY: dict[str, Any] = {"bilans": lambda: {"on": timezone.localdate()}}
