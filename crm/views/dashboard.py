from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.follow_ups import due
from crm.models import Organization
from crm.panels import dashboard_panels, rows_of
from crm.stages import stages_of
from crm.temperature import with_warmth
from crm.workqueue import workqueue
from funnel.report import funnel_report, nobody
from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role
from hosters.together import tally, together

FUNNEL_DAYS = 30
#: Follow-ups on the dashboard; their own page has the others.
SHOWN = 10


@staff()
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What to do today, how many are at each stage, and where people are lost."""
    today = timezone.localdate()
    waiting = due(request.hoster)
    follow_ups, waiting_number = waiting[:SHOWN], tally(waiting)
    counts, panels = stage_counts(request.hoster), dashboard_panels(request.hoster)
    together(follow_ups, waiting_number, counts, *rows_of(panels))
    rows = funnel_report(request.hoster, since=today - timedelta(days=FUNNEL_DAYS - 1), until=today)
    context = {
        "follow_ups": with_warmth(follow_ups),
        "follow_ups_number": waiting_number[0]["number"] if waiting_number else 0,
        "may_write": request.membership.role != Role.ACCOUNTANT,
        "today": today,
        "queue": workqueue(request.hoster, role=request.membership.role),
        "stages": stages(request.hoster, counts),
        "panels": panels,
        "funnel": rows,
        "funnel_empty": nobody(rows),
        "funnel_days": FUNNEL_DAYS,
    }
    return TemplateResponse(request, "staff/dashboard.html", context)


def stage_counts(hoster: Hoster) -> "QuerySet[Organization, tuple[str, int]]":
    """How many organisations are at each stage."""
    living = Organization.objects.filter(hoster=hoster).living()
    return living.order_by().values_list("stage").annotate(Count("pk"))


def stages(hoster: Hoster, counts: Iterable[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Code, label and number of organisations of each stage, in order."""
    numbers = dict(counts)
    return [(code, label, numbers.get(code, 0)) for code, label in stages_of(hoster)]
