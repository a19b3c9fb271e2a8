"""« Résilier votre contrat » : write, read again, notify. No account, three clicks (CON-04)."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from billing.quoting.online import FormAlreadyUsed
from billing.subscriptions.terminations import Notice, receive_termination
from billing.termination_form import TerminationForm, packed, unpacked
from hosters.access import HosterRequest, public
from hosters.throttle import throttled
from pricing.dates import date_format

STEPS = [gettext_lazy("Dire quel contrat"), gettext_lazy("Relire et notifier")]
SALT = "billing.terminate"
REVIEW_LASTS = 3600  # seconds between reading again and notifying


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def termination(request: HosterRequest) -> HttpResponse:
    """The form; then everything read again with the final button. `?contrat=` fills in a reference."""
    if request.method == "POST" and "reviewed" in request.POST:
        return _notify(request)
    form = TerminationForm(request.POST or None, initial={"contract": request.GET.get("contrat", "")[:60]})
    context = {"form": form, "steps": STEPS}
    if request.method == "POST" and "change" not in request.POST and form.is_valid():
        notice = form.notice()
        review = {
            "facts": _facts(notice),
            "reviewed": signing.dumps([request.hoster.pk, *packed(notice)], salt=SALT),
        }
        return TemplateResponse(request, "storefront/termination_review.html", context | review)
    return TemplateResponse(request, "storefront/termination.html", context)


@public
@require_safe
def received(request: HosterRequest) -> HttpResponse:
    """What happens now. It says nothing of the contract: the acknowledgment does, by e-mail."""
    return TemplateResponse(request, "storefront/termination_received.html")


def _notify(request: HosterRequest) -> HttpResponse:
    try:
        pk, *values = signing.loads(request.POST["reviewed"], salt=SALT, max_age=REVIEW_LASTS)
    except (signing.BadSignature, ValueError):
        pk, values = None, []
    if pk != request.hoster.pk:
        messages.warning(request, _("Cette page est restée ouverte trop longtemps. Relisez, puis notifiez."))
        return redirect("storefront:termination")
    try:
        receive_termination(hoster=request.hoster, notice=unpacked(values))
    except FormAlreadyUsed:
        messages.warning(request, _("Ce formulaire a déjà été envoyé. Recommencez depuis le début."))
        return redirect("storefront:termination")
    return redirect("storefront:termination_received")


def _facts(notice: Notice) -> list[tuple[str, str]]:
    wished = date_format(notice.wished_end, "j F Y") if notice.wished_end else _("dès que possible")
    wished = _("%(wished)s, au plus tôt après le préavis écrit au contrat") % {"wished": wished}
    return [
        (_("Association ou structure"), notice.organization),
        (_("Contrat"), notice.contract),
        (_("Fin souhaitée"), wished),
        (_("Motif"), notice.reason or _("non précisé")),
        (_("Accusé de réception à"), notice.email),
    ]
