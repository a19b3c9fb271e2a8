"""Prestation, service, produit, hybride: the table, the questionnaire, and formulas to start from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.archetypes import ARCHETYPES
from offers.library import components_of, formulas
from offers.library.planting import start_offer
from offers.model_advice import QUESTIONS, PrioritiesForm, advise
from offers.model_families import FAMILIES


@staff()
@require_safe
def models(request: StaffRequest) -> HttpResponse:
    """The comparison table; with answers in the address, the model they advise and why."""
    asked = any(question.code in request.GET for question in QUESTIONS)
    form = PrioritiesForm(request.GET if asked or "conseil" in request.GET else None)
    context = {
        "archetypes": ARCHETYPES,
        "families": FAMILIES,
        "form": form,
        "advice": advise(form.cleaned_data) if form.is_bound and form.is_valid() else None,
        "formulas": [(entry, components_of(entry)) for entry in formulas()],
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offers/models.html", context)


@staff(Role.ADMIN)
@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """A draft made from a formula, with its components (000-018 to 000-020)."""
    entry = next((entry for entry in formulas() if entry.slug == request.POST.get("formule")), None)
    if entry is None:
        messages.info(request, _("Choisissez une des formules de la liste."))
        return redirect("staff:models")
    offer, made = start_offer(hoster=request.hoster, entry=entry)
    if made:
        told = _("Le brouillon « %(name)s » est créé. Donnez-lui un prix.")
        messages.success(request, told % {"name": offer.name})
    else:
        messages.info(request, _("« %(name)s » est déjà dans votre atelier.") % {"name": offer.name})
    return redirect("staff:offers")
