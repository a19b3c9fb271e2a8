from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.importing.files import abandon, counts, drop_file, progress, refused_csv, start_trial, start_writing
from crm.importing.forms import ColumnsForm, FileForm
from crm.importing.reading import lines_read
from crm.models import ContactImport, ImportLine
from crm.spreadsheets import LARGEST, NotATable
from hosters.access import StaffRequest, staff
from hosters.models import Role
from hosters.paging import page_of

LATEST = 20


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: StaffRequest) -> HttpResponse:
    """A file to drop, files dropped before, and files to take away."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            file = drop_file(
                hoster=request.hoster, name=upload.name, content=upload.read(LARGEST + 1), by=request.user
            )
            return redirect("staff:import_columns", pk=file.pk)
        except NotATable as wrong:
            form.add_error("file", str(wrong))
    dropped = ContactImport.objects.filter(hoster=request.hoster).select_related("created_by")
    context = {"form": form, "files": dropped.order_by("-pk")[:LATEST]}
    return TemplateResponse(request, "staff/imports/imports.html", context)


@staff(Role.SALES)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: StaffRequest, pk: int) -> HttpResponse:
    """Which column is what; then every line is tried."""
    file = _file(request, pk)
    if file.step == ContactImport.Step.WRITING:
        return redirect(file)
    form = ColumnsForm(request.POST or None, file=file)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("mapping", "origin", "carries_down")}
        start_trial(file=file, **told)
        return redirect(file)
    return TemplateResponse(request, "staff/imports/columns.html", {"file": file, "form": form})


@staff(Role.SALES)
@require_safe
def report(request: StaffRequest, pk: int) -> HttpResponse:
    """How far it is, then what each line does or did."""
    file = _file(request, pk)
    if file.step == ContactImport.Step.COLUMNS:
        return redirect("staff:import_columns", pk=file.pk)
    verdict = request.GET.get("verdict", "")
    lines = file.lines.order_by("number")
    if verdict in ImportLine.Verdict.values and verdict:
        lines = lines.filter(verdict=verdict)
    context = {
        "file": file,
        "progress": progress(file),
        "counts": counts(file),
        "read": lines_read(file),
        "verdict": verdict,
        "page": page_of(lines, request),
        "here": f"{request.path}?{request.GET.urlencode()}",
    }
    return TemplateResponse(request, "staff/imports/report.html", context)


@staff(Role.SALES)
@require_POST
def write(request: StaffRequest, pk: int) -> HttpResponse:
    """Write what the trial accepted."""
    file = _file(request, pk)
    if not start_writing(file=file):
        messages.info(request, _("L’essai n’est pas fini, ou l’import est déjà écrit."))
    return redirect(file)


@staff(Role.SALES)
@require_safe
def refused(request: StaffRequest, pk: int) -> StreamingHttpResponse:
    """The refused lines with why, to mend and drop again."""
    return as_download(refused_csv(_file(request, pk)), f"refus-{pk}.csv", "text/csv")


@staff(Role.SALES)
@require_POST
def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget a file; what was written stays."""
    file = _file(request, pk)
    if "sure" in request.POST:  # the button says it: a bare POST forgets nothing
        abandon(file=file)
        messages.success(request, _("Le fichier est oublié. Ce qui était écrit reste."))
    return redirect("staff:imports")


def as_download(text: object, name: str, media_type: str) -> StreamingHttpResponse:
    """A file made while it leaves."""
    return StreamingHttpResponse(
        text,  # type: ignore[arg-type]  # an iterator of str
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _file(request: StaffRequest, pk: int) -> ContactImport:
    files = ContactImport.objects.filter(hoster=request.hoster).select_related("hoster")
    return get_object_or_404(files, pk=pk)
