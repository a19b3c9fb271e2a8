from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from crm import merging
from crm.duplicates import groups, lookalikes
from crm.models import Merge, Organization
from crm.stages import stage_label
from crm.views.organizations import found
from crm.views.writing import WRITING
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_safe
def duplicates(request: StaffRequest) -> HttpResponse:
    """Organisations that may be one, and the merges already made."""
    made = Merge.objects.filter(hoster=request.hoster).select_related("kept", "absorbed", "by")
    context = {"groups": groups(request.hoster), "merges": made.order_by("-at")[:20]}
    return TemplateResponse(request, "staff/relations/duplicates.html", context)


@staff(Role.SALES)
@WRITING
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    """What would move, then the merge; without the other one, those that look like it."""
    kept = found(request, pk)
    chosen = request.POST.get("avec") or request.GET.get("avec") or ""
    if not chosen.isdecimal() or len(chosen) > 18:
        context = {"organization": kept, "alike": lookalikes(organization=kept)}
        return TemplateResponse(request, "staff/relations/alike.html", context)
    living = Organization.objects.filter(hoster=request.hoster).living().select_related("hoster")
    absorbed = get_object_or_404(living.exclude(pk=kept.pk), pk=int(chosen))
    if request.method == "POST":
        return _merged(request, kept, absorbed)
    preview = merging.preview(kept=kept, absorbed=absorbed)
    context = {
        "kept": kept,
        "absorbed": absorbed,
        "preview": preview,
        "stage": stage_label(preview.stage, request.hoster),
    }
    return TemplateResponse(request, "staff/relations/merge.html", context)


def _merged(request: StaffRequest, kept: Organization, absorbed: Organization) -> HttpResponse:
    try:
        merging.merge(kept=kept, absorbed=absorbed, by=request.user)
    except merging.MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les deux fiches n’en font plus qu’une. On peut encore les séparer."))
    return redirect(kept)


@staff(Role.SALES)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take two organisations apart again."""
    made = get_object_or_404(Merge.objects.filter(hoster=request.hoster).select_related("kept"), pk=pk)
    try:
        merging.undo(merge=made, by=request.user)
    except merging.MergeRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les deux fiches sont de nouveau séparées."))
    return redirect("staff:organization_duplicates")
