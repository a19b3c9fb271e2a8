"""Invoices of hand-written lines: written, looked at, issued. The number comes with the last act."""

import re
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.documents.render import draft_invoice_pdf
from billing.invoicing import drafts
from billing.invoicing.drafts import DraftRefused
from billing.invoicing.forms import DraftForm, DraftLines
from billing.invoicing.gaps import gaps_of
from billing.invoicing.issuing import written
from billing.invoicing.routes import route_of, route_of_fees
from billing.models import Invoice, InvoiceDraft
from crm.models import Contact
from hosters.access import StaffRequest, staff
from hosters.models import Role

#: Written with a comma in the form.
AMOUNTS = ("quantity", "unit_price")
UUID_FORM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@staff(Role.ACCOUNTANT)
@require_POST
def new(request: StaffRequest, pk: int) -> HttpResponse:
    """Start an invoice for a person of an organisation."""
    people = Contact.objects.current().select_related("organization__hoster")
    contact = get_object_or_404(people.filter(organization__hoster=request.hoster), pk=pk)
    return redirect(drafts.start_draft(contact=contact, by=request.user))


@staff(Role.ACCOUNTANT)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: StaffRequest, pk: int) -> HttpResponse:
    """Write it: subject, lines, prices."""
    shown = draft_or_404(request, pk)
    form = DraftForm(request.POST or None, instance=shown)
    lines = DraftLines(
        request.POST or None,
        initial=[{**line, **{name: Decimal(line[name]) for name in AMOUNTS}} for line in shown.lines],
        prefix="lignes",
        form_kwargs={"hoster": request.hoster},
    )
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        values = {name: form.cleaned_data[name] for name in form.fields}
        kept = [line for line in (each.line() for each in lines) if line]
        drafts.write_draft(draft=shown, values=values, lines=kept)
        return redirect(
            "staff:invoice_draft" if "ajouter" in request.POST else "staff:invoice_draft_review", pk=pk
        )
    wrong = bool(form.errors or lines.total_error_count()) and request.method == "POST"
    context = {
        "draft": shown,
        "form": form,
        "lines": lines,
        "gaps": gaps_of(request.hoster, shown.organization),
    }
    return TemplateResponse(request, "staff/invoicing/draft.html", context, status=422 if wrong else 200)


@staff(Role.ACCOUNTANT)
@require_safe
def review(request: StaffRequest, pk: int) -> HttpResponse:
    """What would be issued: lines, VAT, sentences, the way it travels, what is missing."""
    shown = draft_or_404(request, pk)
    lines = drafts.priced_lines(shown)
    invoice = written(drafts.piece_of(shown, by=request.user), lines, on=timezone.localdate())
    context = {
        "draft": shown,
        "invoice": invoice,
        "lines": lines,
        "gaps": gaps_of(request.hoster, shown.organization),
        "refusal": drafts.refusal(shown),
        "routed": route_of_fees() if invoice.fees else route_of(request.hoster, shown.organization),
    }
    return TemplateResponse(request, "staff/invoicing/review.html", context)


@staff(Role.ACCOUNTANT)
@require_safe
def preview(request: StaffRequest, pk: int) -> HttpResponse:
    """The PDF as it would be, without a number and kept nowhere."""
    shown = draft_or_404(request, pk)
    lines = drafts.priced_lines(shown)
    invoice = written(drafts.piece_of(shown, by=request.user), lines, on=timezone.localdate())
    response = HttpResponse(draft_invoice_pdf(invoice, lines), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="brouillon.pdf"'
    return response


@staff(Role.ACCOUNTANT)
@require_POST
def issue(request: StaffRequest, pk: int) -> HttpResponse:
    """Issue it, for ever: the page that was confirmed names the draft by its key. Sent twice, the same invoice."""
    key = request.POST.get("key", "")
    if UUID_FORM.fullmatch(key):
        issued = Invoice.objects.filter(hoster=request.hoster, key=key).first()
        if issued:
            return redirect(issued)
    shown = draft_or_404(request, pk)
    if key != str(shown.key):
        return redirect("staff:invoice_draft_review", pk=pk)
    try:
        invoice = drafts.issue_draft(draft=shown, by=request.user)
    except DraftRefused as refused:
        messages.warning(request, str(refused))
        return redirect("staff:invoice_draft_review", pk=pk)
    messages.success(request, _("Facture %(number)s émise.") % {"number": invoice.number})
    return redirect(invoice)


@staff(Role.ACCOUNTANT)
@require_POST
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    shown = draft_or_404(request, pk)
    if "supprimer" not in request.POST:
        return redirect(shown)
    organization = shown.organization
    drafts.drop_draft(draft=shown)
    messages.success(request, _("Brouillon supprimé."))
    return redirect(organization)


def draft_or_404(request: StaffRequest, pk: int) -> InvoiceDraft:
    """A draft of this hoster, with all that it names."""
    rows = InvoiceDraft.objects.filter(hoster=request.hoster)
    rows = rows.select_related(
        "hoster", "organization", "contact", "corrects__quote", "corrects__subscription"
    )
    return get_object_or_404(rows, pk=pk)
