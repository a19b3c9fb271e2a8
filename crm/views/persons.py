import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.addresses import kind_of
from crm.consent import standing_of
from crm.consent_forms import AddressKindForm
from crm.erasure import Held, erase_person
from crm.models import Consent, Contact, Erasure
from crm.person_export import export_person
from crm.persons import cards_of, reasons_to_keep
from hosters.access import StaffRequest, staff
from hosters.models import Role


@staff()
@require_safe
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Who somebody is, what they read and said, and their rights."""
    contact = card_or_404(request, pk)
    said = Consent.objects.filter(contact__in=cards_of(contact)).select_related("recorded_by")
    standing = standing_of(contact)
    context = {
        "contact": contact,
        "consents": said.order_by("-given_at", "-pk"),
        "permissions": [(purpose.label, standing.permission(purpose)) for purpose in Consent.Purpose],
        "kind": AddressKindForm(initial={"kind": kind_of(contact)}),
    }
    return TemplateResponse(request, "staff/persons/person.html", context)


@staff()
@require_safe
def export(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as a file, to send to the person who asks (GDPR articles 15 and 20)."""
    text = json.dumps(export_person(card_or_404(request, pk)), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="donnees-personne-{pk}.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@staff(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, pk: int) -> HttpResponse:
    """What will be emptied and what stays; then it is done, and cannot be undone (GDPR article 17)."""
    contact = card_or_404(request, pk)
    if request.method != "POST":
        cards = cards_of(contact)
        reasons = reasons_to_keep(request.hoster, cards, on=timezone.localdate())
        context = {"contact": contact, "cards": cards.select_related("organization"), "reasons": reasons}
        return TemplateResponse(request, "staff/persons/erase.html", context)
    try:
        erase_person(contact=contact, cause=Erasure.Cause.ASKED, by=request.user)
    except Held as held:
        messages.error(request, str(held))
        return redirect("staff:person_erase", pk=pk)
    messages.success(request, _("Cette personne est effacée. Les documents émis n’ont pas changé."))
    return redirect("staff:personal_data")


def card_or_404(request: StaffRequest, pk: int) -> Contact:
    """A card that was not emptied."""
    cards = Contact.objects.filter(organization__hoster=request.hoster, erased_at=None)
    return get_object_or_404(cards.select_related("organization__hoster"), pk=pk)
