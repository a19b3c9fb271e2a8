"""The supplements of an offer in a quote, counted again by the association before it decides (issue 5, 002-130)."""

import random
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from billing.access_links import mint_link
from billing.models import AccessLink, Quote, QuoteItem
from billing.quoting import options
from billing.quoting.options import Chosen, choose_options
from billing.quoting.states import ActRefused, Told
from hosters.models import Hoster
from offers.models import Offer
from pricing.engine import Selection
from tests.factories import MARMULE, make_offer, make_quote
from tests.pages import words

BOXES: dict[str, Any] = {
    "code": "boxes",
    "label": "Boîtes en plus",
    "unit": "boîte",
    "units": "boîtes",
    "maximum": "9",
    "price": "2.50",
}
TRAINING = {"code": "training", "label": "Formation", "unit": "jour", "cadence": "one_off", "price": "300"}


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    offer = make_offer(artifaille, slug="boites", tariff=MARMULE | {"options": [BOXES, TRAINING]})
    taken = Selection({"users": Decimal(5), "storage_gb": Decimal(20)}, options={"boxes": Decimal(2)})
    return make_quote(offer, selection=taken)


@pytest.fixture
def here(quote: Quote) -> str:
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return reverse("storefront:quote", kwargs={"token": token})


def test_supplements_are_counted_one_by_one_before_anything_is_kept(quote: Quote, here: str) -> None:
    read = words(Client().get(here))
    assert "Boîtes en plus" in read and "2,50 € par mois pour 1 boîte" in read
    assert "300,00 € une seule fois pour 1 jour" in read
    assert quote.period_gross == 15
    moved = words(Client().get(here + "?choix=1&poste1-boxes=4&poste1-training=1"))
    assert "20,00 €" in moved[moved.index("Avec ces options") :][:60]
    assert Quote.objects.count() == 1


def test_kept_supplements_make_the_version_that_is_accepted(quote: Quote, here: str) -> None:
    Client().post(here + "options/", {"choix": "1", "poste1-boxes": "0", "poste1-training": "1"})
    version = Quote.objects.get(former=quote)
    assert (version.period_gross, version.state) == (10, "seen")
    assert "Formation" in [line.label for line in version.kept_lines]
    assert version.changes[:2] == ["− 2\u00a0boîtes", "+ 1\u00a0jour"]
    assert version.items.get().selection["options"] == {"training": "1"}


@pytest.mark.parametrize("count", ["10", "-1", "1.5", "1e3", "NaN", "²", "x" * 50, "2\x00"])
def test_supplement_that_cannot_be_counted_keeps_the_quote(quote: Quote, here: str, count: str) -> None:
    data = {"choix": "1", "poste1-boxes": count}
    assert "Ce choix n’est pas possible" in words(Client().get(here, data))
    Client().post(here + "options/", data)
    assert Quote.objects.count() == 1


@pytest.mark.thorough
def test_60_mutations_of_supplements_keep_the_price_of_the_server(
    quote: Quote, here: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is sent, the quote costs the pack, and the supplements that it says it has, at their tariff."""
    monkeypatch.setattr(options, "MOST_VERSIONS", 61)  # the limit of versions is tried elsewhere
    noise = random.Random(5)
    names = (
        "poste1-boxes",
        "poste1-training",
        "poste2-boxes",
        "poste1-users",
        "poste1-price",
        "prix",
        "option",
    )
    values = ("0", "1", "9", "10", "-2", "2.0", "1e3", "²", "0x2", "NaN", "", "2\x00", "99999", "2; DROP")
    for _mutation in range(60):
        sent = {"choix": "1"} | {name: noise.choice(values) for name in noise.choices(names, k=3)}
        assert Client().get(here, sent).status_code == 200
        assert Client().post(here + "options/", sent).status_code == 302
        now = Quote.objects.get(state__in=Quote.OPEN_STATES)
        taken = now.items.get().selection["options"]
        assert set(taken) <= {"boxes", "training"} and Decimal(taken.get("boxes", 0)) <= 9
        assert now.items.get().selection["quantities"] == {"users": "5", "storage_gb": "20"}
        assert now.period_gross == 10 + Decimal("2.50") * Decimal(taken.get("boxes", 0))


def test_offer_that_staff_did_not_open_is_not_counted_again(quote: Quote, here: str) -> None:
    QuoteItem.objects.update(choosable=False)
    assert "Boîtes en plus : " not in words(Client().get(here))
    Client().post(here + "options/", {"choix": "1", "poste1-boxes": "9"})
    assert Quote.objects.count() == 1
    with pytest.raises(ActRefused, match="pas dans ce devis"):
        choose_options(quote=quote, chosen=Chosen(counts={1: {"boxes": Decimal(1)}}), told=Told())


def test_tariff_without_supplement_shows_no_choice(marmule: Offer) -> None:
    quote = make_quote(marmule)
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    assert "Vos options" not in words(Client().get(reverse("storefront:quote", kwargs={"token": token})))
