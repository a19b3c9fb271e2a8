"""The newsletter on the public site: asked with one address, confirmed from the mail."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.forms.newsletter import SubscribeForm
from crm.models import NewsletterSettings
from crm.newsletter.opting import ask, confirm, subscriber_to_confirm
from crm.newsletter.promise import open_newsletter, promise_of
from crm.newsletter.subscribers import Agreement, receiving
from funnel.counting import source_of
from hosters.access import HosterRequest, private, public
from hosters.throttle import throttled


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HosterRequest) -> HttpResponse:
    """What one will read, how often, how to stop; then one address."""
    promised = promise_of(_open(request))
    form = SubscribeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = source_of(request)
        told = _("page d’abonnement (%(source)s)") % {"source": source} if source else _("page d’abonnement")
        ask(
            hoster=request.hoster,
            email=form.cleaned_data["email"],
            agreed=Agreement(text=promised, source=told),
        )
        return redirect("storefront:newsletter_asked")
    context = {"form": form, "promise": promised, "via": source_of(request)}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "storefront/newsletter.html", context, status=status)


@public
@require_safe
def asked(request: HosterRequest) -> HttpResponse:
    """Look into your mailbox: the same page whatever the address was."""
    _open(request)
    return TemplateResponse(request, "storefront/newsletter_asked.html")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HosterRequest, token: str) -> HttpResponse:
    """One button; opening the page confirms nothing."""
    subscriber = subscriber_to_confirm(token)
    if subscriber is None:
        raise Http404
    if request.method == "POST":
        confirm(subscriber=subscriber)
    context = {"subscriber": subscriber, "done": receiving(request.hoster).filter(pk=subscriber.pk).exists()}
    return TemplateResponse(request, "storefront/newsletter_confirm.html", context)


def _open(request: HosterRequest) -> NewsletterSettings:
    settings = open_newsletter(request.hoster)
    if settings is None:
        raise Http404
    return settings
