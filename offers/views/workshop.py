"""The hoster's workshop: its offers, published or not; a new one; their order, copies, ends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.editing import (
    NotDeletable,
    change_address,
    create_offer,
    delete_offer,
    duplicate_offer,
    is_deletable,
    move_offer,
)
from offers.linter import errors_and_warnings, for_linting
from offers.models import Component, Offer
from offers.offer_forms import AddressForm, NewOfferForm
from offers.showcase import with_starting_prices
from offers.versions import is_ahead, withdraw_offer
from offers.views.tariff_editor import offer_of


@staff()
@require_safe
def offers(request: StaffRequest) -> HttpResponse:
    """Every offer with its state, its computed kind and the price it starts from."""
    rows = Offer.objects.filter(hoster=request.hoster).select_related("public_version")
    shown = with_starting_prices(for_linting(rows))
    told = errors_and_warnings(request.hoster, [column.offer for column in shown])
    context = {
        "offers": [(column, told.get(column.offer.slug)) for column in shown],
        "prepared": [column.offer.pk for column in shown if is_ahead(column.offer)],
        "today": timezone.localdate(),
        "has_components": bool(shown) or Component.objects.exists(),
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offers.html", context)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: StaffRequest) -> HttpResponse:
    """The few answers that start a draft."""
    form = NewOfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offer = create_offer(hoster=request.hoster, slug=form.cleaned_data["slug"], values=form.values())
        messages.success(request, _("Brouillon créé. Personne ne le voit avant sa publication."))
        return redirect("staff:offer_model", slug=offer.slug)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "staff/offer/new.html", {"form": form}, status=status)


@staff(Role.ADMIN)
@require_POST
def move(request: StaffRequest, slug: str) -> HttpResponse:
    """One place up or down in the storefront."""
    move_offer(offer=offer_of(request, slug), up=request.POST.get("sens") == "haut")
    return redirect("staff:offers")


@staff(Role.ADMIN)
@require_POST
def duplicate(request: StaffRequest, slug: str) -> HttpResponse:
    """A draft that says the same."""
    copy = duplicate_offer(offer=offer_of(request, slug))
    messages.success(request, _("Copie créée en brouillon : donnez-lui son nom."))
    return redirect("staff:offer_about", slug=copy.slug)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, slug: str) -> HttpResponse:
    """What it means, then it is off the storefront."""
    offer = offer_of(request, slug)
    if offer.state != Offer.State.PUBLISHED:
        return redirect("staff:offer_versions", slug=slug)
    if request.method != "POST":
        return TemplateResponse(request, "staff/offer/withdraw.html", {"offer": offer})
    withdraw_offer(offer=offer)
    messages.success(request, _("« %(offer)s » est retirée de la vente.") % {"offer": offer.name})
    return redirect("staff:offers")


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, slug: str) -> HttpResponse:
    """A draft that nobody ever saw, after a confirmation."""
    offer = offer_of(request, slug)
    if request.method != "POST":
        context = {"offer": offer, "deletable": is_deletable(offer)}
        return TemplateResponse(request, "staff/offer/erase.html", context)
    try:
        delete_offer(offer=offer)
    except NotDeletable as error:
        messages.error(request, str(error))
        return redirect("staff:offer_versions", slug=slug)
    messages.success(request, _("Le brouillon « %(offer)s » est effacé.") % {"offer": offer.name})
    return redirect("staff:offers")


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: StaffRequest, slug: str) -> HttpResponse:
    """Another address for the page; the former ones lead to it."""
    offer = offer_of(request, slug)
    form = AddressForm(offer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        change_address(offer=offer, slug=form.cleaned_data["slug"])
        messages.success(request, _("Nouvelle adresse enregistrée. L’ancienne y mène."))
        return redirect("staff:offer_about", slug=offer.slug)
    context = {"offer": offer, "form": form, "former": offer.former_slugs.all()}
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "staff/offer/address.html", context, status=status)
