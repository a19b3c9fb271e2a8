"""A change accepted: up at once for the whole months left, down at the term, the anniversary kept (MAR-11, SLE-06)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from billing.acceptance import effect_of_change
from billing.change_requests import ask_change, preview_change
from billing.models import Invoice, QuoteItem, Subscription
from billing.quoting.drafts import save_item
from billing.quoting.requests import draft_for_request
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.selections import selection_to_json
from billing.subscriptions.runs import run_billing
from billing.subscriptions.starting import note_order
from hosters.models import Hoster, Mail, User
from offers.configurator import configure
from offers.tariffs import tariff_in_force
from pricing.engine import Selection
from pricing.forms import TERM
from tests.billing.test_subscription_ends import subscribe
from tests.factories import make_acceptance

At = Callable[[str], None]


def change(subscription: Subscription, by: User, *, users: int, months: int) -> Decimal:
    """Ask for as many people, have the quote written and accepted; what was shown as to pay at once."""
    offer = subscription.quote.offer
    version = tariff_in_force(offer)
    configuration = configure(offer, {"users": str(users), "storage_gb": "35", TERM: str(months)})
    preview = preview_change(subscription, configuration)
    assert preview is not None and preview.effect is not None
    request = ask_change(contact=subscription.quote.contact, preview=preview, message="", key=uuid4())
    draft = draft_for_request(request=request)
    quantities = {"users": Decimal(users), "storage_gb": Decimal(35)}
    chosen = selection_to_json(Selection(quantities, term_months=months))
    save_item(draft=draft, item=QuoteItem(offer=offer, tariff_version=version, selection=chosen), by=by)
    sent = send_draft(draft=draft, told=Told(by=by, name=by.name))
    effect = effect_of_change(sent)
    assert effect is not None
    assert not any("Mise en" in line.label for line in sent.lines.all())
    make_acceptance(sent)
    assert effect.now == preview.effect.invoice_now
    return effect.now


@pytest.mark.parametrize(("users", "asked"), [(32, ["133.33"]), (5, [])])
def test_yearly_contract_changed_in_its_fourth_month(
    artifaille: Hoster, at: At, alix: User, users: int, asked: list[str]
) -> None:
    """From 12 people (300 € a year) to 32 (500 €): 8 months left of 200 € more; or to 5 people."""
    old = subscribe(artifaille, at, months=12)
    note_order(subscription=old, order_number="BC-7")
    at("2027-03-10 10:00+01:00")
    shown = change(old, alix, users=users, months=12)
    told = Invoice.objects.filter(subscription=None)
    assert [str(row.gross) for row in told] == asked
    assert shown == sum(row.gross for row in told)
    old.refresh_from_db()
    new = Subscription.objects.get(replaces=old)
    assert (old.ends_on, new.started_on) == (date(2027, 11, 21), date(2027, 11, 22))
    run_billing(as_of=date(2028, 11, 22))
    old.refresh_from_db()
    assert old.ended_on == date(2027, 11, 21)
    later = Invoice.objects.filter(subscription=new, fees=False).order_by("period_start")
    assert [str(row.period_start) for row in later] == ["2027-11-22", "2028-11-22"]
    assert {row.order_number for row in [*told, *later]} == {"BC-7"}
    assert all("Mise en" not in line.label for row in later for line in row.lines.all())
    assert Invoice.objects.filter(subscription=old, fees=False).count() == 1
    yearly = Invoice.objects.filter(lines__cadence="yearly").order_by("period_start")
    assert [row.period_start.year for row in yearly if row.period_start] == [2026, 2027, 2028]
    assert not Mail.objects.filter(kind__in=["end_confirmed", "subscription_ended"]).exists()
