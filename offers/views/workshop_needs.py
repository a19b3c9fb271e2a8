"""The workshop's needs: the list, writing one, its place, deleting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.models import Need
from offers.needs import StillUsed, delete_need, keep_need, ordered_needs
from offers.ordering import move
from offers.sales import sales_of
from offers.workshop_forms.need import NeedForm

WRITING = require_http_methods(["GET", "HEAD", "POST"])


@staff()
@require_safe
def needs(request: StaffRequest) -> HttpResponse:
    """Every need in its order, with how many components answer it."""
    context = {
        "needs": ordered_needs(),
        "year": sales_of(request.hoster, timezone.localdate()),
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offers/needs.html", context)


@staff(Role.ADMIN)
@WRITING
def new(request: StaffRequest) -> HttpResponse:
    """Write another need."""
    return _written(request, Need(hoster=request.hoster))


@staff(Role.ADMIN)
@WRITING
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a need again."""
    return _written(request, get_object_or_404(Need, pk=pk))


@staff(Role.ADMIN)
@require_POST
def reorder(request: StaffRequest, pk: int) -> HttpResponse:
    """One step up or down."""
    need = get_object_or_404(Need, pk=pk)
    move(rows=list(Need.objects.order_by("position", "pk")), pk=need.pk, up="monter" in request.POST)
    return redirect(f"{reverse('staff:needs')}#besoin-{pk}")


@staff(Role.ADMIN)
@WRITING
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then delete; refused while components answer it."""
    need = get_object_or_404(Need, pk=pk)
    users = list(need.components.order_by("position", "pk").values_list("function", flat=True))
    if request.method == "POST":
        try:
            delete_need(need=need)
        except StillUsed as error:
            users = error.users
        else:
            messages.success(request, _("Le besoin « %(title)s » est supprimé.") % {"title": need.title})
            return redirect("staff:needs")
    context = {
        "name": need.title,
        "users": users,
        "back": reverse("staff:needs"),
        "back_label": _("Besoins"),
        "held_by": _(
            "Des composants y répondent encore. Donnez-leur un autre besoin, ou supprimez-les d’abord :"
        ),
    }
    refused = bool(users) and request.method == "POST"
    return TemplateResponse(request, "staff/offers/delete.html", context, status=409 if refused else 200)


def _written(request: StaffRequest, need: Need) -> HttpResponse:
    form = NeedForm(request.POST or None, instance=need)
    if request.method == "POST" and form.is_valid():
        keep_need(need=form.instance)
        messages.success(request, _("Le besoin « %(title)s » est enregistré.") % {"title": need.title})
        return redirect("staff:needs")
    return TemplateResponse(
        request, "staff/offers/need.html", {"form": form, "need": need}, status=422 if form.errors else 200
    )
