from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.models import Contact, Erasure
from crm.relation_forms import FindPersonForm, RelationSettingsForm
from crm.relation_settings import choose, relation_settings
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.retention import due_at, purge, told_once

LATEST = 20
SOON = timedelta(days=30)


@staff()
@require_safe
def overview(request: StaffRequest) -> HttpResponse:
    """What is kept of people, what the purge will end today and within a month, and one person to find."""
    now = timezone.now()
    find = FindPersonForm(request.GET or None)
    found = Contact.objects.none()
    if find.is_valid():
        cards = Contact.objects.filter(email__iexact=find.cleaned_data["address"], erased_at=None)
        found = cards.select_related("organization").order_by("pk")
    due, soon = due_at(request.hoster, now, now + SOON)
    context = {
        "rules": told_once(),
        "due": [(each.rule, each.count, later.count) for each, later in zip(due, soon, strict=True)],
        "find": find,
        "found": found,
        "erasures": Erasure.objects.select_related("by").order_by("-at", "-pk")[:LATEST],
        "settings": relation_settings(request.hoster),
    }
    return TemplateResponse(request, "staff/persons/overview.html", context)


@staff(Role.ADMIN)
@require_POST
def purge_now(request: StaffRequest) -> HttpResponse:
    """Do at once what the machine does every day."""
    count = sum(outcome.count for outcome in purge(request.hoster, now=timezone.now()))
    told = ngettext("%(count)s ligne effacée.", "%(count)s lignes effacées.", count) % {"count": count}
    messages.success(request, told if count else _("Rien n’était à effacer."))
    return redirect("staff:personal_data")


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: StaffRequest) -> HttpResponse:
    """How long people are kept, and whether functions may be written to without asking first (C4)."""
    form = RelationSettingsForm(request.POST or None, instance=relation_settings(request.hoster))
    if form.is_valid():
        choose(hoster=request.hoster, by=request.user, **form.cleaned_data)
        messages.success(request, _("Réglages enregistrés."))
        return redirect("staff:personal_data")
    return TemplateResponse(request, "staff/persons/settings.html", {"form": form})
