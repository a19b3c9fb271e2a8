"""Invoices of hand-written lines: a draft without a number, looked at before it is issued, and gone once it is."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.invoicing.credit_notes import issue_credit_note
from billing.invoicing.fees import mixes_scopes, parted
from billing.invoicing.gaps import gaps_of
from billing.invoicing.issuing import Piece, issue_piece
from billing.invoicing.remaining import remaining
from billing.models import Invoice, InvoiceDraft, InvoiceKind, InvoiceLine, QuoteItem
from billing.natures import nature_by_hand
from billing.parties import buyer_of_organization, seller_of
from billing.quoting.pricing import exit_fee_words, line_by_hand
from billing.totals import invoice_line
from crm.models import Contact
from hosters.models import User
from pricing.engine import VatRegime
from pricing.engine.bills import bill
from pricing.exit_fees import is_refused
from pricing.mentions import MEMBERSHIP_MENTION, vat_mention

EMPTY = {"label": "", "quantity": "1", "unit": "", "unit_price": "", "vat": "", "nature": ""}
GOODS = InvoiceLine.Nature.GOODS.value


class DraftRefused(Exception):
    """The draft cannot be issued; the message says why in French."""


@transaction.atomic
def start_draft(*, contact: Contact, by: User) -> InvoiceDraft:
    """An empty draft for a person of an organisation."""
    return InvoiceDraft.objects.create(
        hoster=contact.organization.hoster, organization=contact.organization, contact=contact, created_by=by
    )


@transaction.atomic
def start_corrective(*, invoice: Invoice, by: User) -> InvoiceDraft:
    """A draft that starts from what an invoice says. Asked twice: the same draft.

    Raises:
        DraftRefused: a credit note, or nothing is left of the invoice.
    """
    if invoice.is_credit:
        raise DraftRefused(_("Un avoir ne se rectifie pas : créditez et refaites la facture."))
    if not any(rest.gross for rest in remaining(invoice).values()):
        raise DraftRefused(
            _("Cette facture est déjà entièrement annulée par avoir : faites une nouvelle facture.")
        )
    if known := InvoiceDraft.objects.filter(corrects=invoice).first():
        return known
    return InvoiceDraft.objects.create(
        hoster=invoice.hoster,
        organization=invoice.organization,
        contact=invoice.contact,
        corrects=invoice,
        subject=invoice.subject,
        order_number=invoice.order_number,
        period_start=invoice.period_start,
        period_end=invoice.period_end,
        lines=[_retyped(line) for line in invoice.lines.filter(amount__gt=0).order_by("position")],
        created_by=by,
    )


def _retyped(line: InvoiceLine) -> dict[str, str]:
    """A line as it would be typed again, TTC. What has no price for one that falls on a cent is one whole."""
    price = line.amount / line.quantity if line.quantity and not line.whole else line.amount
    countable = not line.whole and price == price.quantize(Decimal("0.01"))
    vat = {"O": "O", "S": _rate_typed(line)}.get(line.category, "")
    told = EMPTY | {"label": line.label, "vat": vat, "unit_price": str(line.amount)}
    if line.nature == GOODS:
        told["nature"] = GOODS
    if countable:
        told |= {
            "quantity": f"{line.quantity.normalize():f}",
            "unit": line.unit,
            "unit_price": f"{price:.2f}",
        }
    return told


def _rate_typed(line: InvoiceLine) -> str:
    """The rate of a line as the form offers it: "" for the hoster's usual one."""
    usual = line.invoice.hoster.vat_policy.rate
    return "" if line.rate == usual else f"{line.rate.normalize():f}"


@transaction.atomic
def write_draft(*, draft: InvoiceDraft, values: dict[str, Any], lines: Sequence[dict[str, str]]) -> None:
    """Keep what was typed."""
    locked = InvoiceDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    for name, value in values.items():
        setattr(locked, name, value)
    locked.lines = list(lines)
    locked.save()


def drop_draft(*, draft: InvoiceDraft) -> None:
    """A draft loses nothing that cannot be typed again."""
    InvoiceDraft.objects.filter(pk=draft.pk).delete()


def priced_lines(draft: InvoiceDraft) -> list[InvoiceLine]:
    """The lines that the draft would be issued with today, VAT once per rate on the total."""
    policy = draft.hoster.vat_policy
    items = [
        QuoteItem(
            label=line["label"],
            quantity=Decimal(line["quantity"]),
            unit=line["unit"],
            unit_price=Decimal(line["unit_price"]),
            tax_included=draft.tax_included,
            vat=line["vat"],
            goods=line.get("nature") == GOODS,
        )
        for line in draft.lines
    ]
    billed = bill([line_by_hand(item, policy) for item in items])
    natures = map(nature_by_hand, items)
    return [invoice_line(each, nature) for each, nature in zip(billed.lines, natures, strict=True)]


def piece_of(draft: InvoiceDraft, *, by: User) -> Piece:
    """What would be issued today."""
    hoster = draft.hoster
    mention = vat_mention(VatRegime(hoster.vat_regime), on=timezone.localdate())
    parts = parted(priced_lines(draft), mention=mention)
    fees = len(parts) == 1 and parts[0].fees
    return Piece(
        hoster=hoster,
        organization=draft.organization,
        contact=draft.contact,
        seller=seller_of(hoster).to_json(),
        buyer=buyer_of_organization(draft.organization, draft.contact).to_json(),
        subject=draft.subject,
        mention=MEMBERSHIP_MENTION if fees else mention,
        kind=InvoiceKind.CORRECTIVE if draft.corrects else InvoiceKind.INVOICE,
        subscription=draft.corrects.subscription if draft.corrects else None,
        quote=draft.corrects.quote if draft.corrects else None,
        corrects=draft.corrects,
        reason=draft.reason,
        fees=fees,
        order_number=draft.order_number,
        period=(draft.period_start, draft.period_end),
        by=by,
        key=draft.key,
    )


def refusal(draft: InvoiceDraft) -> str:
    """Why the draft cannot be issued now, or ""."""
    if blocking := [gap.text for gap in gaps_of(draft.hoster, draft.organization) if gap.blocking]:
        return _("Il manque encore : %(gaps)s.") % {"gaps": ", ".join(blocking)}
    if not draft.lines or not draft.subject:
        return _("Écrivez un objet et au moins une ligne.")
    if draft.corrects and not draft.reason:
        return _("Écrivez le motif de la rectification : il s’imprime sur la facture.")
    if fees := [line["label"] for line in draft.lines if is_refused(line["label"], on=timezone.localdate())]:
        return exit_fee_words(fees[0])
    lines = priced_lines(draft)
    if mixes_scopes(line.category for line in lines):
        return _(
            "Une cotisation hors TVA et des ventes ne tiennent pas sur une même facture : gardez ici les ventes, et "
            "faites un second brouillon pour la cotisation."
        )
    if sum(line.amount for line in lines) <= 0:
        return _("Le total doit être plus grand que zéro. Pour rendre de l’argent, faites un avoir.")
    return ""


@transaction.atomic
def issue_draft(*, draft: InvoiceDraft, by: User) -> Invoice:
    """Issue it, once: the number is taken, the draft goes. A corrective credits what is left of the invoice that it
    replaces, then takes its place (NUM-04).

    Raises:
        DraftRefused: something is missing, or the total is not above zero.
    """
    if already := Invoice.objects.filter(hoster=draft.hoster, key=draft.key).first():
        return already
    locked = InvoiceDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if reason := refusal(locked):
        raise DraftRefused(reason)
    if locked.corrects:
        told = _("Rectification : %(reason)s") % {"reason": locked.reason}
        issue_credit_note(invoice=locked.corrects, reason=told[:400], by=by)
    invoice = issue_piece(piece_of(locked, by=by), priced_lines(locked))
    locked.delete()
    return invoice
