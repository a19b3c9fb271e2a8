from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from billing.accounting.batches import NothingToExport
from billing.accounting.entries import Unbalanced
from billing.accounting.forms import ArchiveForm, UntilForm
from billing.accounting.journal import fec_of_year, make_journal
from billing.accounting.reporting import make_report
from billing.ledger.archive.making import ask_archive, retry
from billing.models import Archive, ExportBatch, ExportFile
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.zip_streams import safe_name


@staff(Role.ACCOUNTANT)
@require_POST
def journal(request: StaffRequest) -> HttpResponse:
    """Make the next lot of the journal."""
    return _make(request, make_journal)


@staff(Role.ACCOUNTANT)
@require_POST
def report(request: StaffRequest) -> HttpResponse:
    """Make the next lot of the e-reporting."""
    return _make(request, make_report)


def _make(request: StaffRequest, make: Callable[..., ExportBatch]) -> HttpResponse:
    form = UntilForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez une date."))
        return redirect("staff:accounts")
    try:
        made = make(hoster=request.hoster, end=form.cleaned_data["end"], by=request.user)
    except (NothingToExport, Unbalanced) as refused:
        messages.error(request, str(refused))
    else:
        told = {"name": made.name, "pieces": made.pieces}
        words = ngettext(
            "%(name)s est fait, avec %(pieces)s pièce.",
            "%(name)s est fait, avec %(pieces)s pièces.",
            made.pieces,
        )
        messages.success(request, words % told)
    return redirect("staff:accounts")


@staff(Role.ACCOUNTANT)
@require_safe
def export_file(request: StaffRequest, pk: int) -> HttpResponse:
    """A file of a lot, the very bytes that were made."""
    found = get_object_or_404(ExportFile.objects.filter(batch__hoster=request.hoster), pk=pk)
    return _attached(found.content, found.name)


@staff(Role.ACCOUNTANT)
@require_safe
def fec(request: StaffRequest, year: int) -> HttpResponse:
    """The FEC of the financial year that ends in a year."""
    try:
        name, text = fec_of_year(request.hoster, year)
    except NothingToExport as none:
        raise Http404 from none
    return _attached(text, name)


@staff(Role.ACCOUNTANT)
@require_POST
def make_archive(request: StaffRequest) -> HttpResponse:
    """Begin the archive of a year; workers gather it."""
    form = ArchiveForm(request.POST)
    if form.is_valid():
        ask_archive(hoster=request.hoster, year=form.cleaned_data["year"], by=request.user)
        messages.info(request, _("L’archive se prépare ; vous pouvez quitter cette page."))
    else:
        messages.error(request, _("Écrivez une année, comme 2026."))
    return redirect("staff:accounts")


@staff(Role.ACCOUNTANT)
@require_safe
def archive(request: StaffRequest, pk: int) -> HttpResponseBase:
    """The file of an archive."""
    found = get_object_or_404(Archive.objects.filter(hoster=request.hoster), pk=pk)
    if not found.ready or not found.path.exists():
        messages.error(
            request, _("Ce fichier n’est pas encore fait, ou manque sur le disque : voyez la sauvegarde.")
        )
        return redirect("staff:accounts")
    name = safe_name(f"archive-{request.hoster.slug}-{found.year}.zip")
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=name)


@staff(Role.ACCOUNTANT)
@require_POST
def retry_archive(request: StaffRequest, pk: int) -> HttpResponse:
    """Gather again what failed."""
    retry(get_object_or_404(Archive.objects.filter(hoster=request.hoster), pk=pk))
    messages.info(request, _("L’archive se prépare de nouveau."))
    return redirect("staff:accounts")


def _attached(text: str, name: str) -> HttpResponse:
    kind = "text/csv" if name.endswith(".csv") else "text/plain"
    response = HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
