"""« Ne plus recevoir ces messages » : from the link of a mail, or by one click of the mail program (RFC 8058)."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from crm.letters.unsubscribing import stop, target_of
from crm.newsletter.opting import leave, subscriber_of_leaving
from hosters.access import HosterRequest, private


@csrf_exempt  # the mail program that posts has no cookie of ours: the signed link is what proves
@private
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HosterRequest, token: str) -> HttpResponse:
    """One button; opening the page changes nothing. No limit here: big mail providers post for many people."""
    target = target_of(token)
    if target is None:
        raise Http404
    contact, purpose = target
    if request.method == "POST":
        stop(contact=contact, purpose=purpose)
    return _page(request, str(purpose.label))


@csrf_exempt  # no cookie either: the signed link of the newsletter is what proves
@private
@require_http_methods(["GET", "HEAD", "POST"])
def leave_newsletter(request: HosterRequest, token: str) -> HttpResponse:
    """The same for the newsletter, whose readers are addresses (GDPR-08)."""
    subscriber = subscriber_of_leaving(token)
    if subscriber is None:
        raise Http404
    if request.method == "POST":
        leave(subscriber=subscriber)
    return _page(request, _("la lettre d’information"))


def _page(request: HosterRequest, purpose: str) -> HttpResponse:
    context = {"purpose": purpose, "done": request.method == "POST"}
    return TemplateResponse(request, "storefront/unsubscribe.html", context)
