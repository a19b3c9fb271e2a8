"""The items of a draft: an offer with its configuration, or a line by hand; each on its own page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from billing.draft_forms import LineForm, MadeToMeasureForm, NeedForm
from billing.models import Quote, QuoteItem
from billing.quoting.drafts import move_item, remove_item, save_item
from billing.quoting.needs import recorded_needs
from billing.quoting.states import ActRefused
from billing.selections import selection_to_json
from billing.views.staff_drafts import of_draft
from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.configurator import Configuration, configure
from offers.models import Offer


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def add_line(request: StaffRequest, draft: Quote) -> HttpResponse:
    """A line by hand."""
    return _line(request, draft, QuoteItem())


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def add_offer(request: StaffRequest, draft: Quote) -> HttpResponse:
    """Choose an offer (`?offre=`), then configure it at the tariff in force."""
    offers = Offer.objects.filter(hoster=request.hoster, state=Offer.State.PUBLISHED).order_by(
        "position", "pk"
    )
    slug = request.GET.get("offre", "").replace("\x00", "")
    if not slug:
        return TemplateResponse(request, "staff/quote_offers.html", {"quote": draft, "offers": offers})
    offer = get_object_or_404(offers.select_related("hoster"), slug=slug)
    return _offer(request, draft, QuoteItem(offer=offer), offer)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def edit(request: StaffRequest, draft: Quote, item: int) -> HttpResponse:
    """Change an item of a draft."""
    known = get_object_or_404(draft.items.select_related("offer__hoster"), pk=item)
    if known.offer:
        return _offer(request, draft, known, known.offer)
    return _line(request, draft, known)


@staff(Role.SALES)
@require_POST
@of_draft
def remove(request: StaffRequest, draft: Quote, item: int) -> HttpResponse:
    """Take an item out; a draft loses nothing that cannot be typed again."""
    return _written(
        request,
        draft,
        lambda: remove_item(draft=draft, pk=item, by=request.user),
        done=_("Poste retiré."),
    )


@staff(Role.SALES)
@require_POST
@of_draft
def move(request: StaffRequest, draft: Quote, item: int) -> HttpResponse:
    """One place up or down, as the quote will show them."""
    up = "monter" in request.POST
    return _written(request, draft, lambda: move_item(draft=draft, pk=item, up=up, by=request.user))


def _written(request: StaffRequest, draft: Quote, act: Callable[[], None], *, done: str = "") -> HttpResponse:
    """Back to the quote, also when somebody sent it between the page and the button."""
    try:
        act()
    except ActRefused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done)
    return redirect(draft)


def _line(request: StaffRequest, draft: Quote, item: QuoteItem) -> HttpResponse:
    known = recorded_needs(draft.organization)
    form = LineForm(request.POST or None, instance=item, hoster=request.hoster, known=known)
    if request.method == "POST" and form.is_valid():
        return _written(request, draft, lambda: save_item(draft=draft, item=form.instance, by=request.user))
    return TemplateResponse(request, "staff/quote_line.html", {"quote": draft, "form": form, "item": item})


def _offer(request: StaffRequest, draft: Quote, item: QuoteItem, offer: Offer) -> HttpResponse:
    configuration = configure(offer, request.POST or _kept(item))
    if configuration is None:
        messages.warning(request, _("Cette offre n’a pas encore de tarif publié."))
        return redirect(draft)
    plan = MadeToMeasureForm(request.POST or None, instance=item)
    need = NeedForm(request.POST or None, item=item, known=recorded_needs(draft.organization))
    keeps = request.method == "POST" and "recalculer" not in request.POST
    if keeps and configuration.priced and plan.is_valid() and need.is_valid():
        _configured(item, configuration, request.POST)
        item.need = need.cleaned_data["need"]
        return _written(request, draft, lambda: save_item(draft=draft, item=item, by=request.user))
    if request.method == "POST":
        item.optional, item.choosable = "en-option" in request.POST, "au-choix" in request.POST
    context = {
        "quote": draft,
        "offer": offer,
        "configuration": configuration,
        "plan": plan,
        "item": item,
        "need": need,
        "options": configuration.version.tariff.options,
    }
    status = 422 if plan.errors else 200
    return TemplateResponse(request, "staff/quote_offer.html", context, status=status)


def _configured(item: QuoteItem, configuration: Configuration, data: QueryDict) -> None:
    item.tariff_version = configuration.version
    item.selection = selection_to_json(configuration.form.selection())
    item.optional, item.choosable = "en-option" in data, "au-choix" in data


def _kept(item: QuoteItem) -> dict[str, object]:
    """The configuration of an item, as its form reads it."""
    if not item.selection:
        return {}
    chosen = item.selection
    data: dict[str, object] = dict(chosen["quantities"])
    data |= {f"option_{code}": value for code, value in chosen["options"].items()}
    data |= {"engagement": str(chosen["term_months"]), "montant": chosen.get("free_amount", "")}
    return data | ({"adherent": "on"} if chosen["already_member"] else {})
