"""The people of the association: see the rules, invite, change a role, remove, hand over when the board changes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.people import PeopleRefused, change_role, hand_over, invite, people_of, remove
from billing.people_forms import FiscalYearForm, InvitationForm, RoleForm, SuccessorForm
from crm.models import Contact, SpaceRole
from crm.organizations import choose_fiscal_year
from crm.space_roles import Right, may, table
from hosters.throttle import throttled
from portal import access
from portal.access import SpaceRequest, entitled, space


@space
@require_safe
def people(request: SpaceRequest) -> HttpResponse:
    """Who is in the space, and what each role may do."""
    return _page(request, InvitationForm())


@space
@entitled(Right.PEOPLE)
@throttled
@require_POST
def invite_person(request: SpaceRequest) -> HttpResponse:
    """Let somebody in; they receive their link by e-mail."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        person = invite(organization=request.contact.organization, invitation=form.invitation())
    except PeopleRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Invitation envoyée à %(name)s.") % {"name": person.name})
    return redirect("portal:people")


@space
@entitled(Right.PEOPLE)
@require_POST
def set_role(request: SpaceRequest, pk: int) -> HttpResponse:
    """Give another role to a person."""
    person = _person(request, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            change_role(person=person, space_role=SpaceRole(form.cleaned_data["space_role"]))
            messages.success(request, _("Le rôle de %(name)s a changé.") % {"name": person.name})
        except PeopleRefused as refused:
            messages.error(request, str(refused))
    return redirect("portal:people")


@space
@entitled(Right.PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_person(request: SpaceRequest, pk: int) -> HttpResponse:
    """Ask, then remove: their links stop working at once."""
    person = _person(request, pk)
    if request.method != "POST":
        return TemplateResponse(request, "portal/remove_person.html", {"person": person})
    try:
        remove(person=person)
    except PeopleRefused as refused:
        messages.error(request, str(refused))
        return redirect("portal:people")
    return _after_departure(request, person)


@space
@entitled(Right.PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_to(request: SpaceRequest, pk: int) -> HttpResponse:
    """The board changes: name who takes the place of a person."""
    person = _person(request, pk)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            successor = hand_over(person=person, to=form.invitation(SpaceRole(person.space_role)))
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            told = {"name": successor.name, "role": successor.get_space_role_display()}
            messages.success(request, _("%(name)s prend la suite (%(role)s).") % told)
            return _after_departure(request, person)
    return TemplateResponse(request, "portal/hand_over.html", {"person": person, "form": form})


@space
@entitled(Right.SEE_INVOICES)
@require_POST
def fiscal_year(request: SpaceRequest) -> HttpResponse:
    """In which month the accounts of the association begin."""
    form = FiscalYearForm(request.POST)
    if form.is_valid():
        first_month = int(form.cleaned_data["fiscal_year_start"])
        choose_fiscal_year(organization=request.contact.organization, first_month=first_month)
        messages.success(request, _("Vos factures sont rangées selon votre exercice."))
    return redirect("portal:home")


def _page(request: SpaceRequest, form: InvitationForm) -> HttpResponse:
    organization = request.contact.organization
    context = {
        "contact": request.contact,
        "organization": organization,
        "people": people_of(organization),
        "roles": SpaceRole.choices,
        "rules": table(),
        "may_change": may(request.contact, Right.PEOPLE),
        "form": form,
    }
    return TemplateResponse(request, "portal/people.html", context)


def _person(request: SpaceRequest, pk: int) -> Contact:
    theirs = Contact.objects.current().filter(organization=request.contact.organization)
    return get_object_or_404(theirs.select_related("organization__hoster"), pk=pk)


def _after_departure(request: SpaceRequest, person: Contact) -> HttpResponse:
    messages.success(request, _("L’espace est fermé à %(name)s.") % {"name": person.name})
    if person.pk == request.contact.pk:
        access.leave(request)
        return redirect("portal:ask")
    return redirect("portal:people")
