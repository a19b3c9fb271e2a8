from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from funnel.counting import refuses_counting
from funnel.retention import MONTHS
from hosters.access import HosterRequest, public


@public
@require_safe
def measure(request: HosterRequest) -> HttpResponse:
    """What this site counts, how, how long, and how not to be counted (GDPR-10). This page itself counts nothing."""
    context = {"months": MONTHS, "refused": refuses_counting(request)}
    return TemplateResponse(request, "storefront/measure.html", context)
