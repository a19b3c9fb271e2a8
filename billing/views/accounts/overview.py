from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.accounting.forms import ArchiveForm, PeriodForm, PlanForm, UntilForm
from billing.accounting.overview import Overview, overview_of
from billing.accounting.plan import plan_of, save_plan
from billing.accounting.till import till_of
from billing.accounting.turnover import turnover, watch
from billing.models import ExportBatch
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.ACCOUNTANT)
@require_safe
def accounts(request: StaffRequest) -> HttpResponse:
    """Turnover of the year, lots, archives, where the ledger stands."""
    today = timezone.localdate()
    start = today.replace(month=1, day=1)
    year = turnover(request.hoster, start=start, end=today)
    overview = overview_of(request.hoster)
    context = {
        "overview": overview,
        "year": year,
        "watch": watch(request.hoster, year),
        "till": till_of(request.hoster, since=start),
        "period_form": PeriodForm(initial={"start": start, "end": today}),
        "journal_form": _lot_form(overview, ExportBatch.Kind.JOURNAL),
        "report_form": _lot_form(overview, ExportBatch.Kind.E_REPORTING),
        "archive_form": ArchiveForm(initial={"year": today.year}),
    }
    return TemplateResponse(request, "staff/accounts/overview.html", context)


def _lot_form(overview: Overview, kind: ExportBatch.Kind) -> UntilForm | None:
    """None while no lot is possible before tomorrow."""
    end = overview.ends[kind]
    return UntilForm(initial={"end": end}, auto_id=f"{kind}_%s") if end else None


@staff(Role.ACCOUNTANT)
@require_safe
def period(request: StaffRequest) -> HttpResponse:
    """The turnover of a period."""
    form = PeriodForm(request.GET or None)
    found = turnover(request.hoster, **form.cleaned_data) if form.is_valid() else None
    return TemplateResponse(request, "staff/accounts/turnover.html", {"form": form, "found": found})


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    """The accounts that the exports write."""
    form = PlanForm(request.POST or None, instance=plan_of(request.hoster))
    if request.method == "POST" and form.is_valid():
        save_plan(form.instance)
        messages.success(request, _("Enregistré, pour les lots à venir."))
        return redirect("staff:accounts")
    return TemplateResponse(request, "staff/accounts/plan.html", {"form": form})
