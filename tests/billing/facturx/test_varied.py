"""Whatever is sold, credited or corrected, the data close to the cent and follow the schema (RND-01, BR-CO-*)."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from billing.documents.render import lines_of
from billing.facturx.data import invoice_data
from billing.facturx.gaps import mixes_scopes
from billing.invoicing.credit_notes import FARTHEST
from billing.invoicing.issuing import vat_rows_of
from billing.models import Invoice
from hosters.models import Hoster
from offers.models import Offer
from tests.billing.facturx.reading import amounts, texts
from tests.billing.facturx.varied import for_regime, varied_invoices
from tests.factories import make_invoice

CENT = Decimal("0.01")


def faults(invoice: Invoice, xml: bytes) -> list[str]:
    """What does not close, by the rule of EN 16931 that says so."""

    def sum_of(path: str) -> Decimal:
        return sum(amounts(xml, path), Decimal(0))

    tax = "ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:"
    bases, vats = amounts(xml, tax + "BasisAmount"), amounts(xml, tax + "CalculatedAmount")
    rates = amounts(xml, tax + "RateApplicablePercent") or [Decimal(0)]
    rounded = [
        (net * rate / 100).quantize(CENT, ROUND_HALF_UP) for net, rate in zip(bases, rates, strict=True)
    ]
    net, grand = sum_of("TaxBasisTotalAmount"), sum_of("GrandTotalAmount")
    checks = {
        "BR-CO-10": sum_of("SpecifiedLineTradeSettlement//ram:LineTotalAmount")
        == sum_of("SpecifiedTradeSettlementHeaderMonetarySummation/ram:LineTotalAmount"),
        "BR-CO-13": net == sum(bases) == invoice.net,
        "BR-CO-15": grand == net + sum(vats),
        "BR-CO-16": sum_of("DuePayableAmount") == grand + sum_of("RoundingAmount") == invoice.gross,
        "BR-CO-17": vats == rounded,
        "a cent of rounding a rate": abs(invoice.rounding)
        <= CENT * len(rates) * (1 + FARTHEST if invoice.is_credit else 1),
        "lines are to pay": sum(line.amount for line in invoice.lines.all()) == invoice.gross,
        "rows": [Decimal(row["vat"]) for row in invoice.vat_rows] == vats,
    }
    return [rule for rule, kept in checks.items() if not kept]


def judged(hoster: Hoster, invoice: Invoice, count: int, seed: int) -> list[str]:
    found = []
    for each in varied_invoices(hoster, invoice.contact, count, seed):
        data = invoice_data(each, lines_of(each))
        assert data is not None
        found += [f"{each.number} {rule}" for rule in faults(each, data.xml)]
    return found


def test_data_close_at_a_seller_with_vat(marmule: Offer) -> None:
    hoster = for_regime(marmule.hoster, 0)
    assert judged(hoster, make_invoice(marmule), 8, seed=3) == []


@pytest.mark.thorough
@pytest.mark.parametrize("number", range(4))
def test_data_close_under_each_regime(marmule: Offer, number: int) -> None:
    """EIN-09 (BR-FR-DEC)."""
    invoice = make_invoice(marmule)
    assert judged(for_regime(marmule.hoster, number), invoice, 60, seed=number) == []


def test_amount_that_no_net_gives_back_is_rounded(marmule: Offer) -> None:
    """9,99 € TTC at 20 %: 8,33 + 1,67 is 10,00, one cent less is to pay, and the price told never moves."""
    invoice = make_invoice(marmule)
    line = invoice.lines.first()
    assert line is not None
    line.net, line.vat, line.amount = Decimal("8.33"), Decimal("1.66"), Decimal("9.99")
    rows = vat_rows_of([line])
    assert (rows[0]["net"], rows[0]["vat"], rows[0]["gross"]) == ("8.33", "1.67", "9.99")
    shown = Invoice(net=Decimal("8.33"), vat=Decimal("1.67"), gross=Decimal("9.99"))
    assert shown.rounding == Decimal("-0.01")


def test_kinds_have_their_codes(marmule: Offer) -> None:
    """UNTDID 1001; what corrects names what it corrects (BR-FR-CO-04, BR-FR-CO-05)."""
    hoster = for_regime(marmule.hoster, 0)
    found = {}
    for each in varied_invoices(hoster, make_invoice(marmule).contact, 8, seed=1):
        xml = invoice_data(each, lines_of(each)).xml  # type: ignore[union-attr]
        found.setdefault(texts(xml, "TypeCode")[0], xml)
        references = texts(xml, "InvoiceReferencedDocument/ram:IssuerAssignedID")
        assert references == ([each.corrects.number] if each.corrects else references)
        assert bool(references) == bool(each.corrects or lines_of(each)[-1].against)
    assert found.keys() == {"380", "381", "384", "386"}
    assert texts(found["381"], "PayeePartyCreditorFinancialAccount/ram:IBANID") == []


def test_only_what_is_out_of_scope_mixes_with_nothing() -> None:
    assert mixes_scopes("SO")
    assert not mixes_scopes("SE")
    assert not mixes_scopes("OO")
