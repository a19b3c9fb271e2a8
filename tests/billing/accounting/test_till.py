"""Payments of people are told to whoever keeps the accounts, and whether some went outside the banks (ISC-01)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from billing.accounting.till import Till, till_of
from billing.models import Invoice
from crm.models import Organization
from hosters.models import User
from offers.models import Offer
from tests.factories import make_invoice
from tests.money import make_payment
from tests.pages import words

SINCE = date(2000, 1, 1)


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def test_associations_are_no_matter_of_tills(invoice: Invoice, alix: User) -> None:
    make_payment(invoice, "10.00", alix, method="cash")
    assert till_of(invoice.hoster, since=SINCE) is None


def test_cash_of_a_person_ends_the_tolerance(
    invoice: Invoice, bastien: User, signed_in: Callable[[User], Client]
) -> None:
    """ISC-02."""
    Organization.objects.update(legal_form="person")
    make_payment(invoice, "10.00", bastien)
    page = signed_in(bastien)
    assert "tous passés par une banque" in words(page.get("/gestion/comptabilite/"))
    make_payment(invoice, "5.00", bastien, method="cash")
    assert till_of(invoice.hoster, since=SINCE) == Till(2, 1)
    assert "2 paiements de particuliers cette année, dont 1 en espèces" in words(
        page.get("/gestion/comptabilite/")
    )


@pytest.mark.parametrize("regime", ["franchise_293b", "exonere_261_7", "non_assujetti"])
def test_seller_without_vat_is_outside_that_law(invoice: Invoice, alix: User, regime: str) -> None:
    Organization.objects.update(legal_form="person")
    make_payment(invoice, "10.00", alix, method="cash")
    invoice.hoster.vat_regime = regime
    assert till_of(invoice.hoster, since=SINCE) is None
