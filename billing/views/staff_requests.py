"""One request as staff read it: what was asked, laid out, and the way to a quote."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.brief_parts import answered_parts
from billing.documents.render import brief_pdf
from billing.need_confirmation import NeedRefused, ask_confirmation
from billing.quoting.briefs import version_of
from billing.request_forms import NeedStatementForm
from crm.models import Request
from crm.requests import state_need
from hosters.access import StaffRequest, staff
from hosters.models import Role

VERSION = re.compile(r"[1-9]\d{0,3}")


@staff()
@require_safe
def request(request: StaffRequest, pk: int) -> HttpResponse:
    """The request, its answers, the need in words and what to do next."""
    shown = _request(request, pk)
    parts = answered_parts(shown.details["brief"]) if "brief" in shown.details else []
    context = {
        "asked": shown,
        "parts": parts,
        "done": sum(part.complete for part in parts),
        "former": shown.details.get("former", []),
        "change": shown.details.get("change", []),
        "form": NeedStatementForm(initial={"need_statement": shown.need_statement}),
        "may_answer": request.membership.role in {Role.SALES, Role.ADMIN},
    }
    return TemplateResponse(request, "staff/request.html", context)


@staff()
@require_safe
def brief(request: StaffRequest, pk: int) -> HttpResponse:
    """The brief on paper, in its latest version or in the one that is asked for (003-013)."""
    shown = _request(request, pk)
    if "brief" not in shown.details:
        raise Http404
    wanted = request.GET.get("version", "")
    told = version_of(shown, int(wanted) if VERSION.fullmatch(wanted) else 0)
    content = brief_pdf(hoster=request.hoster, name=shown.organization.name, brief=told)
    return HttpResponse(content, content_type="application/pdf")


@staff(Role.SALES)
@require_POST
def state(request: StaffRequest, pk: int) -> HttpResponse:
    """Write the need with the association's words, before the quote (003-041)."""
    shown = _request(request, pk)
    form = NeedStatementForm(request.POST)
    if form.is_valid():
        state_need(request=shown, statement=form.cleaned_data["need_statement"])
        messages.success(request, _("Le besoin est noté."))
    else:
        messages.error(request, _("Le besoin tient en 2 000 signes au plus."))
    return redirect(shown)


@staff(Role.SALES)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """Send the need back to whoever asked, to be confirmed before the quote (003-003)."""
    shown = _request(request, pk)
    try:
        ask_confirmation(request=shown)
    except NeedRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Le besoin part à %(email)s.") % {"email": shown.contact.email})
    return redirect(shown)


def _request(request: StaffRequest, pk: int) -> Request:
    rows = Request.objects.filter(hoster=request.hoster)
    return get_object_or_404(rows.select_related("organization", "contact", "handled_by"), pk=pk)
