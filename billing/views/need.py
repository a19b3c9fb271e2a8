"""Whoever asked says whether the team understood, from a link without account (003-003). Opening it changes nothing."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from billing.need_confirmation import answer, asked_by
from billing.request_forms import CorrectionForm
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HosterRequest, token: str) -> HttpResponse:
    """The need in the words of the team: yes, or what is wrong in it."""
    asked = asked_by(token)
    if asked is None:
        raise Http404
    is_yes = "yes" in request.POST
    form = CorrectionForm(request.POST if request.method == "POST" and not is_yes else None)
    if request.method == "POST" and asked.current and (is_yes or form.is_valid()):
        answer(asked=asked, correction="" if is_yes else form.cleaned_data["correction"])
        return redirect("storefront:need", token=token)
    context = {"asked": asked.request, "current": asked.current, "form": form}
    return TemplateResponse(request, "storefront/need.html", context)
