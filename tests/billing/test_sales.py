"""The year of an offer, read from its documents: quotes, options, departures, and what the linter makes of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone
from django_scopes import scope

from billing.models import Subscription
from billing.quoting.online import request_without_price
from hosters.models import Hoster, User
from offers.finding_links import link_to
from offers.linter import lint_hoster
from offers.sales import OfferSales, sales_of
from pricing.engine import Selection
from tests.factories import asking, make_acceptance, make_offer, make_quote
from tests.pages import words

TARIFF: dict[str, Any] = {
    "charges": [{"type": "flat", "label": "Pack", "price": "10.00"}],
    "options": [{"code": "visio", "label": "Visioconférence", "price": "3.00"}],
}


def subscribed(hoster: Hoster, *ends: date | None) -> Any:
    """An offer with one contract for each end; None: it runs."""
    offer = make_offer(hoster)
    for end in ends:
        with scope(hoster=hoster):
            acceptance = make_acceptance(make_quote(offer, key=uuid4()))
            Subscription.objects.filter(quote=acceptance.quote).update(ended_on=end)
    return offer


def test_departures_of_the_year_are_counted(artifaille: Hoster, alix: User, signed_in: Any) -> None:
    """000-024: churn; a contract over for more than a year is no longer in the figures, one to end is still there."""
    today = timezone.localdate()
    offer = subscribed(
        artifaille,
        None,
        today - timedelta(days=3),
        today - timedelta(days=800),
        today + timedelta(days=3),
    )
    with scope(hoster=artifaille):
        year = sales_of(artifaille, today).of(offer.pk)
    assert (year.quotes, year.contracts, year.ended, year.lost_percent) == (4, 3, 1, 33)
    read = words(signed_in(alix).get(f"/gestion/etude/offres/{offer.slug}/"))
    assert "4 devis, 3 contrats en cours ou terminés, 1 départ (33 %)" in read


def test_offer_that_nobody_asked_for_is_blank(artifaille: Hoster, other: Hoster) -> None:
    subscribed(other, None)
    offer = make_offer(artifaille)
    with scope(hoster=artifaille):
        assert sales_of(artifaille, timezone.localdate()).of(offer.pk) == OfferSales()


def test_option_of_most_quotes_belongs_in_the_offer(artifaille: Hoster) -> None:
    """002-075: found once five quotes were made, not before."""
    offer = make_offer(artifaille, tariff=TARIFF)
    with_option = Selection(options={"visio": Decimal(1)})
    for number in range(5):
        assert "Q-OPTIONS" not in {each.check for each in lint_hoster(artifaille)}
        make_quote(offer, selection=with_option if number < 3 else Selection())
    (found,) = [each for each in lint_hoster(artifaille) if each.check == "Q-OPTIONS"]
    assert "Visioconférence" in found.message


def test_most_requests_to_price_by_hand_is_told(artifaille: Hoster, client: Client) -> None:
    """002-066: four of six were priced by a person."""
    offer = make_offer(artifaille)
    for number in range(6):
        with scope(hoster=artifaille):
            if number < 4:
                request_without_price(hoster=artifaille, asked=asking(offer, key=uuid4()))
            else:
                make_quote(offer, key=uuid4())
    (found,) = [each for each in lint_hoster(artifaille) if each.check == "Q-SURMESURE"]
    assert "67 %" in found.message.replace("\u00a0", " ") and "4 sur 6" in found.message


def test_share_of_what_is_made_to_measure_is_shown_beside_the_needs(
    artifaille: Hoster, alix: User, signed_in: Any
) -> None:
    """002-066: over twelve months, and where the linter sends whoever reads Q-SURMESURE."""
    team, offer = signed_in(alix), make_offer(artifaille)
    assert 'id="sur-mesure"' not in team.get("/gestion/besoins/").content.decode()
    with scope(hoster=artifaille):
        request_without_price(hoster=artifaille, asked=asking(offer, key=uuid4()))
        make_quote(offer, key=uuid4())
    shown = team.get("/gestion/besoins/")
    assert "1 demande de devis sur 2 a été chiffrée à la main (50 %)" in words(shown)
    assert link_to(offer, "usage") == "/gestion/besoins/#sur-mesure"
    assert 'id="sur-mesure"' in shown.content.decode()
