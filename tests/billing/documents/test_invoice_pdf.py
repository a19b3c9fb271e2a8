"""An invoice with every mention that French law wants (INV-10 to INV-21)."""

import pytest
from pypdf import PdfReader

from billing.documents import render
from billing.documents.transfer import transfer_code
from billing.documents.wording import period
from billing.models import Invoice
from hosters.models import Hoster
from offers.models import Offer
from offers.tariffs import publish_tariff
from tests.billing.documents.reading import missing, objects_of, pages_of, text_of, words_of
from tests.billing.documents.test_quote_pdf import REGIMES
from tests.factories import MARMULE, make_fees, make_invoice, make_offer

Printed = tuple[Invoice, PdfReader]


def test_invoice_carries_every_mandatory_mention(printed_invoice: Printed) -> None:
    """INV-10, INV-11: below 150 € without VAT too; SEP-06: the exact holder of the account beside the IBAN."""
    invoice, reader = printed_invoice
    expected = [
        f"Facture {invoice.number}",
        "Date d’émission",
        "Échéance",
        "Association Hébergeur",
        "1 rue du Chat",
        "SIREN 303 265 045",
        "TVA FR40303265045",
        "Les Amis du lavoir",
        "3 place du Marché",
        "69003 Lyon",
        period(invoice.period_start, invoice.period_end),
        invoice.subscription.quote.number,
        "Prestation de services",
        "Désignation Quantité Prix unitaire HT Montant HT TVA Montant TTC",
        "41,67 € 41,67 € 20 % 50,00 €",
        "TVA 20 % 83,33 € 16,67 € 100,00 €",
        "Total HT 83,33 €",
        "Total TVA 16,67 €",
        "À payer TTC 100,00 €",
        "Escompte pour paiement anticipé : néant.",
        "FR76 3000 6000 0112 3456 7890 189",
        invoice.seller["account_holder"],
    ]
    assert missing(reader, expected) == []


def test_association_is_not_threatened_with_penalties(printed_invoice: Printed) -> None:
    """They are rules between professionals (INV-13)."""
    text = text_of(printed_invoice[1]).lower()
    assert [word for word in ("pénalité", "indemnité", "40€", "40,00€", "retard") if word in text] == []


def test_membership_is_a_document_of_its_own(marmule: Offer) -> None:
    """INV-21: no VAT, no sale on it, and the sentence that says why."""
    fees = make_fees(marmule)
    reader = pages_of(fees)
    assert (
        missing(reader, [f"Cotisation {fees.number}", "Adhésion", "Net à payer 20,00 €", fees.mention]) == []
    )
    assert not words_of(reader) & {"TTC", "HT"} and "Fraisdemiseenplace" not in text_of(reader)


@pytest.mark.parametrize(("regime", "mention"), REGIMES.items())
def test_seller_without_vat_prints_its_mention_and_never_ttc(
    artifaille: Hoster, regime: str, mention: str
) -> None:
    """INV-16, INV-18."""
    artifaille.vat_regime = regime
    artifaille.save()
    reader = pages_of(make_invoice(make_offer(artifaille)))
    assert missing(reader, [mention, "Net à payer 100,00 €"]) == []
    assert not words_of(reader) & {"TTC", "HT", "FR40303265045"}


def test_invoice_without_account_has_no_code(artifaille: Hoster) -> None:
    artifaille.iban = ""
    artifaille.save()
    invoice = make_invoice(make_offer(artifaille))
    reader = pages_of(invoice)
    absent = ["IBAN", "Le code se lit"]
    assert missing(reader, [*absent, f"Référence à indiquer {invoice.number}"]) == absent


def test_code_is_drawn_with_a_text_for_those_who_do_not_see_it(marmule: Offer) -> None:
    invoice = make_invoice(marmule)
    figures = [thing for thing in objects_of(pages_of(invoice)) if thing.get("/S") == "/Figure"]
    assert [" ".join(str(figure["/Alt"]).split()) for figure in figures] == [
        f"Code QR du virement de 100,00 €, référence {invoice.number}"
    ]
    code = transfer_code(
        holder=invoice.seller["account_holder"],
        iban=invoice.seller["iban"],
        amount=invoice.gross,
        text=invoice.number,
    )
    assert code is not None
    assert code.path in render.invoice_html(invoice, list(invoice.lines.all()))


def test_two_renderings_are_the_same_bytes(marmule: Offer) -> None:
    invoice = make_invoice(marmule)
    assert render.make_pdf(invoice.document) == render.make_pdf(invoice.document)


@pytest.mark.thorough
def test_price_changed_after_issue_changes_no_byte(marmule: Offer) -> None:
    """NUM-05: the catalogue goes on, what was issued prints its own copy."""
    invoice = make_invoice(marmule)
    assert invoice.quote is not None
    documents = [invoice.document, invoice.quote.document]
    before = [render.make_pdf(document) for document in documents]
    pack, *others = MARMULE["charges"]
    publish_tariff(offer=marmule, definition=MARMULE | {"charges": [pack | {"price": "99.00"}, *others]})
    Offer.objects.filter(pk=marmule.pk).update(name="Autre offre")
    assert [render.make_pdf(document) for document in documents] == before
