"""Asking for another offer or other quantities: what is shown, when it applies, nothing changes yet (SLE-06)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.change_requests import preview_change
from billing.models import Subscription
from crm.models import Request
from hosters.models import Hoster, Mail
from offers.configurator import configure
from offers.models import Offer
from pricing.engine import Selection
from pricing.periods import months_after
from tests.billing.test_people import enter
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote
from tests.pages import words


def yearly(price: str) -> dict[str, Any]:
    return {
        "period_months": 12,
        "metrics": [],
        "charges": [{"type": "flat", "label": "Pack", "price": price}],
        "terms": [{"months": 12}],
    }


@pytest.fixture
def opale(artifaille: Hoster) -> Subscription:
    """75 € a year, begun six months ago."""
    make_offer(artifaille, name="Émeraude", slug="emeraude", tariff=yearly("190.00"))
    make_offer(artifaille, name="Mica", slug="mica", tariff=yearly("60.00"))
    offer = make_offer(artifaille, name="Opale", slug="opale", tariff=yearly("75.00"))
    subscription = make_invoice(offer, selection=Selection({}, term_months=12)).subscription
    Subscription.objects.filter(pk=subscription.pk).update(started_on=months_after(timezone.localdate(), -6))
    return Subscription.objects.select_related("quote__tariff_version", "quote__hoster").get(
        pk=subscription.pk
    )


def test_sle_06_more_is_paid_at_once_for_the_months_left(opale: Subscription) -> None:
    """Six months left: 95,00 at the new price less 37,50 already paid is 57,50."""
    configuration = configure(Offer.objects.get(slug="emeraude"), {})
    assert configuration is not None
    preview = preview_change(opale, configuration)
    assert preview is not None
    assert preview.effect is not None
    assert preview.effect.invoice_now == Decimal("57.50")
    assert (preview.at_once, preview.difference) == (True, Decimal("115.00"))


def test_less_waits_for_the_next_period(opale: Subscription) -> None:
    configuration = configure(Offer.objects.get(slug="mica"), {})
    assert configuration is not None
    preview = preview_change(opale, configuration)
    assert preview is not None
    assert preview.effect is not None
    assert preview.effect.invoice_now == 0
    assert preview.applies_on == opale.day(12)


def test_month_that_was_just_invoiced_is_not_invoiced_again(artifaille: Hoster) -> None:
    """On the day of an invoice the new monthly price waits for the next one, and is not said to begin today."""
    subscription = make_invoice(make_offer(artifaille, slug="marmule")).subscription
    configuration = configure(Offer.objects.get(slug="marmule"), {"users": "40", "storage_gb": "35"})
    assert configuration is not None
    preview = preview_change(subscription, configuration)
    assert preview is not None
    assert preview.effect is not None
    assert preview.effect.invoice_now == 0
    assert (preview.at_once, preview.applies_on) == (False, subscription.day(1))


def test_contract_without_monthly_price_shows_what_it_costs_and_never_zero(artifaille: Hoster) -> None:
    """An offer paid each year, or once, is told by the price that it has (002-012)."""
    member = yearly("0") | {"membership": {"yearly": "30.00"}}
    once = yearly("0") | {"setup_fee": "250.00"}
    make_offer(artifaille, name="Formation", slug="formation", tariff=once)
    offer = make_offer(artifaille, name="Adhésion", slug="adhesion", tariff=member)
    quote = make_acceptance(make_quote(offer, selection=Selection({}, term_months=12))).quote
    url = reverse("portal:change", kwargs={"pk": quote.subscription.pk})
    client = enter(quote.contact)
    assert "Aujourd’hui 30,00 €" in words(client.get(url))
    asked = words(client.get(f"{url}?offre=formation"))
    assert "250,00 €" in asked and "une seule fois" in asked
    for shown in (words(client.get(url)), asked):
        assert "0,00 € par" not in shown.replace("30,00 €", "").replace("250,00 €", "")


def test_contract_with_a_price_made_by_a_person_is_not_compared(opale: Subscription) -> None:
    """Several offers, lines by hand or a discount: no published tariff tells what a change would cost."""
    opale.quote.items.create(quote=opale.quote, position=2, label="Suivi", unit_price=10, cadence="period")
    configuration = configure(Offer.objects.get(slug="emeraude"), {})
    assert configuration is not None
    preview = preview_change(opale, configuration)
    assert preview is not None
    assert preview.effect is None


def test_change_is_asked_once_and_changes_nothing_by_itself(opale: Subscription) -> None:
    """001-014: asked in the space, with its effect on the price."""
    client = enter(opale.quote.contact)
    url = f"{reverse('portal:change', kwargs={'pk': opale.pk})}?offre=emeraude"
    read = words(client.get(url))
    assert "À payer tout de suite 57,50 €" in read
    assert "payer plus commence tout de suite" in read
    same = client.get(reverse("portal:change", kwargs={"pk": opale.pk}))
    assert "aucun : c’est votre contrat d’aujourd’hui" in words(same)
    assert "Demander ce changement" not in words(same)
    sent = {"message": "Pour la rentrée", "key": str(uuid4()), "price": "1"}
    for _again in range(2):
        assert client.post(url, sent)["Location"] == reverse("portal:home")
    request = Request.objects.get(kind=Request.Kind.CHANGE)
    assert ["À payer tout de suite", "57,50\u00a0€"] in request.details["change"]
    assert Mail.objects.filter(kind="contact_asked", reference=request.pk).count() == 1
    assert Subscription.objects.get().quote.offer.slug == "opale"


@pytest.mark.parametrize("query", ["offre=inconnue", "offre=%00", "offre=../x", "users=-1", "users=abc"])
def test_silly_address_shows_the_contract_and_never_fails(opale: Subscription, query: str) -> None:
    url = f"{reverse('portal:change', kwargs={'pk': opale.pk})}?{query}"
    assert enter(opale.quote.contact).get(url).status_code == 200


def test_contract_that_ended_is_not_changed(opale: Subscription) -> None:
    Subscription.objects.filter(pk=opale.pk).update(ended_on=timezone.localdate() - timedelta(days=1))
    client = enter(opale.quote.contact)
    assert client.get(reverse("portal:change", kwargs={"pk": opale.pk})).status_code == 404


def test_termination_button_carries_the_reference(opale: Subscription) -> None:
    """CON-04: « Résilier votre contrat », directly, with its reference filled in."""
    page = enter(opale.quote.contact).get(reverse("portal:home")).content.decode()
    assert f"{reverse('storefront:termination')}?contrat={opale.quote.number}" in page
    assert "Résilier votre contrat" in page
