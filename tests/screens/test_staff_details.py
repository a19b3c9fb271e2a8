"""Staff pages of one organisation, one quote, one invoice: what they prove and what each role may do there."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import Document, Invoice, Payment
from billing.standing import note_standing
from crm.models import Organization
from hosters.models import Hoster, Role, User
from pricing.dates import date_format
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote, make_staff
from tests.pages import words
from tests.relations import make_organization

SignIn = Callable[[User], Client]


def test_organization_tells_its_stage_its_reason_and_its_story(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    """004-030, 004-032: quotes, contract, support time, requests and invoices on one page, in one story."""
    invoice = make_invoice(make_offer(artifaille))
    client, url = signed_in(alix), invoice.organization.get_absolute_url()
    with django_assert_num_queries(12):
        answer = client.get(url)
    read = words(answer)
    assert "Client depuis le" in read
    assert "accepté par Dominique Petit" in read
    assert "Étape : Lead" in read
    assert f"Facture {invoice.number}" in read
    assert "Ce qui pourrait lui servir Marmule" in read and "Temps d’accompagnement" in read
    until = invoice.subscription.commitment_until if invoice.subscription else None
    assert until and f"jusqu’au {date_format(until)} (reconduit à son terme, sauf avis contraire)" in read
    assert "Suivi et dépannage" in read


@pytest.mark.parametrize(
    ("stage", "to_do"),
    [
        ("contact", "Se présenter et écouter."),
        ("interest", "Rappeler sous deux jours"),
        ("client", "Suivi et dépannage."),
    ],
)
def test_stage_says_what_it_means_and_what_to_do(
    artifaille: Hoster, alix: User, signed_in: SignIn, stage: str, to_do: str
) -> None:
    """004-042: the five criteria of the article, and what one does at that stage."""
    organization = make_organization(artifaille, alix)
    Organization.objects.filter(pk=organization.pk).update(stage=stage)
    read = words(signed_in(alix).get(organization.get_absolute_url()))
    helped = read[read.index("Que veut dire") :]
    places = [
        helped.index(f" {each} ") for each in ("Définition", "Engagement", "Objectif", "Relation", "Valeur")
    ]
    assert places == sorted(places) and to_do in helped


def test_quote_shows_rules_and_the_proof_of_its_acceptance(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    acceptance = make_acceptance(make_quote(make_offer(artifaille)))
    client = signed_in(alix)
    with django_assert_num_queries(9):
        answer = client.get(acceptance.quote.get_absolute_url())
    read = words(answer)
    assert "30,00 € TTC par mois" in read
    assert "430,00 €" in read
    for proof in (acceptance.name, acceptance.role, acceptance.email, acceptance.document_sha256):
        assert proof in read
    assert words(acceptance.statement) in read
    assert "Abonnement depuis le" in read


def test_quote_not_accepted_says_where_the_link_is(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    quote = make_quote(make_offer(artifaille))
    read = words(signed_in(alix).get(quote.get_absolute_url()))
    assert "n’a pas encore décidé" in read
    assert quote.contact.email in read


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(Document.State.QUEUED, "Le PDF se prépare"), (Document.State.FAILED, "Réessayer")],
)
def test_quote_says_where_its_pdf_is(
    artifaille: Hoster, alix: User, signed_in: SignIn, state: str, sentence: str
) -> None:
    quote = make_quote(make_offer(artifaille))
    Document.objects.filter(pk=quote.document_id).update(state=state)
    assert sentence in words(signed_in(alix).get(quote.get_absolute_url()))


@pytest.mark.parametrize("payments", [0, 1, 3])
def test_invoice_lists_payments_in_few_queries(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Any, payments: int
) -> None:
    invoice = make_invoice(make_offer(artifaille))
    for _index in range(payments):
        _pay(invoice, alix, "10.00")
    client = signed_in(alix)
    with django_assert_num_queries(10 if payments else 9):  # the shares of payments, read once
        read = words(client.get(invoice.get_absolute_url()))
    assert f"{100 - 10 * payments},00 €" in read
    assert read.count("VIR 1") == payments


@pytest.mark.parametrize(("role", "may"), [(Role.ADMIN, True), (Role.ACCOUNTANT, True), (Role.SALES, False)])
def test_payment_is_noted_by_those_who_may(
    artifaille: Hoster, signed_in: SignIn, role: Role, may: bool
) -> None:
    invoice = make_invoice(make_offer(artifaille))
    client = signed_in(make_staff(artifaille, role))
    assert ("Noter ce paiement" in words(client.get(invoice.get_absolute_url()))) is may
    sent = {"amount": "40", "received_on": timezone.localdate(), "method": "transfer", "key": uuid4()}
    answer = client.post(invoice.get_absolute_url(), sent)
    assert answer.status_code == (302 if may else 403)
    assert Payment.objects.count() == may


def test_paid_invoice_asks_for_nothing_more(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    invoice = make_invoice(make_offer(artifaille))
    _pay(invoice, alix, "100.00")
    read = words(signed_in(alix).get(invoice.get_absolute_url()))
    assert "payée" in read
    assert "Noter ce paiement" not in read


def test_too_much_is_refused_with_the_figure_and_what_was_typed_is_kept(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    invoice = make_invoice(make_offer(artifaille))
    sent = {
        "amount": "140",
        "received_on": "2026-01-02",
        "method": "cheque",
        "reference": "CHQ 7",
        "key": uuid4(),
    }
    answer = signed_in(alix).post(invoice.get_absolute_url(), sent)
    assert f"140,00 € dépasse ce qui reste dû sur la facture {invoice.number} : 100,00 € au plus" in words(
        answer
    )
    page = answer.content.decode()
    for kept in ('value="140"', 'value="2026-01-02"', 'value="CHQ 7"', '<option value="cheque" selected>'):
        assert kept in page


def test_silly_amount_is_explained(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    invoice = make_invoice(make_offer(artifaille))
    answer = signed_in(alix).post(invoice.get_absolute_url(), {"amount": "beaucoup", "key": uuid4()})
    assert answer.status_code == 200
    assert "Il reste à corriger" in words(answer)


def test_name_of_an_association_never_becomes_markup(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    quote = make_quote(make_offer(artifaille))
    type(quote.organization).objects.update(name="<b>Chats</b>")
    client = signed_in(alix)
    for url in (
        reverse("staff:dashboard"),
        reverse("staff:organizations"),
        quote.organization.get_absolute_url(),
    ):
        page = client.get(url).content.decode()
        assert "<b>Chats</b>" not in page
        assert "&lt;b&gt;Chats" in page


def _pay(invoice: Invoice, by: User, amount: str) -> None:
    Payment.objects.create(
        invoice=invoice,
        amount=Decimal(amount),
        received_on=timezone.localdate(),
        method=Payment.Method.TRANSFER,
        reference="VIR 1",
        key=uuid4(),
        recorded_by=by,
    )
    note_standing([invoice.pk])
