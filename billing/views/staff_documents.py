from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from billing.documents.render import source_of
from billing.downloads import pdf_response
from billing.models import Document
from hosters import work
from hosters.access import StaffRequest, staff


@staff()
@require_safe
def download(request: StaffRequest, pk: int) -> HttpResponse:
    """The file; until it is there, the page that says where it stands."""
    document = get_object_or_404(Document.objects.filter(hoster=request.hoster), pk=pk)
    if not document.ready:
        return redirect(source_of(document))
    return pdf_response(document)


@staff()
@require_POST
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Try again to make a PDF whose rendering failed."""
    document = get_object_or_404(Document.objects.filter(hoster=request.hoster), pk=pk)
    work.retry(document)
    messages.info(request, _("Le PDF est de nouveau en préparation."))
    return redirect(source_of(document))
