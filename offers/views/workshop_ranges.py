"""The workshop's ranges: the list, writing one, its offers and their levels; the place of one offer."""

from collections.abc import Sequence

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.archetypes import archetype_of
from offers.models import Generation, Offer, Range
from offers.models.offer import along_lineage
from offers.ordering import move
from offers.ranges import (
    RingOfOffers,
    arrange,
    delete_range,
    keep_range,
    ordered_ranges,
    place_offer,
)
from offers.showcase import by_level
from offers.versions import is_ahead
from offers.views.tariff_editor import offer_of
from offers.workshop_forms.place import PlaceForm
from offers.workshop_forms.range import PACKS, PlacesForm, RangeForm

WRITING = require_http_methods(["GET", "HEAD", "POST"])


@staff()
@require_safe
def ranges(request: StaffRequest) -> HttpResponse:
    """Every range with its offers, and the generations that may be undone."""
    read = along_lineage("parts__component__need", "parts__entitlements")
    shown = Offer.objects.select_related("public_version", "range").prefetch_related(*read)
    rows = [
        (each, by_level(each.offers.all()))
        for each in ordered_ranges().prefetch_related(Prefetch("offers", shown))
    ]
    context = {
        "ranges": rows,
        "prepared": [offer.pk for _range, offers in rows for offer in offers if is_ahead(offer)],
        "generations": Generation.objects.select_related("created_by"),
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offers/ranges.html", context)


@staff(Role.ADMIN)
@WRITING
def new(request: StaffRequest) -> HttpResponse:
    """Write another range, then choose its offers."""
    return _written(request, Range(hoster=request.hoster))


@staff(Role.ADMIN)
@WRITING
def edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Write a range again; below, its offers."""
    return _written(request, get_object_or_404(Range, pk=pk))


@staff(Role.ADMIN)
@require_POST
def members(request: StaffRequest, pk: int) -> HttpResponse:
    """Which offers are in the range, in what order, at which level."""
    range = get_object_or_404(Range, pk=pk)
    places = PlacesForm(range, _all_offers(), request.POST)
    if not places.is_valid():
        return _page(request, range, RangeForm(instance=range), places, status=422)
    arrange(range=range, places=places.places())
    messages.success(request, _("Les offres de la gamme « %(name)s » sont rangées.") % {"name": range})
    _say_what_waits(request, list(range.offers.all()))
    return redirect("staff:ranges")


@staff(Role.ADMIN)
@require_POST
def reorder(request: StaffRequest, pk: int) -> HttpResponse:
    """One step up or down among the ranges."""
    range = get_object_or_404(Range, pk=pk)
    move(rows=list(Range.objects.order_by("position", "pk")), pk=range.pk, up="monter" in request.POST)
    return redirect(f"{reverse('staff:ranges')}#gamme-{pk}")


@staff(Role.ADMIN)
@WRITING
def delete(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask, then delete the range; its offers stay."""
    range = get_object_or_404(Range, pk=pk)
    if request.method == "POST":
        delete_range(range=range)
        told = _("La gamme « %(name)s » est supprimée. Ses offres restent, hors gamme.")
        messages.success(request, told % {"name": range})
        return redirect("staff:ranges")
    context = {
        "name": range.name,
        "users": [],
        "back": reverse("staff:ranges"),
        "back_label": _("Gammes"),
        "held_by": "",
    }
    return TemplateResponse(request, "staff/offers/delete.html", context)


@staff(Role.ADMIN)
@WRITING
def place(request: StaffRequest, slug: str) -> HttpResponse:
    """For whom an offer is, and which other one it holds whole (002-068, 002-137)."""
    offer = offer_of(request, slug)
    form = PlaceForm(offer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            place_offer(offer=offer, **form.cleaned_data)
        except RingOfOffers as error:
            form.add_error("inherits", str(error))
        else:
            messages.success(request, _("La place de « %(name)s » est enregistrée.") % {"name": offer})
            _say_what_waits(request, [offer])
            return redirect("staff:offers")
    context = {"offer": offer, "form": form, "archetype": archetype_of(offer)}
    return TemplateResponse(request, "staff/offers/place.html", context, status=422 if form.errors else 200)


def _say_what_waits(request: StaffRequest, offers: Sequence[Offer]) -> None:
    """Visitors read versions: what was just arranged is seen when its offers are published again (002-067)."""
    for pk in [offer.pk for offer in offers]:
        offer = Offer.objects.select_related("public_version").get(pk=pk)
        if is_ahead(offer):
            told = _("« %(name)s » : les visiteurs le verront à sa prochaine publication.")
            messages.info(request, told % {"name": offer.name})


def _all_offers() -> list[Offer]:
    return list(Offer.objects.select_related("range").order_by("level_rank", "position", "pk"))


def _written(request: StaffRequest, range: Range) -> HttpResponse:
    form = RangeForm(request.POST or None, instance=range)
    if request.method == "POST" and form.is_valid():
        keep_range(range=form.instance)
        messages.success(request, _("La gamme « %(name)s » est enregistrée.") % {"name": range})
        return redirect("staff:range", pk=range.pk)
    return _page(request, range, form, None, status=422 if form.errors else 200)


def _page(
    request: StaffRequest, range: Range, form: RangeForm, places: PlacesForm | None, *, status: int
) -> HttpResponse:
    """`places` None: as they are recorded; a range not recorded yet has none."""
    if places is None and range.pk:
        places = PlacesForm(range, _all_offers())
    context = {"range": range, "form": form, "places": places, "packs": PACKS}
    return TemplateResponse(request, "staff/offers/range.html", context, status=status)
