"""What the association sees of money, and the mandate that it signs itself (SEP-01, SEP-02)."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from billing.access_links import mint_link
from billing.documents.invoice_page import invoice_page
from billing.invoicing.credit_notes import issue_credit_note
from billing.models import AccessLink, DebitOrder, Invoice, SepaMandate
from billing.payments.words import how_to_pay
from hosters.models import User
from offers.models import Offer
from tests.factories import make_invoice
from tests.money import IBAN, ICS, make_mandate, make_payment, may_debit
from tests.pages import words


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


@pytest.fixture
def client(invoice: Invoice) -> Client:
    """The space opened by Dominique, who may decide."""
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=invoice.contact, quote=None)
    client = Client()
    assert client.get(f"/espace/lien/{token}/").status_code == 302
    return client


def typed(**changes: str) -> dict[str, str]:
    values = dict.fromkeys(("holder", "street", "town", "place"), "Lyon")
    return values | {"postcode": "69003", "country": "FR", "iban": IBAN, "agreed": "on"} | changes


def test_space_shows_the_code_then_the_payments(client: Client, invoice: Invoice, alix: User) -> None:
    page = client.get("/espace/")
    assert re.search(
        r'aria-label="Code QR du virement">.*?<path stroke="#000" d="M', page.content.decode()
    ), "its lines have no surface: filled instead of stroked, they draw nothing"
    make_payment(invoice, "100.00", alix)
    assert "100,00 €" in words(client.get("/espace/paiements/"))
    assert "Code QR du virement" not in client.get("/espace/").content.decode()


def test_money_owed_back_after_a_credit_note_is_told(
    client: Client, invoice: Invoice, alix: User, bastien: User, signed_in: Callable[[User], Client]
) -> None:
    """INV-03: nobody « still owes » less than nothing, and a credit note waits for no payment."""
    make_payment(invoice, "10.00", alix)
    note = issue_credit_note(invoice=invoice, reason="erreur", by=alix)
    assert "10,00 € vous reviennent" in words(client.get("/espace/"))
    team = signed_in(bastien)
    listed = words(team.get("/gestion/factures/"))
    assert "10,00 € de trop-perçu" in listed and "-10,00 €" not in listed
    assert "Rien n’a encore été reçu" not in words(team.get(note.get_absolute_url()))


def test_mandate_is_signed_in_the_space_with_its_proof(client: Client, invoice: Invoice) -> None:
    assert "pas encore proposé" in words(client.get("/espace/prelevement/"))
    may_debit(invoice.hoster)
    page = words(client.get("/espace/prelevement/"))
    assert ICS in page and "huit semaines" in page
    assert SepaMandate.objects.count() == 0 and "rien n’est signé" in words(
        client.post("/espace/prelevement/", typed(agreed=""))
    )
    page = words(client.post("/espace/prelevement/", typed(), follow=True))
    made = SepaMandate.objects.get()
    assert made.rum in page and IBAN not in page
    assert (made.signatory, made.contact, made.proof["email"]) == (
        invoice.contact.name,
        invoice.contact,
        invoice.contact.email,
    )
    client.post("/espace/prelevement/revoquer/")
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_invoice_itself_announces_its_debit(marmule: Offer, invoice: Invoice, alix: User) -> None:
    """SEP-02: the day, the amount, the mandate and the creditor are on the invoice; no code asks for a transfer."""
    mandate = make_mandate(invoice, alix)
    marmule.hoster.refresh_from_db()
    later = make_invoice(marmule)
    order = DebitOrder.objects.get(invoice=later)
    page = invoice_page(later, list(later.lines.all()))
    assert page.code is None and page.debit is not None
    assert (page.debit.rum, page.debit.ics, page.debit.amount) == (mandate.rum, ICS, order.amount)
    assert mandate.rum in how_to_pay(later)
