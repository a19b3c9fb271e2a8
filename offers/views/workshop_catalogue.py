"""The workshop's catalogue as a file: download it, upload one, read what would change, confirm."""

import json

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hosters.access import StaffRequest, staff
from hosters.models import Hoster, Role
from offers.catalogue import (
    LARGEST,
    CatalogueError,
    catalogue_schema,
    changes_something,
    differences,
    import_catalogue,
    read_catalogue,
    stored_catalogue,
    write_catalogue,
)
from offers.catalogue.trial import errors_to_come

HOUR = 3600  # seconds left to read the preview
PAGE = "staff/catalogue.html"


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: StaffRequest) -> HttpResponse:
    """The page; with a file, every error line by line or what would change. Nothing is written here."""
    if request.method != "POST":
        return TemplateResponse(request, PAGE)
    upload = request.FILES.get("file")
    if upload is None:
        return _refused(request, [_("Choisissez un fichier.")])
    try:
        found = read_catalogue(upload.read(LARGEST + 1))
    except CatalogueError as error:
        return _refused(request, error.lines())
    changes = differences(stored_catalogue(request.hoster), found, vat=request.hoster.vat_policy)
    context = {
        "changes": changes,
        "changes_something": changes_something(changes),
        "errors": errors_to_come(catalogue=found, hoster=request.hoster)
        if changes_something(changes)
        else [],
        "names_a_hoster": found.hoster is not None,
        "signed": signing.dumps(write_catalogue(found), salt=_salt(request.hoster), compress=True),
        "file_name": upload.name,
    }
    return TemplateResponse(request, "staff/catalogue_preview.html", context)


@staff(Role.ADMIN)
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Write the file that was previewed, and no other: it comes back signed."""
    try:
        text = signing.loads(request.POST.get("signed", ""), salt=_salt(request.hoster), max_age=HOUR)
        found = read_catalogue(text.encode())
    except signing.BadSignature:
        return _refused(
            request,
            [_("L’aperçu a plus d’une heure ou n’est plus lisible. Choisissez à nouveau le fichier.")],
        )
    import_catalogue(catalogue=found, hoster=request.hoster, by=request.user)
    count = len(found.offers)
    told = ngettext("Catalogue importé : %(n)s offre.", "Catalogue importé : %(n)s offres.", count) % {
        "n": count
    }
    messages.success(request, told)
    return redirect("staff:offers")


@staff(Role.ADMIN)
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """The whole catalogue, in the format that the upload reads."""
    text = write_catalogue(stored_catalogue(request.hoster))
    return _as_file(text, f"catalogue-{slugify(request.hoster.slug)}.json")


@staff(Role.ADMIN)
@require_safe
def schema(request: StaffRequest) -> HttpResponse:
    """The JSON Schema, for editors that check while one types."""
    return _as_file(json.dumps(catalogue_schema(), ensure_ascii=False, indent=2), "catalogue.schema.json")


def _refused(request: StaffRequest, errors: list[str]) -> HttpResponse:
    return TemplateResponse(request, PAGE, {"errors": errors}, status=422)


def _salt(hoster: Hoster) -> str:
    """A preview made for one hoster is worth nothing at another."""
    return f"catalogue:{hoster.pk}"


def _as_file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
