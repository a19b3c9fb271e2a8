"""One offer, one total, several structures: what goes to whom, to what, and who is chosen."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django_scopes import scope

from billing.models import Quote
from billing.quoting.online import FormAlreadyUsed, request_quote, request_without_price
from hosters.models import Hoster
from offers.configurator import configure
from offers.models import Offer, OfferComponent
from offers.versions import publish_version
from pricing.engine import Selection
from tests.factories import asking, make_component, make_offer
from tests.pages import words

TARIFF: dict[str, Any] = {
    "charges": [
        {"type": "flat", "code": "site", "label": "Site", "price": {"1": "9.00", "12": "99.00"}},
        {"type": "flat", "code": "aide", "label": "Aide", "price": {"1": "60.00", "12": "720.00"}},
        {"type": "flat", "code": "bilan", "label": "Bilan", "cadence": "one_off", "price": "350.00"},
    ],
    "setup_fee": "20.00",
    "terms": [{"months": 1}, {"months": 12}],
}


@pytest.fixture
def shared(artifaille: Hoster) -> Offer:
    """Three lines, three structures, three kinds; help has another structure to choose."""
    offer = make_offer(artifaille, tariff=TARIFF, slug="ensemble")
    with scope(hoster=artifaille):
        offer.parts.update(charges=["site"])
        help_given = make_component(
            artifaille,
            kind="service",
            slug="aide",
            function="Une aide",
            provider="La Permanence",
            other_providers="Lucie & <b>Cie</b> ; ; La Permanence",
        )
        report = make_component(artifaille, kind="prestation", slug="bilan", provider="L’Atelier")
        OfferComponent.objects.create(offer=offer, component=help_given, charges=["aide"], position=2)
        OfferComponent.objects.create(offer=offer, component=report, charges=["bilan"], position=3)
        publish_version(offer=offer)
        return Offer.objects.published().for_display().get(pk=offer.pk)


def first_year(offer: Offer, months: int) -> tuple[dict[str, Decimal], dict[str, Decimal], Decimal]:
    configuration = configure(offer, {"term": str(months), "duree": str(months)})
    assert configuration and configuration.breakdown and configuration.breakdown.first_year_total
    parts = configuration.parts
    rows = [{row.label: row.amount for row in each} for each in (parts.providers, parts.kinds)]
    return rows[0], rows[1], configuration.breakdown.first_year_total


def test_subtotals_by_structure_and_by_kind_add_up_to_the_total(shared: Offer, artifaille: Hoster) -> None:
    """002-167, 002-171, 000-016, CON-14: 9 and 60 a month, 350 once, 20 of setting up, which is the hoster's."""
    with scope(hoster=artifaille):
        providers, kinds, total = first_year(shared, 1)
    assert providers == {
        "Artifaille": Decimal("128.00"),
        "La Permanence": Decimal("720.00"),
        "L’Atelier": Decimal("350.00"),
    }
    assert sorted(kinds.values()) == [Decimal(20), Decimal(108), Decimal(350), Decimal(720)]
    assert sum(providers.values()) == sum(kinds.values()) == total


def test_page_tells_the_parts_of_the_price(shared: Offer, client: Client) -> None:
    """002-167, 002-168: and the structures among which one chooses."""
    read = words(client.get(shared.get_absolute_url()))
    assert "structure par structure Artifaille 128,00" in read
    assert "Pour l’aide qui vous suit 720,00" in read
    assert "Ou, à votre choix, par Lucie & <b>Cie</b>" in read


def test_hoster_alone_with_one_kind_tells_no_part(artifaille: Hoster, client: Client) -> None:
    offer = make_offer(artifaille)
    with scope(hoster=artifaille):
        offer.parts.update(charges=["pack-de-base", "setup"])
        publish_version(offer=offer)
    read = words(client.get(offer.get_absolute_url()))
    assert "structure par structure" not in read and "par nature" not in read


def ask(client: Client, offer: Offer, **typed: str) -> Any:
    person = {
        "organization": "Les Amis du lavoir",
        "street": "3 rue du Lavoir",
        "postcode": "61000",
        "town": "Alençon",
        "country": "FR",
        "name": "Rosa",
        "email": "rosa@lavoir.example",
        "key": str(uuid4()),
    }
    return client.post(f"{offer.get_absolute_url()}devis/", person | typed)


def test_structure_chosen_is_on_the_quote(shared: Offer, client: Client, artifaille: Hoster) -> None:
    """002-168: one chosen at quote; its share goes with it."""
    form = client.get(f"{shared.get_absolute_url()}devis/").content.decode()
    assert 'name="chez-aide"' in form and 'name="chez-bilan"' not in form
    ask(client, shared, **{"chez-aide": "Lucie & <b>Cie</b>"})
    with scope(hoster=artifaille):
        quote = Quote.objects.get()
    assert quote.promise["parts"][1]["function"] == "Une aide, assuré par Lucie & <b>Cie</b>"
    assert [(row.label, str(row.amount)) for row in quote.shares][1] == ("Lucie & <b>Cie</b>", "720.00")


@pytest.mark.parametrize("typed", ["", "Quelqu’un d’autre", "-"])
def test_structure_that_is_not_proposed_is_refused(
    shared: Offer, client: Client, artifaille: Hoster, typed: str
) -> None:
    """002-168: a form carries a choice among those of the offer, nothing else."""
    assert "Avec qui" in ask(client, shared, **{"chez-aide": typed}).content.decode()
    with scope(hoster=artifaille):
        assert not Quote.objects.exists()


def test_same_form_with_another_structure_is_another_request(shared: Offer, artifaille: Hoster) -> None:
    with scope(hoster=artifaille):
        asked = asking(shared, providers={"aide": "La Permanence"}, selection=Selection())
        quote = request_quote(hoster=artifaille, asked=asked)
        assert request_quote(hoster=artifaille, asked=asked) == quote
        other = asking(shared, providers={"aide": ""}, selection=Selection(), key=asked.key)
        with pytest.raises(FormAlreadyUsed):
            request_quote(hoster=artifaille, asked=other)


def test_request_to_price_says_the_structure(shared: Offer, artifaille: Hoster) -> None:
    with scope(hoster=artifaille):
        asked = asking(shared, providers={"aide": "Lucie"})
        assert "Lucie" in request_without_price(hoster=artifaille, asked=asked).subject
