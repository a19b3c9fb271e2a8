"""The economic model of an offer, told before its price (002-001)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest, staff
from hosters.models import Role
from offers.revenue import charged_by_its_tariff
from offers.study.forms import EconomicModelForm
from offers.study.reading import study_of
from offers.study.records import write_study
from offers.views.offer_editor import workshop_context
from offers.views.tariff_editor import offer_of


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def model(request: StaffRequest, slug: str) -> HttpResponse:
    """What the team counts on, beside what the tariff makes clients pay."""
    offer = offer_of(request, slug)
    form = EconomicModelForm(request.POST or None, instance=study_of(offer))
    if request.method == "POST" and form.is_valid():
        write_study(study=form.instance)
        messages.success(request, _("Enregistré."))
        goes_on = request.POST.get("action") == "next"
        return redirect("staff:offer_parts" if goes_on else "staff:offer_model", slug=slug)
    context = {**workshop_context(offer, "model"), "form": form, "charged": charged_by_its_tariff(offer)}
    return TemplateResponse(request, "staff/offer/model.html", context, status=422 if form.errors else 200)
