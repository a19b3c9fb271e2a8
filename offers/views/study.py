"""The study behind the offers: the market, the costs, the people asked."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hosters.access import StaffRequest, staff
from offers.models import Evidence, Observation, Offer
from offers.sales import sales_of
from offers.study.asking import cautions
from offers.study.costs import read_costs, year_asked
from offers.study.forms import (
    CompetitorForm,
    CostForm,
    EvidenceForm,
    ObservationForm,
    PrestationForm,
    RecordForm,
    RevenueForm,
    StudyForm,
)
from offers.study.market import read_market
from offers.study.reading import study_of
from offers.study.records import write_record, write_study
from offers.study.revenue import read_revenue
from pricing.cost_price import prestation_price
from pricing.engine.money import ZERO

#: The forms of the market page, by the word that their button sends.
MARKET_FORMS: dict[str, Callable[..., RecordForm]] = {"concurrent": CompetitorForm, "releve": ObservationForm}
LAST_SEEN = 20


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def market(request: StaffRequest) -> HttpResponse:
    """Competitors in columns beside us, where our prices stand, and the forms to note more."""
    sent = request.POST.get("ajouter", "")
    forms = {
        name: form(request.hoster, request.POST if name == sent else None)
        for name, form in MARKET_FORMS.items()
    }
    if sent in forms and forms[sent].is_valid():
        return _noted(request, forms[sent], "staff:market")
    context = {
        "market": read_market(request.hoster, today=timezone.localdate()),
        "seen": Observation.objects.select_related("competitor", "offer")[:LAST_SEEN],
        "competitor_form": forms["concurrent"],
        "observation_form": forms["releve"],
    }
    return _page(request, "staff/study/market.html", context, wrong=sent in forms)


@staff()
@require_safe
def market_csv(request: StaffRequest) -> HttpResponse:
    """The same table, for a spreadsheet."""
    table = read_market(request.hoster, today=timezone.localdate()).as_csv()
    headers = {"Content-Disposition": 'attachment; filename="marche.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=headers)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def costs(request: StaffRequest) -> HttpResponse:
    """The costs of a year, what each offer costs, whether the plan pays; and the price of a piece of work."""
    form = CostForm(request.hoster, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _noted(request, form, "staff:costs")
    work = PrestationForm(request.GET if "jours" in request.GET else None)
    year = year_asked(request.GET.get("annee", ""), today=timezone.localdate())
    context = {
        "plan": read_costs(request.hoster, year=year),
        "form": form,
        "work": work,
        "work_price": _work_price(work),
    }
    return _page(request, "staff/study/costs.html", context, wrong=form.is_bound)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def revenue(request: StaffRequest) -> HttpResponse:
    """Where the money of a year comes from, planned and received, beside what the year costs."""
    form = RevenueForm(request.hoster, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _noted(request, form, "staff:revenue")
    year = year_asked(request.GET.get("annee", ""), today=timezone.localdate())
    context = {"plan": read_revenue(request.hoster, year=year), "form": form}
    return _page(request, "staff/study/revenue.html", context, wrong=form.is_bound)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def evidence(request: StaffRequest) -> HttpResponse:
    """Who was asked, and what was learnt."""
    form = EvidenceForm(request.hoster, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _noted(request, form, "staff:evidence")
    shown = [(each, cautions(each)) for each in Evidence.objects.select_related("offer")]
    return _page(request, "staff/study/evidence.html", {"shown": shown, "form": form}, wrong=form.is_bound)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def offer_study(request: StaffRequest, slug: str) -> HttpResponse:
    """How the price of one offer was thought."""
    offer = get_object_or_404(Offer.objects.select_related("study"), slug=slug)
    form = StudyForm(request.POST or None, instance=study_of(offer))
    if request.method == "POST" and form.is_valid():
        write_study(study=form.instance)
        messages.success(request, _("C’est noté."))
        return redirect("staff:costs")
    year = sales_of(request.hoster, timezone.localdate()).of(offer.pk)
    context = {"offer": offer, "form": form, "year": year}
    return _page(request, "staff/study/offer.html", context, wrong=form.is_bound)


def _noted(request: StaffRequest, form: RecordForm, page: str) -> HttpResponse:
    write_record(record=form.record())
    messages.success(request, _("C’est noté."))
    return redirect(page)


def _page(request: StaffRequest, template: str, context: dict[str, Any], *, wrong: bool) -> HttpResponse:
    return TemplateResponse(request, template, context, status=422 if wrong else 200)


def _work_price(work: PrestationForm) -> Any:
    """The price of the work typed in the address; None before, or when a figure is wrong."""
    if not work.is_valid():
        return None
    given = work.cleaned_data
    return prestation_price(given["jours"], given["cout"], given["marge"] or ZERO)
