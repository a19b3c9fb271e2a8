"""Publishing an offer, looking at it before, and its versions."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.editing import is_deletable
from offers.extract import extract_of
from offers.freezing import content_of
from offers.models import Offer, OfferVersion, PublishedOffer
from offers.offer_page import offer_page
from offers.publication import PublicationRefused, publish_offer, readiness
from offers.publication_form import PublicationForm
from offers.tariff_drafts import metrics_of
from offers.version_differences import changes_between, prepared_changes
from offers.versions import restart_from
from offers.views.tariff_editor import offer_of
from offers.workshop_steps import steps_of


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    """What stands in the way, what is advised, what changes; then the new version."""
    offer = offer_of(request, slug)
    ready = readiness(offer)
    form = PublicationForm(ready, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish_offer(
                offer=offer, by=request.user, note=form.cleaned_data["note"], reasons=form.reasons()
            )
        except PublicationRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Version %(number)s publiée.") % {"number": version.number})
            return redirect("staff:offer_versions", slug=slug)
    context = {
        "offer": offer,
        "steps": steps_of(offer, "publish"),
        "ready": ready,
        "changes": prepared_changes(offer),
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "staff/offer/publish.html", context, status=status)


@staff()
@require_safe
def preview(request: StaffRequest, slug: str) -> HttpResponse:
    """The working copy as visitors would read it: the same page, for the team alone."""
    offer = offer_of(request, slug)
    shown = PublishedOffer.reading(offer, content_of(offer))
    address = reverse("staff:offer_preview", kwargs={"slug": slug})
    context = offer_page(shown, request.GET, address=address, whole=not request.htmx)
    context["previewed"] = True
    template = "storefront/offer.html#price" if request.htmx else "staff/offer/preview.html"
    return TemplateResponse(request, template, context)


@staff()
@require_safe
def versions(request: StaffRequest, slug: str) -> HttpResponse:
    """What was published, when, by whom, and what was set aside."""
    offer = offer_of(request, slug)
    context = {
        "offer": offer,
        "versions": offer.versions.select_related("published_by"),
        "changes": prepared_changes(offer),
        "deletable": is_deletable(offer),
        "may_write": request.membership.role == Role.ADMIN,
        "extract": extract_of(shown) if (shown := _on_sale(slug)) else "",
    }
    return TemplateResponse(request, "staff/offer/versions.html", context)


def _on_sale(slug: str) -> Offer | None:
    """As visitors read it; None for an offer that is not on sale."""
    return Offer.objects.published().for_display().filter(slug=slug).first()


@staff()
@require_safe
def version(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """One version: what it changed from the one before, what was set aside."""
    offer = offer_of(request, slug)
    shown = _version_of(offer, number)
    before = offer.versions.filter(number__lt=number).first()
    context = {
        "offer": offer,
        "version": shown,
        "before": before,
        "changes": changes_between(before.content, shown.content, metrics_of(offer)) if before else [],
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/offer/version.html", context)


@staff(Role.ADMIN)
@require_POST
def restart(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """Put the working copy back to an old version, to be published as a new one."""
    offer = offer_of(request, slug)
    lost = restart_from(offer=offer, version=_version_of(offer, number))
    messages.success(request, _("Brouillon repris de la version %(number)s.") % {"number": number})
    if lost:
        told = _("Ces composants ne sont plus au catalogue : %(lost)s.")
        messages.warning(request, told % {"lost": ", ".join(lost)})
    return redirect("staff:offer_review", slug=slug)


def _version_of(offer: Offer, number: int) -> OfferVersion:
    found = offer.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found
