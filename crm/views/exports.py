from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from crm import vcards
from crm.exports import contacts_vcard, organizations_csv
from crm.models import Contact
from crm.views.imports import as_download
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff(Role.SALES)
@require_safe
def organizations(request: StaffRequest) -> StreamingHttpResponse:
    """Every organisation with its people, for a spreadsheet."""
    name = f"organisations-{timezone.localdate():%Y-%m-%d}.csv"
    return as_download(organizations_csv(request.hoster), name, "text/csv")


@staff(Role.SALES)
@require_safe
def people(request: StaffRequest) -> StreamingHttpResponse:
    """Every person, for a telephone or a mail program."""
    name = f"personnes-{timezone.localdate():%Y-%m-%d}.vcf"
    return as_download(contacts_vcard(request.hoster), name, "text/vcard")


@staff()
@require_safe
def card(request: StaffRequest, pk: int) -> HttpResponse:
    """One person as a vCard."""
    cards = Contact.objects.filter(organization__hoster=request.hoster, erased_at=None)
    contact = get_object_or_404(cards.select_related("organization"), pk=pk)
    headers = {"Content-Disposition": f'attachment; filename="personne-{pk}.vcf"'}
    return HttpResponse(vcards.write(contact), content_type="text/vcard; charset=utf-8", headers=headers)
