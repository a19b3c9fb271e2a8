"""Trials: a last day, a reminder, no contract in silence; what is paid comes after (002-036, 002-135, 002-203)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from billing.acceptance import refusal
from billing.models import Invoice, Quote, QuoteItem, Subscription, Trial
from billing.quoting.drafts import start_draft, write_prices
from billing.quoting.online import NoFirmPrice
from billing.quoting.sending import unsendable
from billing.selections import selection_to_json
from billing.subscriptions.runs import run_billing
from billing.subscriptions.trials import TrialRefused, open_trial
from crm.models import Organization
from crm.workqueue import workqueue
from hosters.models import Hoster, Mail, Role, User
from offers.models import Offer
from tests.factories import MARMULE, asking, make_acceptance, make_file, make_offer, make_quote
from tests.pages import words

At = Callable[[str], None]


@pytest.fixture
def offer(artifaille: Hoster, at: At) -> Offer:
    at("2026-11-22 12:00+01:00")
    return make_offer(artifaille)


@pytest.fixture
def quote(offer: Offer) -> Quote:
    return make_quote(offer)


def start(quote: Quote, by: User, ends_on: str = "2026-12-31") -> Trial:
    assert quote.offer is not None
    days = date(2026, 11, 22), date.fromisoformat(ends_on)
    return open_trial(contact=quote.contact, offer=quote.offer, starts_on=days[0], ends_on=days[1], by=by)


@pytest.mark.parametrize("ends_on", ["2026-11-21", "2027-11-22", "2030-01-01"])
def test_trial_lasts_from_a_day_to_twelve_months(quote: Quote, alix: User, ends_on: str) -> None:
    with pytest.raises(TrialRefused):
        start(quote, alix, ends_on)


def test_one_trial_of_an_offer_for_an_association(quote: Quote, alix: User) -> None:
    start(quote, alix)
    with pytest.raises(TrialRefused, match="déjà essayé"):
        start(quote, alix)


def test_free_months_of_an_association_are_twelve_in_all(
    quote: Quote, artifaille: Hoster, alix: User
) -> None:
    """DEV-08, CON-11, code de commerce L442-12: another offer starts no other year; days of two at once count once."""
    start(quote, alix, "2027-05-21")  # six months
    other, third = make_offer(artifaille, slug="autre"), make_offer(artifaille, slug="encore")

    def again(offer: Offer, first: date, last: date) -> Trial:
        return open_trial(contact=quote.contact, offer=offer, starts_on=first, ends_on=last, by=alix)

    with pytest.raises(TrialRefused, match="plus de douze mois gratuits"):
        again(other, date(2028, 1, 1), date(2028, 7, 5))
    again(other, date(2027, 3, 1), date(2027, 5, 21))
    again(third, date(2028, 1, 1), date(2028, 7, 2))
    assert Trial.objects.count() == 3


def welcoming(hoster: Hoster, periods: int, **fields: Any) -> Offer:
    """An offer whose first months are free."""
    tariff = MARMULE | {"introductory": {"periods": periods, "discount": "100"}}
    return make_offer(hoster, tariff=tariff, **fields)


def test_trial_and_a_free_welcome_are_twelve_months_in_all(
    quote: Quote, artifaille: Hoster, alix: User
) -> None:
    """DEV-08: the machine sends no quote that would give more, a person sends none either; a shorter welcome leaves."""
    start(quote, alix, "2027-05-21")  # six months
    organization, generous = quote.organization, welcoming(artifaille, 12)
    Trial.objects.update(starts_on="2026-05-22", ends_on="2026-11-21")
    with pytest.raises(NoFirmPrice):
        make_quote(generous)
    assert Quote.objects.filter(organization=organization).count() == 1, "nothing was written"
    draft = start_draft(contact=quote.contact)
    asked = asking(generous)
    QuoteItem.objects.create(
        quote=draft,
        offer=generous,
        tariff_version=asked.tariff_version,
        selection=selection_to_json(asked.selection),
    )
    write_prices(draft=draft)
    assert "plus de douze" in unsendable(Quote.objects.get(pk=draft.pk))
    assert make_quote(welcoming(artifaille, 5)).organization == organization


def test_trial_counts_the_welcome_that_a_quote_offers_or_a_contract_gave(
    artifaille: Hoster, alix: User, at: At
) -> None:
    """DEV-08: whichever comes first; a welcome that still asks a price is not free."""
    at("2026-11-22 12:00+01:00")
    offered = make_quote(welcoming(artifaille, 9))
    other = make_offer(artifaille)

    def trial(first: str, last: str) -> Trial:
        days = date.fromisoformat(first), date.fromisoformat(last)
        return open_trial(contact=offered.contact, offer=other, starts_on=days[0], ends_on=days[1], by=alix)

    with pytest.raises(TrialRefused, match=offered.number):
        trial("2026-11-22", "2027-03-21")
    make_acceptance(offered)
    with pytest.raises(TrialRefused, match="déjà eu, essais et prix de bienvenue"):
        trial("2028-01-01", "2028-04-30")
    trial("2026-11-22", "2027-03-21")  # within the free months of the contract


def test_two_free_welcomes_are_not_accepted_one_after_the_other(artifaille: Hoster, at: At) -> None:
    """DEV-08: both may be offered; the second is refused when it would go beyond, with what to do."""
    at("2026-11-22 12:00+01:00")
    first, second = (make_quote(welcoming(artifaille, 12)) for _each in range(2))
    make_acceptance(first)
    make_file(second.document)
    at("2027-01-10 12:00+01:00")
    assert "nouvelle version" in refusal(second), "free since November, and for a year from now"
    half = MARMULE | {"introductory": {"periods": 9, "discount": "50"}}
    make_acceptance(make_quote(make_offer(artifaille, tariff=half)))


def test_trial_is_reminded_once_then_over_and_starts_nothing(
    quote: Quote, alix: User, artifaille: Hoster, at: At
) -> None:
    start(quote, alix)
    for day in ("2026-12-20", "2026-12-21", "2026-12-22", "2026-12-31"):
        run_billing(as_of=date.fromisoformat(day))
    assert Mail.objects.filter(kind="trial_ending").count() == 1
    at("2026-12-22 12:00+01:00")
    assert "Essai bientôt fini" in [item.label for item in workqueue(artifaille, role=Role.SALES)]
    run_billing(as_of=date(2027, 1, 1))
    run_billing(as_of=date(2027, 1, 2))
    assert Mail.objects.filter(kind="trial_over").count() == 1
    assert not Subscription.objects.exists() and not Invoice.objects.exists()
    assert Organization.objects.get().stage != "client"


def test_contract_accepted_during_a_trial_begins_after_it(quote: Quote, alix: User) -> None:
    """REC-05: free months are never invoiced, not even at 0 €."""
    start(quote, alix)
    make_acceptance(quote)
    subscription = Subscription.objects.get()
    assert (subscription.started_on, subscription.next_invoice_on) == (date(2027, 1, 1), date(2027, 1, 1))
    assert not Invoice.objects.exists()
    assert run_billing(as_of=date(2026, 12, 31)).issued == 0
    assert not Mail.objects.filter(kind="trial_ending").exists()
    assert run_billing(as_of=date(2027, 1, 1)).issued == 2  # the sales and the membership


def test_staff_open_a_trial_with_its_last_day(
    quote: Quote, alix: User, signed_in: Callable[[User], Client]
) -> None:
    client, url = signed_in(alix), f"/gestion/organisations/{quote.organization_id}/essai/"
    answers: dict[str, Any] = {
        "offer": quote.offer_id,
        "contact": quote.contact_id,
        "starts_on": "2026-11-22",
        "ends_on": "",
    }
    assert "obligatoire" in words(client.post(url, answers))
    assert "douze mois au plus" in words(client.post(url, answers | {"ends_on": "2028-01-01"}))
    client.post(url, answers | {"ends_on": "2026-12-31"})
    assert Mail.objects.filter(kind="trial_opened").count() == 1
    assert "31 déc" in words(client.get("/gestion/essais/"))


def test_membership_is_of_the_organisation_once_a_year(artifaille: Hoster, offer: Offer, at: At) -> None:
    """002-117: a second contract asks it no second time; the year after, one of them does, once."""
    for each in (offer, make_offer(artifaille)):
        make_acceptance(make_quote(each))
    run_billing(as_of=date(2028, 11, 22))
    yearly = Invoice.objects.filter(lines__cadence="yearly").order_by("period_start")
    assert [str(row.period_start) for row in yearly] == ["2026-11-22", "2027-11-22", "2028-11-22"]
