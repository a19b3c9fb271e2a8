"""The clause library: which clauses the contracts have, by default or for one offer, with which values (003-020)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.clauses.choices import choose_clause, chosen_clauses, clause_for, forget_choice, sample
from billing.clauses.form import ClauseForm
from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.models import Offer


@staff()
@require_safe
def clauses(request: StaffRequest, slug: str = "") -> HttpResponse:
    """Every clause with its purpose, what to watch and the sentences that it writes."""
    offer = _offer(request, slug)
    shown = [(each, sample(each, offer)) for each in chosen_clauses(request.hoster, offer)]
    context = {"offer": offer, "clauses": shown, "may_write": request.membership.role == Role.ADMIN}
    return TemplateResponse(request, "staff/clauses.html", context)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def clause(request: StaffRequest, code: str, slug: str = "") -> HttpResponse:
    """Set one clause; the quotes already issued keep theirs."""
    offer = _offer(request, slug)
    chosen = clause_for(request.hoster, offer, code)
    if chosen is None:
        raise Http404
    form = ClauseForm(request.POST or None, chosen=chosen)
    posted = request.method == "POST"
    if posted and (form.is_valid() or not form.fields):
        choose_clause(hoster=request.hoster, offer=offer, code=code, used=form.is_used, values=form.values())
        messages.success(request, _("Clause enregistrée. Elle vaudra pour les prochains devis."))
        return redirect(_list_url(offer))
    context = {"offer": offer, "chosen": chosen, "form": form, "text": sample(chosen, offer)}
    return TemplateResponse(request, "staff/clause.html", context, status=422 if posted else 200)


@staff(Role.ADMIN)
@require_POST
def forget(request: StaffRequest, code: str, slug: str = "") -> HttpResponse:
    """Back to the default."""
    offer = _offer(request, slug)
    forget_choice(hoster=request.hoster, offer=offer, code=code)
    messages.info(request, _("La clause suit de nouveau le réglage par défaut."))
    return redirect(_list_url(offer))


def _offer(request: StaffRequest, slug: str) -> Offer | None:
    return get_object_or_404(Offer.objects.filter(hoster=request.hoster), slug=slug) if slug else None


def _list_url(offer: Offer | None) -> str:
    return reverse("staff:offer_clauses", kwargs={"slug": offer.slug}) if offer else reverse("staff:clauses")
