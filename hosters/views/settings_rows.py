"""The settings that are lists, each sent whole."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hosters.access import StaffRequest, staff
from hosters.charter import ADDRESS, CHARTER
from hosters.models import Hoster, Role
from hosters.registries import (
    charter_rows,
    replace_charter,
    replace_statements,
    replace_subprocessors,
    statement_rows,
    subprocessor_rows,
)
from hosters.sections.registry import SECTIONS
from hosters.sections.rows import STATEMENTS, SUBPROCESSORS, commitment_forms
from hosters.views.settings import READ_OR_SEND

Rows = TypeVar("Rows", bound=BaseFormSet)


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def subprocessors(request: StaffRequest) -> HttpResponse:
    """To whom data are entrusted (CON-12)."""
    rows = _sent(request, SUBPROCESSORS, subprocessor_rows)
    if request.method == "POST" and rows.is_valid():
        replace_subprocessors(hoster=request.hoster, rows=rows.rows, by=request.user)
        messages.success(request, _("Liste enregistrée, à jour d’aujourd’hui."))
        return redirect("staff:settings")
    context = {"section": SECTIONS["subprocessors"], "rows": rows, "new": _("Nouveau sous-traitant")}
    return TemplateResponse(request, "staff/settings/rows.html", context)


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def statements(request: StaffRequest) -> HttpResponse:
    """Strengths, limits, values and labels (002-081, 002-096, 003-039)."""
    rows = _sent(request, STATEMENTS, statement_rows)
    if request.method == "POST" and rows.is_valid():
        replace_statements(hoster=request.hoster, rows=rows.rows, by=request.user)
        messages.success(request, _("Enregistré."))
        return redirect("staff:settings")
    context = {"section": SECTIONS["statements"], "rows": rows, "new": _("Nouvelle ligne")}
    return TemplateResponse(request, "staff/settings/rows.html", context)


@staff(Role.ADMIN)
@require_http_methods(READ_OR_SEND)
def charter(request: StaffRequest) -> HttpResponse:
    """The ten commitments, in the order of the charter (002-096)."""
    forms = commitment_forms(request.POST or None, charter_rows(request.hoster))
    if all(form.is_valid() for form in forms):
        said = [{"code": each.code, **form.cleaned_data} for each, form in zip(CHARTER, forms, strict=True)]
        replace_charter(hoster=request.hoster, rows=said, by=request.user)
        messages.success(request, _("Enregistré."))
        return redirect("staff:settings")
    context = {
        "section": SECTIONS["charter"],
        "commitments": list(zip(CHARTER, forms, strict=True)),
        "address": ADDRESS,
    }
    return TemplateResponse(request, "staff/settings/charter.html", context)


def _sent(
    request: StaffRequest, formset: type[Rows], stored: Callable[[Hoster], list[dict[str, Any]]]
) -> Rows:
    """The list as it is kept, or only what was sent: what somebody else kept meanwhile hides no row of it."""
    if request.method == "POST":
        return formset(request.POST)
    return formset(initial=stored(request.hoster))
