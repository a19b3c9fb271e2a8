"""What the hoster promises, in one page: strengths and limits, people, price, backups, charter (002-081 to 002-099)."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from hosters.access import HosterRequest, public
from hosters.charter import ADDRESS
from hosters.promise import public_promise


@public
@require_safe
def commitments(request: HosterRequest) -> HttpResponse:
    """Everything the hoster says of itself, limits included."""
    context = {"promise": public_promise(request.hoster), "charter_address": ADDRESS}
    return TemplateResponse(request, "storefront/commitments.html", context)
