"""Ask a question, be called back, take a first appointment: the same short page, from any offer or from none."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from billing.contact_forms import CallForm, ContactForm, QuestionForm, TrialForm
from billing.contact_requests import ContactAsked, ask_to_be_contacted
from billing.forms import NOTICE
from billing.quoting.online import FormAlreadyUsed
from crm.models import Request
from funnel.counting import source_of
from hosters.access import HosterRequest, public
from hosters.throttle import throttled
from offers.models import Offer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SLUG = re.compile(r"[\w-]{1,60}")


@dataclass(frozen=True)
class Exit:
    """One way to reach a person: its form and the words of its page."""

    kind: Request.Kind
    form: type[ContactForm]
    title: "_StrPromise"
    lead: "_StrPromise"
    button: "_StrPromise"


QUESTION = Exit(
    Request.Kind.QUESTION,
    QuestionForm,
    gettext_lazy("Poser une question"),
    gettext_lazy("Une personne vous répond par écrit. Il n’y a pas de question trop simple."),
    gettext_lazy("Envoyer la question"),
)
CALLBACK = Exit(
    Request.Kind.CALLBACK,
    CallForm,
    gettext_lazy("Être rappelé"),
    gettext_lazy("Une personne vous appelle, au moment qui vous arrange. Cela n’engage à rien."),
    gettext_lazy("Demander à être rappelé"),
)
APPOINTMENT = Exit(
    Request.Kind.APPOINTMENT,
    CallForm,
    gettext_lazy("Rendez-vous découverte, 30 minutes offertes"),
    gettext_lazy(
        "Une demi-heure avec une personne, pour regarder ensemble ce dont vous avez besoin. C’est gratuit et "
        "cela n’engage à rien. Nous convenons du jour avec vous."
    ),
    gettext_lazy("Demander ce rendez-vous"),
)
TRIAL = Exit(
    Request.Kind.TRIAL,
    TrialForm,
    gettext_lazy("Essayer avant de décider"),
    gettext_lazy(
        "Une personne vous ouvre un accès d’essai et vous le montre. C’est gratuit, et l’essai s’arrête tout seul : "
        "rien n’est dû sans un devis accepté."
    ),
    gettext_lazy("Demander un essai"),
)


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HosterRequest) -> HttpResponse:
    return _page(request, TRIAL)


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HosterRequest) -> HttpResponse:
    return _page(request, QUESTION)


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request: HosterRequest) -> HttpResponse:
    return _page(request, CALLBACK)


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request: HosterRequest) -> HttpResponse:
    return _page(request, APPOINTMENT)


def _page(request: HosterRequest, way: Exit) -> HttpResponse:
    """The form; once sent, thanks on a page of its own. `?offre=` names the offer one comes from."""
    offer = _offer_looked_at(request.GET.get("offre", ""))
    form = way.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_be_contacted(hoster=request.hoster, asked=_asked(request, way, form, offer))
            return redirect(f"{reverse('storefront:asked')}?pour={way.kind.value}")
        except FormAlreadyUsed:
            form.add_error(None, _("Ce formulaire a déjà été envoyé. Relisez-le, puis envoyez-le à nouveau."))
            form.data = dict(form.data.items()) | {"key": str(uuid4())}
    context = {"way": way, "form": form, "offer": offer, "notice": NOTICE, "via": source_of(request)}
    return TemplateResponse(request, "storefront/contact.html", context)


def _offer_looked_at(slug: str) -> Offer | None:
    published = Offer.objects.published()
    return published.filter(slug=slug).first() if SLUG.fullmatch(slug) else None


def _asked(request: HosterRequest, way: Exit, form: ContactForm, offer: Offer | None) -> ContactAsked:
    subject = f"{way.kind.label} : {offer.name}" if offer else str(way.kind.label)
    return ContactAsked(
        kind=way.kind,
        subject=subject[0].upper() + subject[1:],
        organization=form.organization_details(),
        person=form.person_details(),
        message=form.message(),
        slot=form.slot(),
        source=source_of(request),
        key=form.cleaned_data["key"],
    )
