"""A judge that shares no code with us, when its command is in `INVOICE_JUDGE`: it takes our documents and refuses the
same with one fault (EIN-08, EIN-09)."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from billing.documents.render import lines_of, make_pdf
from billing.facturx.data import invoice_data
from billing.models import Invoice
from offers.models import Offer
from tests.billing.facturx.varied import for_regime, varied_invoices
from tests.factories import make_invoice

JUDGE = shlex.split(os.environ.get("INVOICE_JUDGE", ""))
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(not JUDGE, reason="INVOICE_JUDGE names no command: python judge_invoice.py"),
]
#: One fault each, in the XML of a sound invoice: what is found, what takes its place.
FAULTS = {
    "rate of no table": (r"<ram:RateApplicablePercent>20\.00<", "<ram:RateApplicablePercent>19.00<"),
    "quantity": (r"(<ram:BilledQuantity[^>]*>)[\d.]+", r"\g<1>77"),
    "total": (r"(<ram:GrandTotalAmount>)[\d.]+", r"\g<1>9999.99"),
    "to pay": (r"(<ram:DuePayableAmount>)[\d.]+", r"\g<1>1.00"),
    "nature": (r"<ram:ID>[BSM]1</ram:ID>", "<ram:ID>X1</ram:ID>"),
    "way": (r"B2C</ram:Content>", "B2X</ram:Content>"),
    "seller": (r'(schemeID="0002">)\d{9}', r"\g<1>12345678"),
    "note": (r"<ram:SubjectCode>PMT<", "<ram:SubjectCode>AAB<"),
    "number": (r"(<rsm:ExchangedDocument>\s*<ram:ID>)", r"\g<1>F 1 "),
    "account": (r"(<ram:IBANID>)[^<]+", r"\g<1>FR7612345"),
    "category": (r"<ram:CategoryCode>S<", "<ram:CategoryCode>Q<"),
}


def verdicts(files: list[Path], *options: str) -> dict[str, str]:
    """ACCEPTED or REFUSED, by the name of the file."""
    told = subprocess.run(
        [*JUDGE, "--quiet", *options, *map(str, files)], capture_output=True, text=True, check=False
    )
    found = re.findall(r"^=> (ACCEPTED|REFUSED) (\S+)", told.stdout, re.MULTILINE)
    return {Path(path).name: verdict for verdict, path in found}


@pytest.mark.parametrize("regime", range(4))
def test_documents_of_every_kind_are_accepted(marmule: Offer, tmp_path: Path, regime: int) -> None:
    contact = make_invoice(marmule).contact
    files = []
    for each in varied_invoices(for_regime(marmule.hoster, regime), contact, 15, seed=regime):
        files.append(tmp_path / f"{each.number}.pdf")
        files[-1].write_bytes(make_pdf(each.document))
    assert verdicts(files) == {file.name: "ACCEPTED" for file in files}


def test_one_fault_is_refused(marmule: Offer, tmp_path: Path) -> None:
    invoice = Invoice.objects.get(pk=make_invoice(marmule).pk)
    data = invoice_data(invoice, lines_of(invoice))
    assert data is not None
    texts = {"sound": data.xml.decode()}
    for name, (fault, instead) in FAULTS.items():
        texts[name], count = re.subn(fault, instead, texts["sound"], count=1)
        assert count == 1, name
    files = [tmp_path / f"{name.replace(' ', '-')}.xml" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text)
    told = verdicts(files, "--no-vera")
    assert told.pop("sound.xml") == "ACCEPTED"
    assert told == {file.name: "REFUSED" for file in files[1:]}
