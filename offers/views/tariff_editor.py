"""The tariff editor of the workshop: choose a shape, type, see the price, as a form or as a text."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.models import Offer, TariffDraft
from offers.tariff_drafts import DraftChanged, discard_draft, draft_of, save_draft, start_draft
from offers.tariff_editor.actions import TooMany, act, section_of
from offers.tariff_editor.cleaning import cleaned
from offers.tariff_editor.edit import edited
from offers.tariff_editor.gallery import shape_of, shelves
from offers.tariff_editor.page import EditorPage, carried_back, editor_page, ids_of, posted_revision
from offers.tariff_editor.text import TextRefused, read_text, written
from offers.tariff_editor.visitor import configure_draft
from offers.tariffs import tariff_in_force
from offers.workshop_steps import steps_of
from pricing.engine import TariffError, parse_tariff

_CHANGED = gettext_lazy("Ce brouillon a été enregistré ailleurs entre-temps.")
#: Where the buttons that leave the form go once it is saved.
_NEXT = {"preview": "staff:offer_tariff_preview", "publish": "staff:offer_tariff_publish"}


def offer_of(request: StaffRequest, slug: str) -> Offer:
    """The offer of this hoster, or a 404."""
    rows = Offer.objects.filter(hoster=request.hoster).select_related("hoster", "study")
    return get_object_or_404(rows, slug=slug)


def _drafted(offer: Offer, draft: TariffDraft | None) -> tuple[dict[str, Any], int] | None:
    """What the editor opens: the draft, else the tariff in force as a basis; None when there is neither."""
    if draft is not None:
        return draft.definition, draft.revision
    version = tariff_in_force(offer)
    return (version.definition, 0) if version else None


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def shapes(request: StaffRequest, slug: str) -> HttpResponse:
    """The gallery; choosing a shape starts a draft of it."""
    offer = offer_of(request, slug)
    shape = shape_of(request.POST.get("forme", "")) if request.method == "POST" else None
    if shape is None:
        context = {
            "offer": offer,
            "shelves": shelves(),
            "draft": draft_of(offer),
            "steps": steps_of(offer, "tariff"),
        }
        return TemplateResponse(request, "staff/tariff/shapes.html", context)
    start_draft(offer=offer, definition=shape.start(), by=request.user)
    return redirect("staff:offer_tariff_draft", slug=slug)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: StaffRequest, slug: str) -> HttpResponse:
    """The form beside its price. htmx posts it as it is typed and gets the preview; a button saves it."""
    offer = offer_of(request, slug)
    opened = _drafted(offer, draft_of(offer))
    if opened is None:
        return redirect("staff:offer_tariff_shapes", slug=slug)
    raw, revision = opened
    if request.method != "POST":
        metric, section = request.GET.get("mesure", ""), request.GET.get("partie", "")
        return _form(request, offer, _page(offer, raw, revision, metric=metric, opened=section))
    return _posted(request, offer, raw)


def _posted(request: StaffRequest, offer: Offer, raw: dict[str, Any]) -> HttpResponse:
    shown = carried_back(offer, request.POST.get("base", "")) or raw
    typed = edited(shown, request.POST, charges_vat=offer.hoster.charges_vat)
    revision, metric = posted_revision(request.POST.get("revision", "")), request.POST.get("mesure", "")
    if request.htmx:
        page = _page(offer, typed, revision, metric=metric, shown=ids_of(offer, shown))
        return TemplateResponse(request, "staff/tariff/live.html", {"offer": offer, "page": page})
    action = request.POST.get("action", "")
    try:
        goto = act(typed, action, request.POST)
        save_draft(offer=offer, definition=typed, by=request.user, revision=revision)
    except TooMany as error:
        messages.error(request, str(error))
        return _form(request, offer, _page(offer, typed, revision, metric=metric), status=422)
    except DraftChanged:
        return _conflict(request, offer, typed, metric)
    return _saved(request, offer, action, goto, typed)


def _conflict(request: StaffRequest, offer: Offer, typed: dict[str, Any], metric: str) -> HttpResponse:
    """Somebody saved meanwhile: what was typed stays on the page, and saving again keeps it."""
    now = draft_of(offer)
    messages.warning(
        request, f"{_CHANGED} {_('Votre saisie est ci-dessous : enregistrez-la pour la garder.')}"
    )
    page = _page(offer, typed, now.revision if now else 0, metric=metric)
    return _form(request, offer, page, status=409)


def _saved(
    request: StaffRequest, offer: Offer, action: str, goto: str, typed: dict[str, Any]
) -> HttpResponse:
    if action in _NEXT:
        return redirect(_NEXT[action], slug=offer.slug)
    if action in ("", "save"):
        _say_saved(request, typed)
    address = reverse("staff:offer_tariff_draft", kwargs={"slug": offer.slug})
    query = {"partie": section_of(action.partition(":")[2]), "mesure": request.POST.get("mesure", "")}
    kept = urlencode({name: value for name, value in query.items() if value})
    return redirect(f"{address}?{kept}#{goto}")


def _say_saved(request: StaffRequest, typed: dict[str, Any]) -> None:
    """A draft may be wrong, but it is never called good."""
    try:
        parse_tariff(cleaned(typed))
    except TariffError as error:
        count = len(error.problems)
        told = ngettext(
            "Brouillon gardé, mais un point est à corriger avant de publier : il est marqué ci-dessous.",
            "Brouillon gardé, mais %(n)s points sont à corriger avant de publier : ils sont marqués ci-dessous.",
            count,
        )
        messages.warning(request, told % {"n": count})
    else:
        messages.success(request, _("Brouillon enregistré. Le tarif en vigueur ne change pas."))


def _page(offer: Offer, raw: dict[str, Any], revision: int, **around: Any) -> EditorPage:
    return editor_page(offer, raw, revision=revision, linted=True, **around)


def _form(request: StaffRequest, offer: Offer, page: EditorPage, status: int = 200) -> HttpResponse:
    context = {
        "offer": offer,
        "page": page,
        "version": tariff_in_force(offer),
        "steps": steps_of(offer, "tariff"),
    }
    return TemplateResponse(request, "staff/tariff/draft.html", context, status=status)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: StaffRequest, slug: str) -> HttpResponse:
    """The draft as the text of a tariff file, for what the form does not show."""
    offer = offer_of(request, slug)
    raw, revision = _drafted(offer, draft_of(offer)) or ({}, 0)
    typed = request.POST.get("texte", written(raw))
    context: dict[str, Any] = {
        "offer": offer,
        "text": typed,
        "revision": revision,
        "problems": [],
        "steps": steps_of(offer, "tariff"),
    }
    if request.method != "POST":
        return TemplateResponse(request, "staff/tariff/text.html", context)
    shown = posted_revision(request.POST.get("revision", ""))
    try:
        save_draft(offer=offer, definition=read_text(typed), by=request.user, revision=shown)
    except TextRefused as error:
        context |= {"problems": error.problems, "revision": shown}
        return TemplateResponse(request, "staff/tariff/text.html", context, status=422)
    except DraftChanged:
        messages.warning(
            request, f"{_CHANGED} {_('Votre texte est ci-dessous : enregistrez-le pour le garder.')}"
        )
        return TemplateResponse(request, "staff/tariff/text.html", context, status=409)
    messages.success(request, _("Brouillon enregistré. Le tarif en vigueur ne change pas."))
    return redirect("staff:offer_tariff_draft", slug=slug)


@staff()
@require_safe
def preview(request: StaffRequest, slug: str) -> HttpResponse:
    """The draft as a visitor would meet it."""
    offer = offer_of(request, slug)
    opened = _drafted(offer, draft_of(offer))
    if opened is None:
        return redirect("staff:offer_tariff", slug=slug)
    try:
        configuration = configure_draft(offer, opened[0], request.GET)
    except TariffError:
        messages.error(
            request, _("Ce brouillon a encore des points à corriger : il n’a pas de prix à montrer.")
        )
        return redirect(
            "staff:offer_tariff_draft" if request.membership.role == Role.ADMIN else "staff:offer_tariff",
            slug=slug,
        )
    context = {"offer": offer, "configuration": configuration, "via": "", "draft": True}
    template = "staff/tariff/preview.html#price" if request.htmx else "staff/tariff/preview.html"
    return TemplateResponse(request, template, context)


@staff(Role.ADMIN)
@require_POST
def discard(request: StaffRequest, slug: str) -> HttpResponse:
    """Throw the draft away."""
    offer = offer_of(request, slug)
    discard_draft(offer=offer)
    messages.success(request, _("Brouillon abandonné. Le tarif en vigueur ne change pas."))
    return redirect("staff:offer_tariff", slug=slug)
