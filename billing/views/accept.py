"""Accepting a quote: fill in, read again, confirm. Three pages, and only the last POST commits (DEV-05)."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from billing.acceptance import (
    AcceptanceRefused,
    Mandate,
    accept_quote,
    effect_of_change,
    refusal,
    statement_of,
)
from billing.board.decisions import role_of_mandate, standing_decision
from billing.conditions import conditions_of, versions_of
from billing.forms import MandateForm
from billing.models import AccessLink, Quote
from billing.views.quote import link_or_404
from hosters.access import HosterRequest, private
from hosters.throttle import throttled

STEPS = [gettext_lazy("Dire qui accepte"), gettext_lazy("Relire et accepter")]
SALT = "billing.accept"
REVIEW_LASTS = 3600  # seconds between reading again and confirming
#: What is read again as it was typed.
TYPED = ("name", "role", "purpose", "order_number")


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HosterRequest, token: str) -> HttpResponse:
    """Only the link received by e-mail opens this page: it proves the address."""
    link = link_or_404(token, AccessLink.Purpose.DECIDE_QUOTE)
    quote = cast(Quote, link.quote)
    if request.method == "POST" and "reviewed" in request.POST:
        return _confirm(request, token, link)
    if reason := refusal(quote):
        messages.warning(request, reason)
        return redirect("storefront:quote", token=token)
    form = _form(request, link)
    context = {
        "quote": quote,
        "token": token,
        "form": form,
        "steps": STEPS,
        "effect": effect_of_change(quote),
        "decision": standing_decision(quote),
    }
    if form.is_valid():
        return TemplateResponse(request, "storefront/accept_review.html", context | _review(quote, form))
    return TemplateResponse(request, "storefront/accept.html", context)


def _form(request: HosterRequest, link: AccessLink) -> MandateForm:
    """Coming back to correct is not an attempt: what was typed is kept, and nothing is blamed."""
    if "change" in request.POST:
        typed = {name: request.POST.get(name, "") for name in TYPED}
        return MandateForm(initial=typed | {"mandated": True})
    role = link.contact.role or role_of_mandate(cast(Quote, link.quote), link.contact.email)
    return MandateForm(request.POST or None, initial={"name": link.contact.name, "role": role})


def _review(quote: Quote, form: MandateForm) -> dict[str, object]:
    """What is read again, and the signed proof that it was shown."""
    typed = {name: form.cleaned_data[name] for name in TYPED}
    conditions = conditions_of(quote)
    facts = [
        (_("Personne mandatée"), typed["name"]),
        (_("Fonction"), typed["role"]),
        (_("Bon de commande"), typed["order_number"]),
        (_("Devis"), quote.number),
    ]
    return {
        "typed": typed,
        "texts": versions_of(conditions),
        "clauses": conditions.clauses,
        "statement": statement_of(quote, purpose=typed["purpose"]),
        "facts": [(label, told) for label, told in facts if told],
        "reviewed": signing.dumps([quote.pk, typed, str(uuid4()), conditions.sha256], salt=SALT),
    }


def _confirm(request: HosterRequest, token: str, link: AccessLink) -> HttpResponse:
    quote = cast(Quote, link.quote)
    try:
        mandate = _reviewed(request, link)
    except Superseded:
        messages.warning(
            request, _("Une nouvelle version a remplacé ce devis : relisez-la avant d’accepter.")
        )
        return redirect("storefront:quote", token=token)
    if mandate is None:
        messages.warning(request, _("Cette page est restée ouverte trop longtemps. Relisez, puis confirmez."))
        return redirect("storefront:accept", token=token)
    try:
        accept_quote(quote=quote, mandate=mandate)
    except AcceptanceRefused as refused:
        messages.warning(request, str(refused))
    return redirect("storefront:quote", token=token)


class Superseded(Exception):
    """What was read is not the quote that would be accepted."""


def _reviewed(request: HosterRequest, link: AccessLink) -> Mandate | None:
    """Who accepts and what was shown, from the signed proof; None when it is forged or old.

    Raises:
        Superseded: it is of another quote than the one that this link now leads to.
    """
    quote = cast(Quote, link.quote)
    try:
        pk, typed, key, seal = signing.loads(request.POST["reviewed"], salt=SALT, max_age=REVIEW_LASTS)
    except (signing.BadSignature, ValueError):
        return None
    if pk != quote.pk:
        raise Superseded
    return Mandate(
        **typed,
        email=link.contact.email,
        statement=statement_of(quote, purpose=typed["purpose"]),
        key=UUID(key),
        conditions=seal,
    )
