"""Sums of each day for the sales that are reported, without any name (EIN-05, EIN-06)."""

from decimal import Decimal

import pytest
from django.utils import timezone

from billing.accounting.batches import NothingToExport
from billing.accounting.reporting import by_day, make_report
from billing.invoicing.credit_notes import issue_credit_note
from billing.models import Invoice
from hosters.models import Hoster


@pytest.mark.usefixtures("disarmed")
def test_day_is_the_sum_of_its_documents_by_rate(artifaille: Hoster, invoices: list[Invoice]) -> None:
    Invoice.objects.update(route="B2C")
    Invoice.objects.filter(pk=invoices[2].pk).update(route="B2B")
    credit = issue_credit_note(invoice=Invoice.objects.get(pk=invoices[0].pk), reason="Erreur", by=None)
    reported = Invoice.objects.filter(route="B2C")
    ((key, (net, vat, count)),) = by_day(reported).items()
    kept = next(row for row in invoices[1].vat_rows if row["category"] == "S")
    assert key == (timezone.localdate(), "TPS1", "S", Decimal(20))
    assert (net, vat, count) == (
        Decimal(kept["net"]),
        Decimal(kept["vat"]),
        3,
    )  # the credit note took one off
    batch = make_report(hoster=artifaille, end=timezone.localdate())
    file, received = batch.files.all()
    assert f"{artifaille.siren};{timezone.localdate()};TPS1;S;20" in file.content
    assert "Lavoir" not in file.content
    assert (batch.pieces, credit.route) == (6, "B2C")
    assert "Lavoir" not in received.content
    told = [row.split(";") for row in received.content.splitlines()[1:]]
    today, alone = str(timezone.localdate()), Invoice.objects.get(pk=invoices[2].pk).number
    assert told == [  # of services, VAT is due when it is received: 10 € of each invoice
        [artifaille.siren, today, "", "S", "20", "20.00", "3.34", "EUR", "2"],
        [artifaille.siren, today, alone, "S", "20", "10.00", "1.67", "EUR", "1"],
    ]
    with pytest.raises(NothingToExport):
        make_report(hoster=artifaille, end=timezone.localdate())
