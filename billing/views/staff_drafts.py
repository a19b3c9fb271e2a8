"""Writing a quote: for whom, then its offers and lines, then what it says, then sending."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.documents.render import preview_pdf
from billing.draft_forms import RecipientForm, SettingsForm
from billing.models import Quote
from billing.quoting.drafts import price_draft, save_settings, start_draft
from billing.quoting.needs import oversold
from billing.quoting.requests import draft_for_request
from billing.quoting.sending import send_draft, unsendable
from billing.quoting.states import ActRefused, Told
from crm.models import Contact, Request
from crm.organizations import enter_contact
from hosters.access import StaffRequest, staff
from hosters.models import Role

FOUND = 20  # people shown for a search
Rest = ParamSpec("Rest")


def told_by(request: StaffRequest, *, reason: str = "", note: str = "") -> Told:
    """The member of staff who acts, and why."""
    return Told(by=request.user, name=request.user.name, reason=reason, note=note)


def of_draft(
    view: Callable[Concatenate[StaffRequest, Quote, Rest], HttpResponse],
) -> Callable[Concatenate[StaffRequest, int, Rest], HttpResponse]:
    """The page of a draft of this hoster. One that a colleague sent meanwhile leads to the quote, and says so."""

    @wraps(view)
    def found(request: StaffRequest, pk: int, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        rows = Quote.objects.filter(hoster=request.hoster)
        quote = get_object_or_404(
            rows.select_related("organization", "contact__organization", "hoster", "former"), pk=pk
        )
        if quote.state == Quote.State.DRAFT:
            return view(request, quote, *args, **kwargs)
        told = _("Ce devis n’est plus un brouillon (%(state)s) : rien n’y a été changé.")
        messages.warning(request, told % {"state": quote.status_label})
        return redirect(quote)

    return found


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """For whom: somebody we know, found by name or address, or a new organisation."""
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        contact = enter_contact(
            hoster=request.hoster, organization=form.organization_details(), person=form.person_details()
        )
        return redirect("staff:quote_draft", pk=start_draft(contact=contact).pk)
    wanted = request.GET.get("q", "").strip()[:80].replace("\x00", "")
    people = Contact.objects.filter(organization__hoster=request.hoster).select_related("organization")
    found = people.matching(wanted).order_by("organization__name", "pk")[:FOUND] if wanted else ()
    return TemplateResponse(request, "staff/quote_new.html", {"form": form, "q": wanted, "found": found})


@staff(Role.SALES)
@require_POST
def new_for(request: StaffRequest, pk: int) -> HttpResponse:
    """A draft for a person we know."""
    contact = get_object_or_404(Contact.objects.filter(organization__hoster=request.hoster), pk=pk)
    return redirect("staff:quote_draft", pk=start_draft(contact=contact).pk)


@staff(Role.SALES)
@require_POST
def from_request(request: StaffRequest, pk: int) -> HttpResponse:
    """A request becomes a draft in one step; a request that the machine answered leads to its quote."""
    asked = get_object_or_404(Request.objects.filter(hoster=request.hoster), pk=pk)
    return redirect(draft_for_request(request=asked))


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def draft(request: StaffRequest, shown: Quote) -> HttpResponse:
    """The workshop of a draft: what is in it, what it costs, what it says."""
    form = SettingsForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        return _kept(request, shown, form)
    shown.refresh_from_db()
    answer = price_draft(shown)
    context = {
        "quote": shown,
        "form": form,
        "items": shown.items.select_related("offer"),
        "problem": answer.problem or unsendable(shown),
        "priced": answer.priced is not None,
        "oversold": oversold(shown),
        "asked": Request.objects.filter(key=shown.request_key).first(),
    }
    return TemplateResponse(request, "staff/quote_draft.html", context)


def _kept(request: StaffRequest, draft: Quote, form: SettingsForm) -> HttpResponse:
    """The settings kept, unless somebody sent the quote meanwhile."""
    try:
        save_settings(draft=draft, settings=form.settings(), by=request.user)
    except ActRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Brouillon enregistré."))
    return redirect(draft)


@staff()
@require_safe
@of_draft
def preview(request: StaffRequest, shown: Quote) -> HttpResponse:
    """The PDF as it would leave, marked as a draft; nothing is kept of it."""
    if price_draft(shown).priced is None:
        return redirect(shown)
    return HttpResponse(preview_pdf(shown), content_type="application/pdf")


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: StaffRequest, pk: int) -> HttpResponse:
    """Read a last time to whom it goes, then send."""
    rows = Quote.objects.filter(hoster=request.hoster)
    shown = get_object_or_404(rows.select_related("contact__organization", "hoster", "former"), pk=pk)
    if request.method == "POST":
        return _send(request, shown)
    if shown.state != Quote.State.DRAFT:
        return redirect(shown)
    problem = price_draft(shown).problem or unsendable(shown)
    if problem:
        messages.warning(request, problem)
        return redirect("staff:quote_draft", pk=pk)
    return TemplateResponse(request, "staff/quote_send.html", {"quote": shown, "oversold": oversold(shown)})


def _send(request: StaffRequest, draft: Quote) -> HttpResponse:
    try:
        sent = send_draft(draft=draft, told=told_by(request))
    except ActRefused as refused:
        messages.error(request, str(refused))
        return redirect(draft)
    told = {"number": sent.number, "email": sent.contact.email}
    messages.success(request, _("Devis %(number)s envoyé à %(email)s.") % told)
    return redirect(sent)
