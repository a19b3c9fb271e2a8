"""The offer editor: one page per step, with what the linter says beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.editing import ChangedMeanwhile, is_deletable, seal_of, update_offer
from offers.finding_links import findings_of, page_or_nothing
from offers.models import Offer
from offers.offer_forms import AboutForm, ExitForm, OfferForm, ReviewForm
from offers.version_differences import prepared_changes
from offers.views.tariff_editor import offer_of
from offers.workshop_steps import steps_of

_CHANGED = gettext_lazy(
    "Cette page a été enregistrée ailleurs entre-temps. Votre saisie est ci-dessous : enregistrez-la pour la garder."
)
#: The page of each step, and the one that follows it.
_PAGES = {
    "about": ("staff/offer/about.html", "staff:offer_model"),
    "exit": ("staff/offer/exit.html", "staff:offer_review"),
    "review": ("staff/offer/review.html", "staff:offer_publish"),
}


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def about(request: StaffRequest, slug: str) -> HttpResponse:
    """For whom, what for, what is not included."""
    return _step(request, offer_of(request, slug), "about", AboutForm)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: StaffRequest, slug: str) -> HttpResponse:
    """How the contract ends."""
    return _step(request, offer_of(request, slug), "exit", ExitForm)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, slug: str) -> HttpResponse:
    """Read it again: everything the linter says, what changes, and when to come back to it."""
    return _step(request, offer_of(request, slug), "review", ReviewForm)


def workshop_context(offer: Offer, here: str) -> dict[str, Any]:
    """What every page of the editor shows around its step."""
    return {
        "offer": offer,
        "steps": steps_of(offer, here),
        "findings": findings_of(offer),
        "components_url": page_or_nothing("staff:components"),
        "settings_url": page_or_nothing("staff:settings"),
    }


def _step(request: StaffRequest, offer: Offer, here: str, form_class: type[OfferForm]) -> HttpResponse:
    """htmx posts the form as it is typed and gets the remarks; a button saves it."""
    template, following = _PAGES[here]
    seal = seal_of(offer, form_class.columns())  # before the form puts what was typed on this object
    form = form_class(request.POST or None, instance=offer)
    valid = form.is_valid()
    if request.htmx:
        form.put_what_is_refused()
        return TemplateResponse(request, "staff/offer/live.html", {"findings": findings_of(offer)})
    status = 422 if request.method == "POST" else 200
    if valid:
        try:
            update_offer(offer=offer, values=form.values(), seal=request.POST.get("seal", ""))
        except ChangedMeanwhile:
            messages.warning(request, str(_CHANGED))
            status = 409
        else:
            messages.success(request, _("Enregistré."))
            goes_on = request.POST.get("action") == "next"
            return redirect(following if goes_on else f"staff:offer_{here}", slug=offer.slug)
    shown = {**workshop_context(offer, here), "form": form, "seal": seal, **_around(offer, here)}
    return TemplateResponse(request, template, shown, status=status)


def _around(offer: Offer, here: str) -> dict[str, Any]:
    if here != "review":
        return {"deletable": is_deletable(offer)}
    return {"version": offer.public_version, "changes": prepared_changes(offer)}
