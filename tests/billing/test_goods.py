"""Objects are goods, all the rest is services: page, data, accounts and tax office are told (INV-15)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from billing.accounting.entries import invoice_entry
from billing.accounting.plan import plan_of
from billing.accounting.receipts import receipts
from billing.accounting.reporting import by_day
from billing.documents.render import lines_of
from billing.facturx.data import invoice_data
from billing.invoicing.credit_notes import issue_credit_note
from billing.invoicing.deposits import issue_deposit
from billing.invoicing.drafts import issue_draft, start_draft, write_draft
from billing.models import Invoice, InvoiceDraft, InvoiceLine, Payment, Quote, QuoteItem
from billing.natures import natures_of
from billing.payments.recording import record_payment
from billing.quoting.drafts import write_prices
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.totals import TimedLine
from crm.models import Organization
from hosters.models import Hoster, User
from offers.models import Component, Offer
from pricing.engine import Cadence, Line, VatCategory
from pricing.engine.lines import LineKind
from tests.billing.documents.reading import missing, pages_of
from tests.billing.facturx.reading import texts
from tests.factories import make_draft, make_offer, make_quote

GOODS = InvoiceLine.Nature.GOODS
COMPUTER = {
    "label": "Ordinateur reconditionné",
    "quantity": "1",
    "unit": "",
    "unit_price": "240.00",
    "vat": "",
    "nature": "bien",
}
DAY = COMPUTER | {"label": "Atelier", "unit_price": "120.00", "nature": ""}


def issued(offer: Offer, by: User, *lines: dict[str, str]) -> Invoice:
    draft = start_draft(contact=make_quote(offer).contact, by=by)
    write_draft(draft=draft, values={"subject": "Matériel"}, lines=lines)
    return issue_draft(draft=InvoiceDraft.objects.get(pk=draft.pk), by=by)


def xml_of(invoice: Invoice) -> bytes:
    data = invoice_data(invoice, lines_of(invoice))
    assert data is not None
    return data.xml


PROCESS = "BusinessProcessSpecifiedDocumentContextParameter/ram:ID"


@pytest.mark.parametrize(
    ("lines", "process", "words", "due"),
    [
        ([COMPUTER], "B1", "Livraison de biens", []),
        ([DAY], "S1", "Prestation de services", ["72"]),
        ([COMPUTER, DAY], "M1", "Livraison de biens et prestation de services", []),
    ],
)
def test_nature_of_the_operation_is_printed_and_told(
    lines: Any, process: str, words: str, due: list[str], marmule: Offer, alix: User
) -> None:
    """INV-15, EIN-09 (BR-FR-08); VAT of goods is not due on payment (CGI 269), so nothing says that it is (BT-8)."""
    invoice = issued(marmule, alix, *lines)
    xml = xml_of(invoice)
    assert texts(xml, PROCESS) == [process]
    assert texts(xml, "DueDateTypeCode") == due
    assert missing(pages_of(invoice), [f"Nature de l’opération {words}"]) == []
    credit = issue_credit_note(invoice=invoice, reason="Erreur", by=alix)
    assert texts(xml_of(credit), PROCESS) == [process]


def test_goods_handed_over_elsewhere_say_where(marmule: Offer, alix: User) -> None:
    """INV-15: the address of delivery, only for goods, and only when it is another one."""
    service = issued(marmule, alix, DAY)
    Organization.objects.update(
        delivery_street="9 quai du Port", delivery_postcode="29200", delivery_town="Brest"
    )
    goods, later = issued(marmule, alix, COMPUTER), issued(marmule, alix, DAY)
    place = "ShipToTradeParty/ram:PostalTradeAddress/ram:CityName"
    assert texts(xml_of(goods), place) == ["Brest"]
    assert missing(pages_of(goods), ["Lieu de livraison 9 quai du Port, 29200 Brest"]) == []
    for each in (service, later):
        assert texts(xml_of(each), place) == ["Lyon"]
        assert missing(pages_of(each), ["Lieu de livraison"]) == ["Lieu de livraison"]


def test_goods_are_reported_apart_and_their_payment_is_not(marmule: Offer, alix: User) -> None:
    """EIN-05, EIN-06: TLB1 beside TPS1; only the services of a payment are told."""
    invoice = issued(marmule, alix, COMPUTER, DAY)
    Invoice.objects.update(route="B2C")
    invoice.refresh_from_db()
    today = timezone.localdate()
    assert by_day([invoice]) == {
        (today, "TLB1", "S", Decimal(20)): [Decimal(200), Decimal(40), 1],
        (today, "TPS1", "S", Decimal(20)): [Decimal(100), Decimal(20), 1],
    }
    record_payment(
        invoice=invoice,
        amount=Decimal(360),
        method="transfer",
        received_on=today,
        reference="",
        key=uuid4(),
        by=alix,
    )
    assert receipts(Payment.objects.all()) == {(today, "", "S", Decimal(20)): [Decimal(120), Decimal(20), 1]}


def test_goods_are_sold_on_their_own_account(marmule: Offer, alix: User) -> None:
    """RET-03: 707 for goods, 706 for services."""
    entry = invoice_entry(plan_of(marmule.hoster), issued(marmule, alix, COMPUTER, DAY))
    assert entry is not None
    credits = {posting.account.number: posting.credit for posting in entry.postings if posting.credit}
    assert credits == {"707000": Decimal(200), "706000": Decimal(100), "445711": Decimal(60)}


def test_physical_component_is_goods_when_it_is_sold(artifaille: Hoster) -> None:
    """INV-15: sold once, an object is goods; paid by the month it is lent, and a setup remains work."""
    offer = make_offer(artifaille)
    Component.objects.update(is_physical=True)
    assert natures(offer, Cadence.ONE_OFF) == GOODS
    assert natures(offer, Cadence.PERIOD) == "produit"
    assert natures(offer, Cadence.ONE_OFF, kind=LineKind.SETUP) == "prestation"


def natures(offer: Offer, cadence: Cadence, kind: LineKind = LineKind.CHARGE) -> str:
    line = Line(
        code="inconnu",
        label="Ordinateur",
        rule="",
        quantity=Decimal(1),
        unit="",
        unit_price=Decimal(240),
        amount=Decimal(240),
        cadence=cadence,
        vat_rate=Decimal(20),
        vat_category=VatCategory.STANDARD,
        typed_amount=Decimal(240),
        tax_included=True,
        kind=kind,
    )
    return natures_of([TimedLine(line, 1)], [QuoteItem(position=1, offer=offer)])[0]


def test_goods_of_a_quote_keep_their_nature_down_to_the_deposit(marmule: Offer, alix: User) -> None:
    """INV-03, INV-15."""
    draft = make_draft(make_quote(marmule).contact, label="Ordinateur", goods=True)
    assert [line.nature for line in draft.lines.all()] == [GOODS]
    write_prices(draft=draft)
    sent = send_draft(draft=Quote.objects.get(pk=draft.pk), told=Told(by=alix, name="Alix"))
    deposit = issue_deposit(quote=sent, gross=Decimal(100), by=alix, key=uuid4())
    assert texts(xml_of(deposit), PROCESS) == ["B1"]


def test_staff_say_that_a_line_is_an_object(
    marmule: Offer, alix: User, signed_in: Callable[[User], Client]
) -> None:
    """INV-15: a hand-written line has a nature."""
    draft, as_alix = start_draft(contact=make_quote(marmule).contact, by=alix), signed_in(alix)
    page = as_alix.get(draft.get_absolute_url()).content.decode()
    assert page.count("bien remis") == 3
    form = {
        "subject": "Matériel",
        "tax_included": "on",
        "lignes-TOTAL_FORMS": "1",
        "lignes-INITIAL_FORMS": "0",
        "lignes-0-label": "Ordinateur",
        "lignes-0-quantity": "1",
        "lignes-0-unit_price": "240",
        "lignes-0-nature": "bien",
    }
    answer = as_alix.post(draft.get_absolute_url(), form)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert [line["nature"] for line in draft.lines] == ["bien"]
