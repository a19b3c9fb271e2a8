"""The people of the team: who comes in, in what role, and who leaves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosters import staff as people
from hosters.access import StaffRequest, staff
from hosters.models import Membership, Role
from hosters.sections.registry import SECTIONS
from hosters.sections.team import InvitationForm, RoleForm
from hosters.views.settings import READ_OR_SEND


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def team(request: StaffRequest) -> HttpResponse:
    """Everybody of the team, and the form that lets somebody in."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            people.invite(
                hoster=request.hoster,
                email=told["email"],
                name=told["name"],
                role=Role(told["role"]),
                by=request.user,
            )
        except people.AlreadyThere:
            form.add_error("email", _("Cette personne est déjà de l’équipe."))
        else:
            messages.success(request, _("L’invitation part par e-mail ; son lien marche trois jours."))
            return redirect("staff:settings_team")
    return _page(request, form)


@staff(Role.ADMIN)
@require_POST
def change_role(request: StaffRequest, pk: int) -> HttpResponse:
    """Another role for a person of the team."""
    membership = _member(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            people.change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=request.user)
            messages.success(request, _("Le rôle est changé."))
        except people.LastManager:
            messages.error(request, _("Il faut garder au moins une personne à l’administration."))
    return redirect("staff:settings_team")


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Asked once more, then done."""
    membership = _member(request, pk)
    if request.method != "POST":
        context = {"member": membership, "section": SECTIONS["team"]}
        return TemplateResponse(request, "staff/settings/remove_member.html", context)
    try:
        people.remove(membership=membership, by=request.user)
        messages.success(request, _("Cette personne n’entre plus ici."))
    except people.LastManager:
        messages.error(request, _("Il faut garder au moins une personne à l’administration."))
    return redirect("staff:settings_team")


def _member(request: StaffRequest, pk: int) -> Membership:
    return get_object_or_404(
        Membership.objects.select_related("user", "hoster"), hoster=request.hoster, pk=pk
    )


def _page(request: StaffRequest, form: InvitationForm) -> HttpResponse:
    members = Membership.objects.filter(hoster=request.hoster).select_related("user").order_by("pk")
    rows = [
        (each, RoleForm(initial={"role": each.role}, prefix=None, auto_id=f"id_{each.pk}_%s"))
        for each in members
    ]
    context = {"section": SECTIONS["team"], "form": form, "members": rows}
    return TemplateResponse(request, "staff/settings/team.html", context)
