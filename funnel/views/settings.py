"""The funnels of a hoster, and what was counted elsewhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel.definitions import FunnelRefused, erase_funnel, move_funnel_up, save_funnel, steps_to_show
from funnel.forms import FunnelForm, HandCountForm
from funnel.hand_counts import erase_hand_count, record_hand_count
from funnel.models import FunnelDefinition, HandCount
from funnel.steps import usual_steps
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of

READ_OR_SEND = ["GET", "HEAD", "POST"]
SURE = "sure"  # carried by the button that erases: a POST by mistake erases nothing


@staff(Role.SALES)
@require_http_methods(READ_OR_SEND)
def settings(request: StaffRequest) -> HttpResponse:
    """The funnels in order, and a form for another one."""
    form = FunnelForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _saved(request, form, None):
        return redirect("staff:funnel_settings")
    funnels = FunnelDefinition.objects.filter(hoster=request.hoster)
    context = {"form": form, "funnels": [(each, steps_to_show(each)) for each in funnels]}
    return TemplateResponse(request, "staff/funnel/settings.html", context | {"usual": usual_steps()})


@staff(Role.SALES)
@require_http_methods(READ_OR_SEND)
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """One funnel: its name, its steps, what it is compared with."""
    shown = get_object_or_404(FunnelDefinition, hoster=request.hoster, pk=pk)
    name = shown.name
    form = FunnelForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid() and _saved(request, form, shown):
        return redirect("staff:funnel_settings")
    return TemplateResponse(request, "staff/funnel/edit.html", {"form": form, "funnel": shown, "name": name})


@staff(Role.SALES)
@require_POST
def move_up(request: StaffRequest, pk: int) -> HttpResponse:
    move_funnel_up(funnel=get_object_or_404(FunnelDefinition, hoster=request.hoster, pk=pk))
    return redirect("staff:funnel_settings")


@staff(Role.SALES)
@require_POST
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(FunnelDefinition, hoster=request.hoster, pk=pk)
    if SURE in request.POST:
        erase_funnel(funnel=shown)
        messages.success(request, _("Entonnoir effacé. Les comptages, eux, restent."))
    return redirect("staff:funnel_settings")


@staff(Role.SALES)
@require_http_methods(READ_OR_SEND)
def hand_counts(request: StaffRequest) -> HttpResponse:
    """Numbers written down by hand, the latest first."""
    form = HandCountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record_hand_count(hoster=request.hoster, by=request.user, **form.cleaned_data)
        messages.success(request, _("C’est compté."))
        return redirect("staff:funnel_hand_counts")
    rows = HandCount.objects.filter(hoster=request.hoster)
    return TemplateResponse(
        request, "staff/funnel/hand_counts.html", {"form": form, "page": page_of(rows, request)}
    )


@staff(Role.SALES)
@require_POST
def erase_count(request: StaffRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(HandCount, hoster=request.hoster, pk=pk)
    if SURE in request.POST:
        erase_hand_count(count=shown)
        messages.success(request, _("Ce nombre n’est plus compté."))
    return redirect("staff:funnel_hand_counts")


def _saved(request: StaffRequest, form: FunnelForm, funnel: FunnelDefinition | None) -> bool:
    told = form.cleaned_data
    try:
        save_funnel(
            hoster=request.hoster,
            funnel=funnel,
            name=told["name"],
            codes=told["codes"],
            benchmark=told["benchmark"],
        )
    except FunnelRefused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Entonnoir enregistré."))
    return True
