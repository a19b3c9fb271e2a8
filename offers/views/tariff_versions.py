"""The versions of a tariff: what is in force, what was, what comes; publishing another one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.models import Offer, TariffDraft, TariffVersion
from offers.tariff_drafts import (
    DraftChanged,
    PublicationRefused,
    blocking_advice,
    draft_of,
    publish_draft,
    start_draft,
)
from offers.tariff_editor.bounds import tariff_of
from offers.tariff_editor.difference import difference
from offers.tariff_editor.page import editor_page, posted_revision
from offers.tariff_editor.publication import PublicationForm
from offers.tariff_editor.text import written
from offers.tariffs import tariff_in_force, tariffs_to_come
from offers.views.tariff_editor import offer_of
from offers.workshop_steps import steps_of
from pricing.dates import date_format
from pricing.engine import TariffError


@staff()
@require_safe
def tariff(request: StaffRequest, slug: str) -> HttpResponse:
    """What is in force, the draft, and every version."""
    offer = offer_of(request, slug)
    in_force = tariff_in_force(offer)
    versions = offer.tariff_versions.select_related("published_by").order_by("-in_force_from", "-number")
    may_write = request.membership.role == Role.ADMIN
    draft = draft_of(offer)
    if may_write and draft is None and not versions:
        return redirect("staff:offer_tariff_shapes", slug=slug)  # nothing to read here yet
    context = {
        "offer": offer,
        "in_force": in_force,
        "story": in_force.tariff.story(offer.segment) if in_force else "",
        "draft": draft,
        "versions": versions,
        "today": timezone.localdate(),
        "steps": steps_of(offer, "tariff"),
        "may_write": may_write,
    }
    return TemplateResponse(request, "staff/tariff/tariff.html", context)


@staff()
@require_safe
def version(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """One version: its sentence, its figures, its text. Nothing here can be edited."""
    offer = offer_of(request, slug)
    shown = _version_of(offer, number)
    context = {
        "offer": offer,
        "version": shown,
        "page": editor_page(offer, shown.definition, revision=0, metric=request.GET.get("mesure", "")),
        "text": written(shown.definition),
        "may_write": request.membership.role == Role.ADMIN,
    }
    return TemplateResponse(request, "staff/tariff/version.html", context)


@staff(Role.ADMIN)
@require_POST
def restart(request: StaffRequest, slug: str, number: int) -> HttpResponse:
    """Start a draft from an old version: going back is another version, never an edit."""
    offer = offer_of(request, slug)
    start_draft(offer=offer, definition=_version_of(offer, number).definition, by=request.user)
    messages.success(request, _("Brouillon repris de la version %(number)s.") % {"number": number})
    return redirect("staff:offer_tariff_draft", slug=slug)


def _version_of(offer: Offer, number: int) -> TariffVersion:
    found = offer.tariff_versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: StaffRequest, slug: str) -> HttpResponse:
    """What will change and for whom, then the new version."""
    offer = offer_of(request, slug)
    draft = draft_of(offer)
    if draft is None:
        return redirect("staff:offer_tariff", slug=slug)
    try:
        context = _comparison(offer, draft)
    except TariffError:
        messages.error(request, _("Ce brouillon a encore des points à corriger avant d’être publié."))
        return redirect("staff:offer_tariff_draft", slug=slug)
    form = PublicationForm(request.POST or None, blocked=bool(context["blocking"]))
    if request.method == "POST" and form.is_valid():
        return _publish(request, offer, form)
    status = 422 if request.method == "POST" else 200
    return TemplateResponse(request, "staff/tariff/publish.html", context | {"form": form}, status=status)


def _comparison(offer: Offer, draft: TariffDraft) -> dict[str, Any]:
    in_force = tariff_in_force(offer)
    after = tariff_of(draft.definition)
    return {
        "offer": offer,
        "draft": draft,
        "in_force": in_force,
        "to_come": tariffs_to_come(offer),
        "difference": difference(offer, in_force.tariff, after) if in_force else None,
        "story": after.story(offer.segment),
        "blocking": blocking_advice(draft.definition),
        "steps": steps_of(offer, "tariff"),
    }


def _publish(request: StaffRequest, offer: Offer, form: PublicationForm) -> HttpResponse:
    revision = posted_revision(request.POST.get("revision", ""))
    try:
        published = publish_draft(offer=offer, by=request.user, revision=revision, **form.cleaned_data)
    except DraftChanged:
        messages.warning(
            request, _("Ce brouillon a changé entre-temps. Relisez les différences, puis publiez.")
        )
        return redirect("staff:offer_tariff_publish", slug=offer.slug)
    except PublicationRefused as error:
        messages.error(request, str(error))
        return redirect("staff:offer_tariff_publish", slug=offer.slug)
    day = date_format(published.in_force_from, "j F Y")
    messages.success(
        request,
        _("Version %(number)s publiée, en vigueur à partir du %(day)s.")
        % {"number": published.number, "day": day},
    )
    return redirect("staff:offer_tariff", slug=offer.slug)
