"""The XML of an invoice says what its rows and its page say, and follows the official schema (EIN-08, EIN-10)."""

from decimal import Decimal

import pytest
from lxml import etree

from billing.documents import render
from billing.facturx.adapter import InvalidXml, check_schema, to_xml
from billing.facturx.data import invoice_data, missing
from billing.facturx.fields import invoice_fields
from billing.facturx.files import xml_inside
from billing.models import Invoice
from billing.parties import completed
from hosters.models import Hoster
from offers.models import Offer
from pricing.engine import Selection
from pricing.mentions import MEMBERSHIP_MENTION
from tests.billing.facturx.reading import amounts, texts
from tests.factories import MARMULE, make_fees, make_invoice, make_offer

SALE = {**MARMULE, "membership": None}


@pytest.fixture
def invoice(artifaille: Hoster) -> Invoice:
    """12 people, 35 GB and the setup fee, at 20 % VAT: 80,00 € TTC."""
    asked = Selection({"users": Decimal(12), "storage_gb": Decimal(35)})
    return make_invoice(make_offer(artifaille, tariff=SALE), selection=asked)


def xml_of(invoice: Invoice) -> bytes:
    data = invoice_data(invoice, list(invoice.lines.all()))
    assert data is not None
    return data.xml


def test_totals_are_those_of_the_rows(invoice: Invoice) -> None:
    xml = xml_of(invoice)
    assert amounts(xml, "TaxBasisTotalAmount") == [invoice.net]
    assert amounts(xml, "TaxTotalAmount") == [invoice.vat]
    assert amounts(xml, "GrandTotalAmount") == amounts(xml, "DuePayableAmount") == [invoice.gross]
    lines = list(invoice.lines.all())
    assert amounts(xml, "SpecifiedLineTradeSettlement//ram:LineTotalAmount") == [line.net for line in lines]
    assert texts(xml, "SpecifiedTradeProduct/ram:Name") == [line.label for line in lines]


def test_price_times_quantity_is_the_line(invoice: Invoice) -> None:
    xml = xml_of(invoice)
    prices = amounts(xml, "NetPriceProductTradePrice/ram:ChargeAmount")
    counts = amounts(xml, "BilledQuantity")
    nets = [(price * count).quantize(Decimal("0.01")) for price, count in zip(prices, counts, strict=True)]
    assert nets == [line.net for line in invoice.lines.all()]


def test_large_quantity_has_the_price_of_the_whole(invoice: Invoice) -> None:
    """No price of six decimals gives 41,67 € back for 25 000 minutes and one."""
    line = invoice.lines.first()
    assert line is not None
    line.quantity, line.net, line.whole = Decimal(25001), Decimal("41.67"), False
    xml = to_xml(invoice_fields(invoice, [line]))
    assert amounts(xml, "NetPriceProductTradePrice/ram:ChargeAmount") == [Decimal("41.67")]
    assert amounts(xml, "NetPriceProductTradePrice/ram:BasisQuantity") == [Decimal(25001)]


def test_parties_are_the_frozen_ones(invoice: Invoice) -> None:
    xml = xml_of(invoice)
    assert texts(xml, "SellerTradeParty/ram:Name") == [invoice.seller["name"]]
    assert texts(xml, "SellerTradeParty/ram:SpecifiedLegalOrganization/ram:ID") == ["303265045"]
    assert texts(xml, "SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID") == ["FR40303265045"]
    assert texts(xml, "BuyerTradeParty/ram:URIUniversalCommunication/ram:URIID") == [invoice.buyer["email"]]
    assert texts(xml, "PayeePartyCreditorFinancialAccount/ram:IBANID") == ["FR7630006000011234567890189"]


def test_order_number_of_the_client_is_told(invoice: Invoice) -> None:
    """INV-12, EIN-12: BT-13, only when the client gave one."""
    path = "BuyerOrderReferencedDocument/ram:IssuerAssignedID"
    assert texts(xml_of(invoice), path) == []
    invoice.order_number = " BC-12 "
    assert texts(xml_of(invoice), path) == ["BC-12"]


def test_public_client_is_told_as_chorus_pro_knows_it(invoice: Invoice) -> None:
    """EIN-12: its SIRET (BT-46) and its service (BT-10), on the page too; nothing empty stands anywhere."""
    organization = invoice.organization
    organization.siren, organization.siret = "213801855", "21380185500015"
    organization.legal_form, organization.service_code = "public", "DSI-12"
    told = Invoice(buyer=completed(invoice.buyer, organization))
    assert "Code service DSI-12" in told.buyer["mentions"]
    invoice.buyer = told.buyer
    xml = xml_of(invoice)
    assert texts(xml, "BuyerReference") == ["DSI-12"]
    assert texts(xml, "BuyerTradeParty/ram:GlobalID") == ["21380185500015"]
    assert [each.tag for each in etree.fromstring(xml).iter() if not len(each) and not each.text] == []


def test_notes_that_platforms_want_are_there_once(invoice: Invoice) -> None:
    """EIN-09: BR-FR-05, BR-FR-06."""
    assert sorted(texts(xml_of(invoice), "IncludedNote/ram:SubjectCode")) == ["AAB", "BAR", "PMD", "PMT"]


@pytest.mark.parametrize(("route", "told"), [("B2C", ["B2C"]), ("B2G", ["B2B"]), ("", [])])
def test_way_of_the_invoice_is_told_to_platforms(invoice: Invoice, route: str, told: list[str]) -> None:
    """EIN-09: BR-FR-20 knows no public client; what was issued before the routes says nothing."""
    invoice.route = route
    assert texts(xml_of(invoice), "IncludedNote[ram:SubjectCode='BAR']/ram:Content") == told


@pytest.mark.parametrize(
    ("regime", "category", "code"),
    [
        ("franchise_293b", "E", "VATEX-FR-FRANCHISE"),
        ("exonere_261_7", "E", "VATEX-FR-CGI261-7"),
        ("non_assujetti", "O", "VATEX-EU-O"),
    ],
)
def test_seller_without_vat_says_why(artifaille: Hoster, regime: str, category: str, code: str) -> None:
    artifaille.vat_regime = regime
    artifaille.save()
    invoice = make_invoice(make_offer(artifaille, tariff=SALE))
    xml = xml_of(invoice)
    assert texts(xml, "ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode") == [category]
    assert texts(xml, "ExemptionReasonCode") == [code]
    assert texts(xml, "ExemptionReason") == [invoice.mention]
    assert texts(xml, "SpecifiedTaxRegistration/ram:ID[@schemeID='VA']") == []


def test_fees_have_data_of_their_own_without_any_vat_number(marmule: Offer) -> None:
    """INV-21, BR-O-02."""
    fees = make_fees(marmule)
    xml = xml_of(fees)
    assert texts(xml, "ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode") == ["O"]
    assert texts(xml, "ExemptionReason") == [MEMBERSHIP_MENTION] == [fees.mention]
    assert texts(xml, "SpecifiedTaxRegistration/ram:ID") == []
    assert fees.route == "OUTOFSCOPE"


def test_membership_beside_sales_is_not_written_as_data(marmule: Offer) -> None:
    """The norm refuses the mix (BR-O-11, BR-O-12) of documents issued before fees had their own: staff read why."""
    invoice = make_invoice(marmule)
    invoice.vat_rows.append({"category": "O", "rate": "0", "net": "20.00", "vat": "0.00", "gross": "20.00"})
    assert invoice_data(invoice, list(invoice.lines.all())) is None
    assert len(missing(invoice)) == 1


def test_what_is_missing_is_said(invoice: Invoice) -> None:
    invoice.seller |= {"siren": ""}
    invoice.buyer |= {"siren": "", "email": ""}
    assert len(missing(invoice)) == 2


def test_control_characters_do_not_stop_an_invoice(invoice: Invoice) -> None:
    lines = list(invoice.lines.all())
    lines[0].label = "Pack\x0b & <b>\x00\ud800 complet"
    xml = to_xml(invoice_fields(invoice, lines))
    assert texts(xml, "SpecifiedTradeProduct/ram:Name")[0] == "Pack & <b> complet"


MUTANTS = {
    "no number": "//rsm:ExchangedDocument/ram:ID",
    "no date": "//rsm:ExchangedDocument/ram:IssueDateTime",
    "no seller": "//ram:SellerTradeParty",
    "no currency": "//ram:InvoiceCurrencyCode",
    "no total": "//ram:GrandTotalAmount",
    "no VAT category": "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode",
    "no line name": "(//ram:SpecifiedTradeProduct)[1]/ram:Name",
}


@pytest.mark.parametrize("path", MUTANTS.values(), ids=MUTANTS)
def test_schema_refuses_what_lacks_a_compulsory_element(invoice: Invoice, path: str) -> None:
    root = etree.fromstring(xml_of(invoice))
    found = root.xpath(path, namespaces={key: uri for key, uri in root.nsmap.items() if key})
    found[0].getparent().remove(found[0])
    with pytest.raises(InvalidXml):
        check_schema(etree.tostring(root))


def test_pdf_holds_that_very_xml(invoice: Invoice) -> None:
    assert xml_inside(render.make_pdf(invoice.document)) == xml_of(invoice)
