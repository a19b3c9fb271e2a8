"""The funnel, for staff."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from funnel.checks import checks_of, frictions_of, try_quote_tool
from funnel.comparison import compared
from funnel.definitions import steps_to_show
from funnel.forms import LookForm
from funnel.models import FunnelDefinition
from funnel.report import blocked_step, nobody, report
from hosters.access import StaffRequest, staff


@staff()
@require_safe
def funnel(request: StaffRequest) -> HttpResponse:
    """Bars and table: each rate with its base named, its interval, and the time since the step before."""
    return TemplateResponse(request, "staff/funnel.html", _context(request))


@staff()
@require_POST
def try_tool(request: StaffRequest) -> HttpResponse:
    """The same page, after the quote tool was tried from end to end; nothing of the trial is kept."""
    trials = try_quote_tool(_asked(request).look())
    return TemplateResponse(request, "staff/funnel.html", _context(request) | {"trials": trials})


def _context(request: StaffRequest) -> dict[str, object]:
    form = _asked(request)
    look, chosen = form.look(), form.chosen_funnel()
    rows = report(look, steps_to_show(chosen))
    before = report(look.before(), steps_to_show(chosen)) if form.cleaned_data.get("compare") else []
    blocked = blocked_step(rows)
    return {
        "form": form,
        "look": look,
        "chosen": chosen,
        "rows": rows,
        "empty": nobody(rows),
        "blocked": blocked,
        "checks": checks_of(look) if blocked else [],
        "trials": [],
        "frictions": frictions_of(look),
        "compared": compared(rows, before) if not nobody([*rows, *before]) and before else [],
        "empty_before": nobody(before),
    }


def _asked(request: StaffRequest) -> LookForm:
    funnels = list(FunnelDefinition.objects.filter(hoster=request.hoster))
    return LookForm(request.hoster, funnels, request.GET)
