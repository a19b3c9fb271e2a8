"""One thing that the team noted: change it, or forget it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hosters.access import StaffRequest, staff
from offers.models.record import Record
from offers.study.kinds import KINDS, RecordKind
from offers.study.records import delete_record, write_record


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """The form of one record, with the way to delete it."""
    known, found = _found(kind, pk)
    name = str(found)  # before the form changes it
    form = known.form(request.hoster, request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        write_record(record=form.record())
        messages.success(request, _("C’est noté."))
        return redirect(known.page)
    context = {"form": form, "kind": kind, "known": known, "name": name}
    return TemplateResponse(request, "staff/study/record.html", context, status=422 if form.errors else 200)


@staff()
@require_POST
def delete(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    """Forget one record; without the confirmation of its button, show it again."""
    known, found = _found(kind, pk)
    if "confirmer" not in request.POST:
        return redirect("staff:record", kind=kind, pk=pk)
    delete_record(record=found)
    messages.success(request, _("« %(name)s » est supprimé.") % {"name": found})
    return redirect(known.page)


def _found(kind: str, pk: int) -> tuple[RecordKind, Record]:
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    return known, get_object_or_404(known.model, pk=pk)
