"""Sums of each day for the sales that are reported, without any name (EIN-05)."""

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
    (file,) = batch.files.all()
    assert f"{artifaille.siren};{timezone.localdate()};TPS1;S;20" in file.content
    assert "Lavoir" not in file.content
    assert (batch.pieces, credit.route) == (3, "B2C")
    with pytest.raises(NothingToExport):
        make_report(hoster=artifaille, end=timezone.localdate())
