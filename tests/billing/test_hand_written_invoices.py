"""Deposits, correctives and invoices of hand-written lines: looked at before, issued once, added up afterwards."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from billing.invoicing.credit_notes import CreditRefused, issue_credit_note
from billing.invoicing.deposits import DepositRefused, issue_deposit, most
from billing.invoicing.drafts import (
    DraftRefused,
    issue_draft,
    refusal,
    start_corrective,
    start_draft,
    write_draft,
)
from billing.models import Invoice, InvoiceDraft, NumberSeries, Quote
from crm.models import Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import User
from offers.models import Offer
from pricing.mentions import MEMBERSHIP_MENTION
from tests.billing.documents.reading import missing, pages_of
from tests.factories import make_acceptance, make_invoice, make_quote

DAY = {"label": "Atelier", "quantity": "1.5", "unit": "jours", "unit_price": "400.00", "vat": ""}
FEE = {"label": "Adhésion", "quantity": "1", "unit": "", "unit_price": "20.00", "vat": "O"}


def draft_of(offer: Offer, by: User, *lines: dict[str, str], **values: Any) -> InvoiceDraft:
    draft = start_draft(contact=make_quote(offer).contact, by=by)
    write_draft(draft=draft, values={"subject": "Atelier Nextcloud"} | values, lines=lines)
    return InvoiceDraft.objects.get(pk=draft.pk)


def test_hand_written_invoice_takes_its_number_when_issued_and_once(marmule: Offer, alix: User) -> None:
    draft = draft_of(marmule, alix, DAY, order_number="BC-12")
    assert not NumberSeries.objects.filter(kind="invoice").exists()
    invoice = issue_draft(draft=draft, by=alix)
    assert (invoice.number, invoice.gross, invoice.vat) == ("F-2026-0001", Decimal(600), Decimal(100))
    assert (invoice.subscription, invoice.issued_by, invoice.order_number) == (None, alix, "BC-12")
    assert not InvoiceDraft.objects.exists()
    assert issue_draft(draft=draft, by=alix) == invoice
    assert missing(pages_of(invoice), ["BC-12", "1,5 jours", "Atelier Nextcloud"]) == []


def test_hand_written_fees_say_that_they_are_no_sale(marmule: Offer, alix: User) -> None:
    """INV-21."""
    fees = issue_draft(draft=draft_of(marmule, alix, FEE), by=alix)
    assert (fees.kind_label, fees.mention, fees.vat) == ("cotisation", MEMBERSHIP_MENTION, Decimal(0))
    assert missing(pages_of(fees), [f"Cotisation {fees.number}", MEMBERSHIP_MENTION]) == []


@pytest.mark.parametrize(
    ("lines", "values", "told"),
    [
        ([], {}, "au moins une ligne"),
        ([DAY], {"subject": ""}, "objet"),
        ([DAY | {"unit_price": "0"}], {}, "plus grand que zéro"),
        ([DAY, FEE], {}, "second brouillon pour la cotisation"),
    ],
)
def test_incomplete_draft_is_refused(lines: Any, values: Any, told: str, marmule: Offer, alix: User) -> None:
    draft = draft_of(marmule, alix, *lines, **values)
    with pytest.raises(DraftRefused, match=told):
        issue_draft(draft=draft, by=alix)
    assert InvoiceDraft.objects.exists()


@pytest.mark.parametrize(("day", "refused"), [("2027-01-11", False), ("2027-01-12", True)])
def test_fee_for_leaving_is_refused_from_the_day_of_the_law(
    marmule: Offer, alix: User, at: Callable[[str], None], day: str, refused: bool
) -> None:
    """CON-08."""
    at(f"{day} 12:00+01:00")
    draft = draft_of(marmule, alix, DAY | {"label": "Frais de sortie"})
    assert ("partir ne coûte rien" in refusal(draft)) is refused


def test_what_the_law_wants_blocks_before_the_number_is_taken(marmule: Offer, alix: User) -> None:
    """PEN-01, EIN-12: a public client without SIRET, an address that is missing."""
    draft = draft_of(marmule, alix, DAY)
    Organization.objects.update(legal_form="public", street="")
    with pytest.raises(DraftRefused, match=r"l’adresse du client.*SIRET"):
        issue_draft(draft=InvoiceDraft.objects.get(), by=alix)
    assert draft.pk == InvoiceDraft.objects.get().pk


def test_corrective_credits_the_rest_and_takes_the_place(marmule: Offer, alix: User) -> None:
    """NUM-04: the replaced invoice owes nothing, the corrective names it, and the period is not invoiced again."""
    invoice = make_invoice(marmule)
    draft = start_corrective(invoice=invoice, by=alix)
    assert start_corrective(invoice=invoice, by=alix) == draft
    assert [line["label"] for line in draft.lines] == [line.label for line in invoice.lines.all()]
    with pytest.raises(DraftRefused, match="motif"):
        issue_draft(draft=draft, by=alix)
    write_draft(draft=draft, values={"reason": "Mauvaise quantité"}, lines=draft.lines[:1])
    corrective = issue_draft(draft=InvoiceDraft.objects.get(), by=alix)
    assert (corrective.number, corrective.corrects, corrective.subscription) == (
        "F-R-2026-0001",
        invoice,
        invoice.subscription,
    )
    assert invoice.balance() == 0
    assert corrective.balance() == corrective.gross == invoice.lines.order_by("position")[0].amount
    assert missing(pages_of(corrective), ["Annule et remplace", invoice.number, "Mauvaise quantité"]) == []
    with pytest.raises(DraftRefused, match="entièrement annulée"):
        start_corrective(invoice=invoice, by=alix)


def accept(quote: Quote) -> Invoice:
    make_acceptance(quote)
    return Invoice.objects.get(quote=quote, kind="invoice", fees=False)


def test_deposit_is_deducted_from_the_first_invoice(marmule: Offer, alix: User) -> None:
    """INV-03: the final invoice names the deposit; both add up to what was sold, rate by rate."""
    details = OrganizationDetails("Le Lac", "1 rue du Lac", "69003", "Lyon")
    person = PersonDetails("Noé", "noe@lac.example", notice="…")
    plain = accept(make_quote(marmule, organization=details, person=person))
    quote = make_quote(marmule)
    before, key = most(quote), uuid4()
    deposit = issue_deposit(quote=quote, gross=Decimal("33.33"), by=alix, key=key)
    assert issue_deposit(quote=quote, gross=Decimal("33.33"), by=alix, key=key) == deposit
    assert (deposit.number, deposit.gross) == ("F-AC-2026-0001", Decimal("33.33"))
    assert most(quote) == before - deposit.gross
    final = accept(quote)
    assert final.gross == plain.gross - deposit.gross
    for name in ("net", "vat", "gross"):
        assert getattr(final, name) + getattr(deposit, name) == pytest.approx(
            getattr(plain, name), abs=Decimal("0.01")
        )
    assert missing(pages_of(final), ["Acompte déduit", deposit.number]) == []
    with pytest.raises(CreditRefused, match="rien à créditer"):
        issue_credit_note(invoice=deposit, reason="Trop tard", by=alix)
    issue_credit_note(invoice=final, reason="Abandon", by=alix)
    assert issue_credit_note(invoice=deposit, reason="Abandon", by=alix).gross == deposit.gross


def test_deposit_is_never_more_than_the_quote(marmule: Offer, alix: User) -> None:
    quote = make_quote(marmule)
    for amount in ("0", "-1", str(most(quote) + Decimal("0.01"))):
        with pytest.raises(DepositRefused, match="va de 0,01"):
            issue_deposit(quote=quote, gross=Decimal(amount), by=alix, key=uuid4())
