"""Links that only read, for the members."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from billing.board.forms import AddressesForm, LinkForm
from billing.board.links import links_of, make_link, revoke_link, send_links
from billing.board.waiting import BoardRefused
from billing.board.wording import invitation_of
from billing.models import AccessLink, Quote
from billing.views.board.board import deciding
from hosters.access import HosterRequest, private
from hosters.links import absolute_url
from hosters.throttle import throttled


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HosterRequest, token: str) -> HttpResponse:
    """The links made so far; two forms: one gives a link to copy, shown once, the other mails links."""
    link, quote = deciding(token)
    if request.method == "POST" and "addresses" in request.POST:
        return _send(request, token, link, quote)
    if request.method == "POST":
        return _make(request, token, link, quote)
    return _page(request, token, quote, AddressesForm())


@private
@throttled
@require_POST
def revoke(request: HosterRequest, token: str, pk: int) -> HttpResponse:
    _link, quote = deciding(token)
    revoke_link(link=get_object_or_404(links_of(quote), pk=pk))
    messages.success(request, _("Ce lien est coupé : il n’ouvre plus rien."))
    return redirect("storefront:board_links", token=token)


def _page(
    request: HosterRequest, token: str, quote: Quote, addresses: AddressesForm, made: str = ""
) -> HttpResponse:
    url = absolute_url(request.hoster, "storefront:quote", token=made) if made else ""
    context = {
        "quote": quote,
        "token": token,
        "addresses": addresses,
        "link_form": LinkForm(),
        "links": links_of(quote),
        "made": url,
        "invitation": invitation_of(quote, url) if made else "",
    }
    return TemplateResponse(request, "storefront/board/links.html", context)


def _make(request: HosterRequest, token: str, link: AccessLink, quote: Quote) -> HttpResponse:
    form = LinkForm(request.POST)
    try:
        if form.is_valid() and (
            made := make_link(quote=quote, by=link.contact, key=form.cleaned_data["key"])
        ):
            return _page(request, token, quote, AddressesForm(), made)
        messages.info(
            request, _("Ce lien a déjà été montré. Faites-en un autre si vous ne l’avez pas copié.")
        )
    except BoardRefused as refused:
        messages.warning(request, str(refused))
    return redirect("storefront:board_links", token=token)


def _send(request: HosterRequest, token: str, link: AccessLink, quote: Quote) -> HttpResponse:
    form = AddressesForm(request.POST)
    if not form.is_valid():
        return _page(request, token, quote, form)
    people = [member.email for member in form.cleaned_data["addresses"]]
    try:
        sent = send_links(quote=quote, by=link.contact, addresses=people)
    except BoardRefused as refused:
        messages.warning(request, str(refused))
        return redirect("storefront:board_links", token=token)
    told = ngettext("%(sent)s courriel part.", "%(sent)s courriels partent.", sent) % {"sent": sent}
    messages.success(request, told if sent else _("Ces personnes ont déjà un lien."))
    return redirect("storefront:board_links", token=token)
