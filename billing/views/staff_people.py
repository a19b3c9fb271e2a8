"""Staff help when a board changes and nobody has the link any more: invite, hand over, remove."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.people import PeopleRefused, hand_over, invite, people_of, remove
from billing.people_forms import InvitationForm, SuccessorForm
from crm.models import Contact, Organization, SpaceRole
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: StaffRequest, pk: int) -> HttpResponse:
    """Who may enter the space of an organisation; inviting one more."""
    organization = get_object_or_404(Organization.objects.filter(hoster=request.hoster), pk=pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = invite(organization=organization, invitation=form.invitation())
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Invitation envoyée à %(name)s.") % {"name": person.name})
            return redirect("staff:people", pk=organization.pk)
    context = {"organization": organization, "people": people_of(organization), "form": form}
    return TemplateResponse(request, "staff/people.html", context)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_to(request: StaffRequest, pk: int) -> HttpResponse:
    """Name who takes the place of a person who left the board."""
    person = _person(request, pk)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            successor = hand_over(person=person, to=form.invitation(SpaceRole(person.space_role)))
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            role = successor.get_space_role_display()
            told = {"new": successor.name, "old": person.name, "role": role}
            messages.success(request, _("%(new)s (%(role)s) prend la suite de %(old)s.") % told)
            return redirect("staff:people", pk=person.organization_id)
    return TemplateResponse(request, "staff/hand_over.html", {"person": person, "form": form})


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_person(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then close the space to a person."""
    person = _person(request, pk)
    if request.method != "POST":
        return TemplateResponse(request, "staff/remove_person.html", {"person": person})
    try:
        remove(person=person)
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("L’espace est fermé à %(name)s.") % {"name": person.name})
    return redirect("staff:people", pk=person.organization_id)


def _person(request: StaffRequest, pk: int) -> Contact:
    rows = Contact.objects.current().filter(organization__hoster=request.hoster)
    return get_object_or_404(rows.select_related("organization__hoster"), pk=pk)
