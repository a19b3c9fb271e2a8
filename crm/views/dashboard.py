from datetime import timedelta

from django.db.models import Count
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.follow_ups import due
from crm.models import Organization
from crm.panels import dashboard_panels
from crm.stages import stages_of
from crm.temperature import with_warmth
from crm.workqueue import workqueue
from funnel.report import funnel_report
from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role

FUNNEL_DAYS = 30
#: Follow-ups on the dashboard; their own page has the others.
SHOWN = 10


@staff()
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What to do today, how many are at each stage, and where people are lost."""
    today = timezone.localdate()
    waiting = due(request.hoster)
    context = {
        "follow_ups": with_warmth(waiting[:SHOWN]),
        "follow_ups_number": waiting.count(),
        "may_write": request.membership.role != Role.ACCOUNTANT,
        "today": today,
        "queue": workqueue(request.hoster, role=request.membership.role),
        "stages": stage_counts(request.hoster),
        "panels": dashboard_panels(request.hoster),
        "funnel": funnel_report(request.hoster, since=today - timedelta(days=FUNNEL_DAYS - 1), until=today),
        "funnel_days": FUNNEL_DAYS,
    }
    return TemplateResponse(request, "staff/dashboard.html", context)


def stage_counts(hoster: Hoster) -> list[tuple[str, str, int]]:
    """Code, label and number of organisations of each stage, in order."""
    counts = dict(
        Organization.objects.filter(hoster=hoster)
        .living()
        .values_list("stage")
        .annotate(Count("pk"))
        .order_by()
    )
    return [(code, label, counts.get(code, 0)) for code, label in stages_of(hoster)]
