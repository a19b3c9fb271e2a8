"""A price changes at a renewal only, told in time, with a free exit (CON-06, CON-07, 002-027)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.access_links import mint_link
from billing.documents.quote_page import exit_terms
from billing.models import AccessLink, ContractChange, Invoice, Quote, Subscription, SubscriptionEnd
from billing.quoting.drafts import DraftSettings, save_settings
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.subscriptions.contract_changes import (
    ChangeRefused,
    announce_price,
    announce_terms,
    withdraw_change,
)
from billing.subscriptions.ends import EndRefused, undo_end
from billing.subscriptions.forecast import budget_of
from billing.subscriptions.new_prices import at_the_tariff, by_percent
from billing.subscriptions.plans import plan_end
from billing.subscriptions.runs import run_billing
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from offers.models import TariffVersion
from tests.billing.test_subscription_ends import subscribe
from tests.factories import MARMULE, make_acceptance, make_draft, make_offer, make_quote
from tests.pages import words

At = Callable[[str], None]


@pytest.fixture
def year(artifaille: Hoster, at: At) -> Subscription:
    """300 € a year from 22 November 2026, thirty days of notice: refused until 22 October at the latest."""
    return subscribe(artifaille, at, months=12)


def announce(subscription: Subscription, by: User, percent: int = 10) -> ContractChange:
    price = by_percent(subscription, Decimal(percent))
    return announce_price(subscription=subscription, price=price, why="L’électricité a augmenté.", by=by)


def send_all(kind: str) -> str:
    for each in Mail.objects.filter(kind=kind, sent_at=None):
        send(each)
    return str(outbox.outbox[-1].body).replace("\u00a0", " ")


def amounts(subscription: Subscription) -> list[str]:
    rows = Invoice.objects.filter(subscription=subscription, fees=False).order_by("period_start")
    found = [row.lines.filter(cadence="period") for row in rows]
    return [str(sum(line.amount for line in lines)) for lines in found]


def test_new_price_waits_for_the_renewal_and_is_told_with_the_old_one_by_both_messages(
    year: Subscription, alix: User, at: At
) -> None:
    at("2027-03-10 10:00+01:00")
    change = announce(year, alix)
    assert (change.effective_on, change.leave_by) == (date(2027, 11, 22), date(2027, 10, 22))
    told = send_all("price_change")
    assert "300,00 € TTC par an" in told and "330,00 € TTC par an" in told and "22 octobre 2027" in told
    change.refresh_from_db()
    assert change.in_time and len(change.sha256) == 64 and "330,00" in change.text
    at("2027-07-22 10:00+02:00")
    run_billing()
    assert "Le prix change : 300,00 € TTC par an jusqu’au terme, puis 330,00 € TTC par an." in send_all(
        "renewal_notice"
    )
    at("2027-11-22 10:00+01:00")
    run_billing()
    assert amounts(year) == ["300.00", "330.00"]
    plan = plan_end(subscription=Subscription.objects.get(), received_on=date(2027, 12, 1))
    assert (plan.reason, plan.ends_on, plan.refund_from) == (
        SubscriptionEnd.Reason.CHANGE,
        date(2027, 12, 1),
        date(2027, 11, 22),
    )


def test_space_says_the_price_of_today(year: Subscription, alix: User, at: At) -> None:
    """CON-07: the old price until the renewal, the new one from that day on."""

    def shown() -> str:
        token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=year.quote.contact, quote=year.quote)
        return words(Client().get(f"/espace/lien/{token}/", follow=True))

    at("2027-03-10 10:00+01:00")
    announce(year, alix)
    send_all("price_change")
    assert "Marmule en cours 300,00 € TTC par an Depuis le" in shown()
    at("2027-11-22 10:00+01:00")
    assert "Marmule en cours 330,00 € TTC par an Depuis le" in shown()


def test_message_that_never_left_changes_nothing(year: Subscription, alix: User, at: At) -> None:
    at("2027-03-10 10:00+01:00")
    announce(year, alix)
    at("2027-11-22 10:00+01:00")
    run_billing()
    assert amounts(year) == ["300.00", "300.00"]


def test_told_after_its_last_day_a_price_waits_for_the_following_renewal(
    year: Subscription, alix: User, at: At
) -> None:
    at("2027-09-23 10:00+02:00")
    assert announce(year, alix).effective_on == date(2028, 11, 22)
    with pytest.raises(ChangeRefused, match="déjà annoncé"):
        announce(year, alix, percent=5)


def test_price_follows_the_tariff_without_asking_the_set_up_again(
    year: Subscription, alix: User, at: At
) -> None:
    at("2027-03-10 10:00+01:00")
    offer = year.quote.offer
    assert offer is not None
    tariff = MARMULE | {"terms": [{"months": 1}, {"months": 12, "charged_months": 11}]}
    TariffVersion.objects.create(offer=offer, number=2, in_force_from=date(2027, 3, 1), definition=tariff)
    price = at_the_tariff(year)
    assert {each["cadence"] for each in price.lines} == {"period", "yearly"}
    assert price.words.replace("\u00a0", " ") == "330,00 € TTC par an"


def test_change_taken_back_is_told_and_applies_no_more(year: Subscription, alix: User, at: At) -> None:
    at("2027-03-10 10:00+01:00")
    change = announce(year, alix)
    send_all("price_change")
    withdraw_change(change=change)
    assert "n’aura pas lieu" in send_all("change_withdrawn")
    at("2027-11-22 10:00+01:00")
    run_billing()
    assert amounts(year) == ["300.00", "300.00"]


def test_other_terms_wait_thirty_days_and_open_an_exit_at_once(
    year: Subscription, alix: User, at: At
) -> None:
    at("2027-03-10 10:00+01:00")
    with pytest.raises(ChangeRefused, match="trente jours"):
        announce_terms(subscription=year, what="Plus de visio.", effective_on=date(2027, 4, 8), by=alix)
    announce_terms(subscription=year, what="Plus de visio.", effective_on=date(2027, 4, 9), by=alix)
    assert plan_end(subscription=year, received_on=date(2027, 3, 11)).reason == SubscriptionEnd.Reason.NOTICE
    assert "Plus de visio." in send_all("terms_change")
    plan = plan_end(subscription=year, received_on=date(2027, 3, 11))
    assert (plan.reason, plan.ends_on) == (SubscriptionEnd.Reason.CHANGE, date(2027, 3, 11))
    later = plan_end(subscription=year, received_on=date(2027, 5, 10))
    assert later.reason == SubscriptionEnd.Reason.NOTICE


def test_contract_that_is_not_renewed_is_reminded_then_ends_by_itself(
    artifaille: Hoster, alix: User, at: At
) -> None:
    """002-042: nothing is due beyond the term, even when nobody ran the daily work for two months."""
    at("2026-11-22 12:00+01:00")
    contact = make_quote(make_offer(artifaille)).contact
    draft = make_draft(contact, label="Site", cadence="period", term_months=12)
    settings = DraftSettings("", "", draft.valid_until, renewal=Quote.Renewal.NONE)
    save_settings(draft=draft, settings=settings, by=alix)
    quote = send_draft(draft=draft, told=Told(by=alix, name=alix.name))
    assert "il s’arrête de lui-même" in str(exit_terms(quote))
    make_acceptance(quote)
    subscription = Subscription.objects.get(quote=quote)
    assert budget_of([subscription]) == []
    at("2027-09-21 10:00+02:00")
    assert run_billing().ended == 0 and not SubscriptionEnd.objects.exists()
    at("2027-09-22 10:00+02:00")
    run_billing()
    assert "21 novembre 2027" in send_all("end_confirmed")
    end = SubscriptionEnd.objects.get()
    with pytest.raises(EndRefused, match="n’est pas reconduit"):
        undo_end(end=end, by=alix, why="Elle reste.")
    at("2028-01-20 10:00+01:00")
    run_billing()
    subscription.refresh_from_db()
    assert subscription.ended_on == date(2027, 11, 21)
    assert Invoice.objects.filter(subscription=subscription).count() == 1


def test_staff_see_the_price_before_they_announce_it(
    year: Subscription, alix: User, signed_in: Callable[[User], Client], at: At
) -> None:
    staff_client = signed_in(alix)
    page = f"/gestion/abonnements/{year.pk}/changement/"
    answers = {"how": "percent", "percent": "10", "what": "L’électricité a augmenté."}
    assert "330,00" in words(staff_client.get(page, answers)) and not ContractChange.objects.exists()
    assert "Écrivez un pourcentage" in words(staff_client.get(page, answers | {"percent": ""}))
    assert staff_client.post(page, answers).status_code == 302
    assert "330,00" in words(staff_client.get(year.get_absolute_url()))
