"""The components of an offer: which ones, in which order, how much of each."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.models import Offer, OfferComponent
from offers.part_editing import add_part, change_part, move_part, remove_part
from offers.part_forms import AddPartsForm, PartForm
from offers.parts import inherited_parts
from offers.tariff_drafts import tariff_words
from offers.views.offer_editor import workshop_context
from offers.views.tariff_editor import offer_of


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: StaffRequest, slug: str) -> HttpResponse:
    """Each component has its own small form: it is saved, moved or removed alone."""
    offer = offer_of(request, slug)
    if request.method != "POST":
        return _page(request, offer)
    if "part" in request.POST:
        return _changed(request, offer, _part_of(offer, request.POST["part"]))
    form = AddPartsForm(offer, request.POST)
    if not form.is_valid():
        return _page(request, offer, adding=form)
    for component in form.chosen():
        add_part(offer=offer, component=component)
    return redirect("staff:offer_parts", slug=slug)


def _part_of(offer: Offer, key: str) -> OfferComponent:
    part = (
        offer.parts.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    )
    if part is None:
        raise Http404
    return part


def _changed(request: StaffRequest, offer: Offer, part: OfferComponent) -> HttpResponse:
    action = request.POST.get("action", "")
    if action == "remove":
        remove_part(part=part)
        told = _("« %(component)s » n’est plus dans l’offre.")
        messages.success(request, told % {"component": part.component.function})
        return redirect("staff:offer_parts", slug=offer.slug)
    if action in ("up", "down"):
        move_part(part=part, up=action == "up")
    else:
        form = PartForm(part, tariff_words(offer), offer.parts.all(), request.POST)
        if not form.is_valid():
            return _page(request, offer, changed=form, of=part)
        typed = form.cleaned_data
        change_part(
            part=part,
            detail=typed["detail"],
            metrics=typed.get("metrics", []),
            labels=typed["words"],
            charges=typed.get("charges"),
        )
        messages.success(request, _("Enregistré."))
    return redirect(
        f"{reverse('staff:offer_parts', kwargs={'slug': offer.slug})}#composant-{part.component_id}"
    )


def _page(
    request: StaffRequest,
    offer: Offer,
    *,
    adding: AddPartsForm | None = None,
    changed: PartForm | None = None,
    of: OfferComponent | None = None,
) -> HttpResponse:
    words = tariff_words(offer)
    rows = offer.parts.select_related("component__need").prefetch_related("entitlements")
    forms = [(part, changed if changed and part == of else PartForm(part, words, rows)) for part in rows]
    context = {
        **workshop_context(offer, "parts"),
        "parts": forms,
        "inherited": inherited_parts(offer),
        "adding": adding or AddPartsForm(offer),
    }
    status = 422 if adding or changed else 200
    return TemplateResponse(request, "staff/offer/parts.html", context, status=status)
