"""Staff credit, replace, write and ask: each act is looked at first, confirmed, and done once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.invoicing.credit_notes import issue_credit_note
from billing.models import Invoice, InvoiceDraft
from hosters.models import Role, User
from offers.models import Offer
from tests.factories import make_invoice, make_quote, make_staff
from tests.pages import hidden_fields, words

SignIn = Callable[[User], Client]


@pytest.fixture
def office(bastien: User, signed_in: SignIn) -> Client:
    return signed_in(bastien)


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def url(name: str, row: Any) -> str:
    return reverse(f"staff:{name}", kwargs={"pk": row.pk})


def test_credit_is_previewed_then_issued_once(invoice: Invoice, office: Client) -> None:
    page = office.get(url("invoice_credit", invoice))
    line = invoice.lines.order_by("position")[0]
    asked = hidden_fields(page) | {f"line-{line.pk}": "10,00", "reason": "Geste commercial"}
    shown = office.post(url("invoice_credit", invoice), asked)
    assert "irréversible" in words(shown)
    assert "10,00 €" in words(shown)
    assert not Invoice.objects.filter(kind="credit_note").exists()
    for _twice in range(2):
        answer = office.post(url("invoice_credit", invoice), asked | {"emettre": "1"}, follow=True)
    note = Invoice.objects.get(kind="credit_note")
    assert (note.gross, note.issued_by) == (10, User.objects.get(email="bastien@artifaille.example"))
    assert f"Crédite {invoice.number}" in words(answer)


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"reason": ""}, "motif"), ({"amount": "9999"}, "inférieure ou égale"), ({"amount": "abc"}, "nombre")],
)
def test_wrong_credit_keeps_what_was_typed(
    typed: dict[str, str], told: str, invoice: Invoice, office: Client
) -> None:
    line = invoice.lines.order_by("position")[0]
    asked = {
        f"line-{line.pk}": typed.get("amount", "1"),
        "reason": typed.get("reason", "Geste"),
        "emettre": "1",
    }
    page = office.post(url("invoice_credit", invoice), asked)
    assert page.status_code == 422
    assert told in words(page)
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_hand_written_invoice_from_the_card_to_the_number(marmule: Offer, office: Client) -> None:
    contact = make_quote(marmule).contact
    office.post(reverse("staff:invoice_new", kwargs={"pk": contact.pk}))
    draft = InvoiceDraft.objects.get()
    page = office.get(url("invoice_draft", draft))
    asked = hidden_fields(page) | {
        "subject": "Atelier",
        "tax_included": "on",
        "lignes-0-label": "Une demi-journée",
        "lignes-0-quantity": "0,5",
        "lignes-0-unit": "jour",
        "lignes-0-unit_price": "400",
        **{f"lignes-{number}-quantity": "1" for number in (1, 2)},
    }
    review = office.post(url("invoice_draft", draft), asked, follow=True)
    assert "200,00 €" in words(review)
    assert "irréversible" in words(review)
    assert "Statut de TVA inconnu" in words(review)
    assert office.get(url("invoice_draft_pdf", draft))["Content-Type"] == "application/pdf"
    office.post(url("invoice_draft_issue", draft))
    assert InvoiceDraft.objects.exists()
    for _twice in range(2):
        answer = office.post(url("invoice_draft_issue", draft), hidden_fields(review), follow=True)
        assert "Facture F-2026-0001" in words(answer)
    assert not InvoiceDraft.objects.exists()


def test_corrective_starts_from_the_invoice(invoice: Invoice, office: Client) -> None:
    page = office.post(url("invoice_correct", invoice), follow=True)
    assert f"Remplacer la facture {invoice.number}" in words(page)
    assert invoice.lines.order_by("position")[0].label in page.content.decode()
    assert "20 %" in page.content.decode()
    draft = InvoiceDraft.objects.get()
    asked = hidden_fields(page) | {"subject": "Juste", "reason": "Erreur", "tax_included": "on"}
    for number, line in enumerate(draft.lines):
        asked |= {f"lignes-{number}-{name}": value for name, value in line.items()}
    for number in range(len(draft.lines), len(draft.lines) + 3):
        asked[f"lignes-{number}-quantity"] = "1"
    review = office.post(url("invoice_draft", draft), asked, follow=True)
    assert "Émettre la facture" in words(review)


def test_deposit_is_previewed_then_asked(marmule: Offer, office: Client) -> None:
    quote = make_quote(marmule)
    page = office.get(url("quote_deposit", quote))
    asked = hidden_fields(page) | {"gross": "50,00"}
    assert "irréversible" in words(office.post(url("quote_deposit", quote), asked))
    office.post(url("quote_deposit", quote), asked | {"emettre": "1"})
    assert Invoice.objects.get().number == "F-AC-2026-0001"


def test_list_is_filtered_and_stays_cheap(
    invoice: Invoice, office: Client, alix: User, django_assert_max_num_queries: Any
) -> None:
    note = issue_credit_note(invoice=invoice, reason="Annulée", by=alix)
    seen = {
        "": {invoice.number, note.number},
        "?nature=credit_note": {note.number},
        "?nature=invoice&etat=soldees": {invoice.number},
        "?etat=a-payer": set(),
        "?annee=2001&nature=inconnue&etat=rien": {invoice.number, note.number},
        "?structure=lavoir": {invoice.number, note.number},
        "?structure=rien": set(),
    }
    for query, numbers in seen.items():
        with django_assert_max_num_queries(12):
            page = office.get(reverse("staff:invoices") + query)
        assert {each.number for each in page.context["page"].object_list} == numbers, query


def test_page_has_the_whole_chain_in_few_queries(
    invoice: Invoice, office: Client, alix: User, django_assert_max_num_queries: Any
) -> None:
    """DEV-09: quote, contract, invoice, credit notes, both ways."""
    note = issue_credit_note(invoice=invoice, reason="Annulée", by=alix)
    with django_assert_max_num_queries(16):
        read = words(office.get(invoice.get_absolute_url()))
    for told in (invoice.quote.number, invoice.quote.contract.number, note.number, "Annulée"):
        assert told in read
    assert invoice.number in words(office.get(note.get_absolute_url()))


def test_sales_see_but_do_not_act(invoice: Invoice, signed_in: SignIn) -> None:
    client = signed_in(make_staff(invoice.hoster, Role.SALES, "vente@artifaille.example"))
    assert "Faire un avoir" not in words(client.get(invoice.get_absolute_url()))
    assert client.get(url("invoice_credit", invoice)).status_code == 403


@pytest.mark.parametrize("asked", ["?structure=lavoir", "?etat=soldees", "?annee=2026"])
def test_counting_the_list_reads_no_payment(invoice: Invoice, office: Client, asked: str) -> None:
    """A hundred thousand invoices are counted by their own columns; what is paid is worked out for those shown."""
    with CaptureQueriesContext(connection) as done:
        office.get(reverse("staff:invoices") + asked)
    counts = [each["sql"] for each in done if "COUNT(*)" in each["sql"] and "billing_invoice" in each["sql"]]
    assert counts and not any("billing_payment" in each for each in counts)
