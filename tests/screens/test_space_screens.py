"""The space of an association: everything it was sent, how to pay, how to leave."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.access_links import mint_link
from billing.models import AccessLink
from crm.models import Contact, Organization
from hosters.models import Hoster
from portal.overview import readable_iban
from pricing.dates import date_format
from pricing.periods import months_after
from tests.factories import (
    MARMULE,
    make_acceptance,
    make_fees,
    make_file,
    make_invoice,
    make_offer,
    make_quote,
)
from tests.pages import words


def enter(contact: Contact) -> Client:
    """A browser that followed the link of the mail."""
    client = Client()
    client.get(
        reverse(
            "portal:enter", kwargs={"token": mint_link(purpose=AccessLink.Purpose.SPACE, contact=contact)}
        )
    )
    return client


@pytest.mark.parametrize(("quotes", "queries"), [(0, 14), (1, 17), (3, 17)])
def test_space_shows_everything_in_few_queries(
    artifaille: Hoster, django_assert_num_queries: Any, quotes: int, queries: int
) -> None:
    contact = _contact(artifaille)
    offer = make_offer(artifaille) if quotes else None
    numbers = [_accepted(offer, contact) for _index in range(quotes)]
    client = enter(contact)
    with django_assert_num_queries(queries):
        answer = client.get(reverse("portal:home"))
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert [number for number in numbers if number not in page] == []


@pytest.mark.parametrize(
    ("page", "queries"), [("portal:people", 5), ("portal:budget", 9), ("portal:data_json", 20)]
)
@pytest.mark.parametrize("contracts", [1, 3])
def test_other_pages_of_the_space_take_few_queries(
    artifaille: Hoster, django_assert_num_queries: Any, page: str, queries: int, contracts: int
) -> None:
    """As many with three contracts as with one."""
    contact = _contact(artifaille)
    offer = make_offer(artifaille)
    for _index in range(contracts):
        _accepted(offer, contact)
    client = enter(contact)
    with django_assert_num_queries(queries):
        assert client.get(reverse(page)).status_code == 200


def test_budget_adds_up_over_twelve_months(artifaille: Hoster) -> None:
    """002-156: twelve months at 50,00 € and the membership of 20,00 € at its anniversary."""
    invoice = make_invoice(make_offer(artifaille))
    read = words(enter(invoice.subscription.quote.contact).get(reverse("portal:budget")))
    assert read.count("50,00 €") == 11
    assert "70,00 €" in read
    assert "Total sur douze mois 620,00 €" in read


def test_space_says_what_is_due_how_to_pay_and_how_to_leave(artifaille: Hoster) -> None:
    invoice = make_invoice(make_offer(artifaille))
    make_file(invoice.document)
    read = words(enter(invoice.subscription.quote.contact).get(reverse("portal:home")))
    assert "50,00 € TTC par mois" in read
    assert f"Prochaine facture 50,00 €, le {_in_a_month()}" in read
    assert f"{invoice.number}" in read
    assert "à payer 100,00 €" in read
    assert "FR76 3000 6000 0112 3456 7890 189" in read
    assert "Écrivez-nous 30 jours avant" in read
    assert artifaille.email in read


def test_membership_to_pay_is_no_invoice_in_words(artifaille: Hoster) -> None:
    """INV-21."""
    fees = make_fees(make_offer(artifaille, tariff=MARMULE))
    read = words(enter(fees.contact).get(reverse("portal:home")))
    assert f"Cotisation {fees.number} : 20,00 €" in read and f"Facture {fees.number}" not in read


def test_pdf_in_preparation_has_no_link(artifaille: Hoster) -> None:
    quote = make_quote(make_offer(artifaille))
    page = enter(quote.contact).get(reverse("portal:home")).content.decode()
    assert "en préparation" in page
    assert reverse("portal:document", kwargs={"pk": quote.document_id}) not in page


def test_space_is_closed_by_a_post(artifaille: Hoster) -> None:
    client = enter(make_quote(make_offer(artifaille)).contact)
    assert reverse("portal:leave") in client.get(reverse("portal:home")).content.decode()
    client.post(reverse("portal:leave"))
    assert client.get(reverse("portal:home")).status_code == 302


@pytest.mark.parametrize("email", ["dominique@lavoir.example", "personne@ailleurs.example"])
def test_answer_does_not_say_who_is_known(artifaille: Hoster, email: str) -> None:
    make_quote(make_offer(artifaille))
    read = words(Client().post(reverse("portal:ask"), {"email": email}))
    assert f"Si l’adresse {email} est connue d’Artifaille, un lien vient de partir" in read


@pytest.mark.parametrize("number", ["", "FR7630006000011234567890189"])
def test_iban_is_written_by_groups(number: str) -> None:
    assert readable_iban(number).replace(" ", "") == number


def _contact(hoster: Hoster) -> Contact:
    organization = Organization.objects.create(hoster=hoster, name="Les Amis du lavoir")
    return Contact.objects.create(
        organization=organization, name="Dominique Petit", email="dominique@lavoir.example"
    )


def _accepted(offer: Any, contact: Contact) -> str:
    """A quote asked again by the same person of the same association, accepted."""
    quote = make_quote(offer)
    assert quote.organization_id == contact.organization_id
    make_acceptance(quote)
    return quote.number


def _in_a_month() -> str:
    return date_format(months_after(timezone.localdate(), 1), "j F Y")
