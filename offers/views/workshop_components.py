"""The workshop's components: the list by need, writing one, its place, deleting it, picking from the library."""

from itertools import groupby

from django.contrib import messages
from django.core.validators import slug_re
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.components import (
    delete_component,
    keep_component,
    offers_using,
    ordered_components,
    other_variant,
)
from offers.library import components_by_need
from offers.library.planting import take_components
from offers.models import Component, Need, Offer
from offers.needs import StillUsed
from offers.ordering import move
from offers.proof import proof_of
from offers.workshop_forms.component import ComponentForm

WRITING = require_http_methods(["GET", "HEAD", "POST"])


@staff()
@require_safe
def components(request: StaffRequest) -> HttpResponse:
    """Every component, under the need it answers."""
    groups = [(need, list(rows)) for need, rows in groupby(ordered_components(), lambda row: row.need)]
    context = {
        "groups": groups,
        "has_offers": Offer.objects.exists(),
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offers/components.html", context)


@staff(Role.ADMIN)
@WRITING
def new(request: StaffRequest) -> HttpResponse:
    """Write another component; `?comme=` starts from one of ours, installed the other way (002-122)."""
    like = request.GET.get("comme", "")
    model = get_object_or_404(Component, pk=like) if like.isdecimal() and len(like) < 10 else None
    return _written(request, other_variant(model) if model else Component(hoster=request.hoster))


@staff(Role.ADMIN)
@WRITING
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a component again."""
    return _written(request, get_object_or_404(Component.objects.select_related("need"), pk=pk))


@staff(Role.ADMIN)
@require_POST
def reorder(request: StaffRequest, pk: int) -> HttpResponse:
    """One step up or down among those that answer the same need."""
    component = get_object_or_404(Component, pk=pk)
    rows = Component.objects.filter(need=component.need_id).order_by("position", "pk")
    move(rows=list(rows), pk=pk, up="monter" in request.POST)
    return redirect(f"{reverse('staff:components')}#composant-{pk}")


@staff(Role.ADMIN)
@WRITING
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then delete; refused while offers give it."""
    component = get_object_or_404(Component, pk=pk)
    users = offers_using(component)
    if request.method == "POST":
        try:
            delete_component(component=component)
        except StillUsed as error:
            users = error.users
        else:
            messages.success(request, _("Le composant « %(name)s » est supprimé.") % {"name": component})
            return redirect("staff:components")
    context = {
        "name": component.function,
        "users": users,
        "back": reverse("staff:components"),
        "back_label": _("Composants"),
        "held_by": _("Encore utilisé par ces offres. Retirez-le d’elles d’abord :"),
    }
    refused = bool(users) and request.method == "POST"
    return TemplateResponse(request, "staff/offers/delete.html", context, status=409 if refused else 200)


@staff(Role.ADMIN)
@WRITING
def library(request: StaffRequest) -> HttpResponse:
    """Ready-made components: tick several, take them with their needs (002-151). `?offre=` puts them in an offer."""
    asked = request.GET.get("offre", "")
    offer = Offer.objects.filter(slug=asked).first() if slug_re.match(asked) else None
    if request.method == "POST":
        taken = take_components(hoster=request.hoster, slugs=request.POST.getlist("composants"), into=offer)
        count = len(taken)
        if count:
            told = ngettext("%(n)s composant ajouté.", "%(n)s composants ajoutés.", count) % {"n": count}
            messages.success(request, told)
            return redirect("staff:offer_parts", slug=offer.slug) if offer else redirect("staff:components")
        messages.info(
            request, _("Rien n’a été ajouté : cochez au moins un composant que vous n’avez pas encore.")
        )
        return redirect(request.get_full_path())
    context = {
        "offer": offer,
        "shelves": components_by_need().items(),
        "had": set(Component.objects.values_list("slug", flat=True)),
    }
    return TemplateResponse(request, "staff/offers/library.html", context)


def _written(request: StaffRequest, component: Component) -> HttpResponse:
    form = ComponentForm(request.POST or None, instance=component)
    if request.method == "POST" and form.is_valid():
        keep_component(component=form.instance)
        messages.success(request, _("Le composant « %(name)s » est enregistré.") % {"name": component})
        return redirect("staff:components")
    context = {
        "form": form,
        "component": component,
        "proof": proof_of(component) if component.pk and not form.errors else (),
        "users": offers_using(component) if component.pk else [],
        "no_need": not Need.objects.exists(),
    }
    return TemplateResponse(
        request, "staff/offers/component.html", context, status=422 if form.errors else 200
    )
