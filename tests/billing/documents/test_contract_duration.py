"""The contract lasts what the quote said: renewed, ended by itself, or done once (002-042, 003-015, 002-203)."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from billing.documents.contract_page import contract_page
from billing.models import Quote
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.subscriptions.trials import open_trial
from hosters.models import User
from offers.models import Offer
from tests.factories import make_acceptance, make_draft, make_quote

At = Callable[[str], None]


@pytest.fixture(autouse=True)
def today(at: At) -> None:
    at("2026-11-22 12:00+01:00")


def duration(quote: Quote) -> str:
    contract = make_acceptance(quote).contract
    told = " ".join(contract_page(contract, list(quote.lines.all())).duration)
    return told.replace("\u00a0", " ")


def sent(marmule: Offer, renewal: str = "tacit", **line: object) -> Quote:
    draft = make_draft(make_quote(marmule).contact, **line)
    Quote.objects.filter(pk=draft.pk).update(renewal=renewal)
    return send_draft(draft=Quote.objects.get(pk=draft.pk), told=Told())


def test_renewed_contract_says_for_how_long_each_time(marmule: Offer) -> None:
    told = duration(make_quote(marmule))
    assert "commence le 22 novembre 2026" in told
    assert "conclu pour 1 mois, payé d’avance, puis reconduit chaque fois pour la même durée" in told


def test_contract_without_renewal_says_its_last_day(marmule: Offer) -> None:
    told = duration(sent(marmule, "none", cadence="period", term_months=12, unit_price=Decimal(100)))
    assert "12 mois, payés d’avance, jusqu’au 21 novembre 2027, et s’arrête alors de lui-même" in told
    assert "puis reconduit" not in told


def test_work_done_once_promises_no_period(marmule: Offer) -> None:
    quote = sent(marmule)
    told = duration(quote)
    assert "travail payé une fois" in told and "puis reconduit" not in told
    page = contract_page(quote.contract, list(quote.lines.all()))
    assert "Une seule facture, à l’acceptation." in page.price.payment


def test_contract_accepted_during_a_trial_begins_after_it(marmule: Offer, alix: User) -> None:
    quote = make_quote(marmule)
    today = timezone.localdate()
    open_trial(
        contact=quote.contact, offer=marmule, starts_on=today, ends_on=today + timedelta(days=30), by=alix
    )
    assert "commence le 23 décembre 2026" in duration(quote)
