"""A visitor asks a person: nothing fits as it is, or several offers go together."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from billing.forms import NOTICE, AskForm
from billing.need_requests import request_for_need
from billing.quoting.online import FormAlreadyUsed
from funnel.counting import source_of
from hosters.access import HosterRequest, public
from hosters.throttle import throttled
from offers.wishes import HELP, SUBJECTS, wish_in


@public
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def ask_person(request: HosterRequest) -> HttpResponse:
    """The form, beside what was composed; the price of an order is computed again here."""
    wish = wish_in(request.hoster, request.GET)
    typed = request.POST.copy()
    form = AskForm(typed or None, via=source_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            request_for_need(
                hoster=request.hoster,
                organization=form.organization_details(),
                person=form.person_details(),
                subject=str(SUBJECTS.get(request.GET.get("pour", ""), SUBJECTS[HELP])),
                wish=wish,
                message=form.cleaned_data["message"],
                source=form.source(),
                key=form.cleaned_data["key"],
            )
            return redirect("storefront:asked")
        except FormAlreadyUsed:
            form.add_error(None, _("Ce formulaire a déjà été envoyé. Relisez-le, puis envoyez-le à nouveau."))
            typed["key"] = str(uuid4())
    context = {"form": form, "wish": wish, "notice": NOTICE, "via": form.via}
    return TemplateResponse(request, "storefront/choose_person.html", context)
