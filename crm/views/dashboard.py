from datetime import timedelta

from django.db.models import Count
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm.models import Organization
from crm.panels import dashboard_panels
from crm.stages import ORDER, stage_label
from crm.workqueue import workqueue
from funnel.report import funnel_report
from hosters.access import StaffRequest, staff
from hosters.models import Hoster

FUNNEL_DAYS = 30


@staff()
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What to do today, how many are at each stage, and where people are lost."""
    today = timezone.localdate()
    context = {
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
        Organization.objects.filter(hoster=hoster).values_list("stage").annotate(Count("pk")).order_by()
    )
    return [(stage.value, stage_label(stage, hoster), counts.get(stage.value, 0)) for stage in ORDER]
