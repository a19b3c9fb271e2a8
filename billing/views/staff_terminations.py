"""A notice of termination read by the team: which contract, then its end; or nothing to end."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.models import Subscription, Termination
from billing.subscriptions.terminations import close_termination, money_words, plan_for
from hosters.access import StaffRequest, staff
from hosters.models import Role

FOUND = 20  # contracts shown for a search


@staff(Role.SALES, Role.ACCOUNTANT)
@require_safe
def termination(request: StaffRequest, pk: int) -> HttpResponse:
    """The notice word for word, the contract that it names or those that a search finds (`?q=`)."""
    notice = get_object_or_404(
        Termination.objects.filter(hoster=request.hoster).select_related("subscription__quote"), pk=pk
    )
    wanted = request.GET.get("q", "").replace("\x00", "").strip()[:80] or notice.organization
    running = Subscription.objects.active().filter(hoster=request.hoster)
    named = Q(organization__name__icontains=wanted) | Q(quote__number__icontains=wanted)
    named |= Q(organization__contacts__email__iexact=notice.email)
    found = running.filter(named).select_related("organization", "quote").distinct()
    plan = None if notice.handled_at else plan_for(notice)
    context = {
        "notice": notice,
        "plan": plan,
        "money": money_words(notice.subscription, plan) if notice.subscription and plan else "",
        "q": wanted,
        "found": found.order_by("organization__name", "pk")[:FOUND],
        "end": notice.ends.select_related("subscription__quote").order_by("-pk").first(),
    }
    return TemplateResponse(request, "staff/subscriptions/termination.html", context)


@staff(Role.SALES, Role.ACCOUNTANT)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """No contract is to end: the notice leaves today's queue."""
    closed = get_object_or_404(Termination.objects.filter(hoster=request.hoster), pk=pk)
    close_termination(termination=closed, by=request.user)
    messages.success(
        request,
        _("La résiliation de %(name)s est classée, sans fin de contrat.") % {"name": closed.organization},
    )
    return redirect("staff:dashboard")
