"""« Sur mesure » : several offers in one basket, added up by the engine."""

import pytest
from django.test import Client
from django_scopes import scope

from crm.models import Request
from offers.bespoke_order import read_order
from offers.models import Offer
from tests.offers.test_choose import ASKED, N, course, page

pytestmark = pytest.mark.django_db
TWO = "par-utilisatrice.choisie=on&par-utilisatrice.users=3&equipe.choisie=on"
HTMX = {"HX-Request": "true"}


def test_nothing_is_chosen_at_first() -> None:
    course("cours")
    assert "Rien n’est encore choisi" in page("/sur-mesure/")


def test_lines_add_up() -> None:
    """002-078, 002-080: service by service, without anybody of the team."""
    course("cours")
    text = page(f"/sur-mesure/?{TWO}")
    assert f"60,00{N}€" in text
    assert f"720,00{N}€" in text


def test_htmx_gets_the_total_only_and_the_address_keeps_the_order() -> None:
    course("cours")
    answer = Client(headers=HTMX).get(f"/sur-mesure/?{TWO}")
    assert "<html" not in answer.content.decode()
    assert answer["HX-Replace-Url"].startswith("/sur-mesure/?")
    assert f"60,00{N}€" in Client().get(answer["HX-Replace-Url"]).content.decode()


def test_line_on_quote_leaves_a_subtotal() -> None:
    """002-078: beyond the limits a line is to be priced."""
    course("cours")
    text = page(f"/sur-mesure/?{TWO}&paliers-utilisatrices.choisie=on&paliers-utilisatrices.users=51")
    assert "En partie sur devis" in text
    assert "hors lignes à chiffrer" in text
    assert f"60,00{N}€" in text


def test_wrong_quantity_is_told_with_its_offer() -> None:
    course("cours")
    text = page("/sur-mesure/?par-utilisatrice.choisie=on&par-utilisatrice.users=0")
    assert "Une quantité est à corriger" in text
    assert "Par utilisatrice, Personnes avec un compte" in text


def test_membership_is_counted_once() -> None:
    hoster = course("artifaille")
    with scope(hoster=hoster):
        Offer.objects.create(
            hoster=hoster,
            slug="bis",
            name="Bis",
            audience="a",
            purpose="p",
            export_formats="f",
            state="published",
            position=2,
        ).tariff_versions.create(
            number=1,
            in_force_from="2020-01-01",
            definition={
                "charges": [{"type": "flat", "label": "Bis", "price": "1.00"}],
                "membership": {"yearly": "20.00"},
            },
        )
        order = read_order(
            hoster, list(Offer.objects.for_display()), {"marmule.choisie": "on", "bis.choisie": "on"}
        )
        assert order.breakdown is not None
        assert str(order.breakdown.first_invoice) == "81.00"


def test_trial_is_not_part_of_a_basket() -> None:
    course("sleto")
    assert "mica.choisie" not in page("/sur-mesure/")


def test_request_says_what_was_composed_with_the_price_of_the_server() -> None:
    """002-078: what was composed is asked for."""
    hoster = course("cours")
    answer = Client().post(f"/demande/?{TWO}&pour=sur-mesure&total=1", ASKED)
    assert answer.status_code == 302
    with scope(hoster=hoster):
        message = Request.objects.get().message.replace(N, " ")
    assert "Par utilisatrice : 3 personnes" in message
    assert "720,00 €" in message


def test_lines_are_grouped_by_rhythm_as_on_other_tickets() -> None:
    """002-011: what comes back and what comes once are never mistaken, whatever the terms chosen."""
    course("artifaille")
    text = page("/sur-mesure/?marmule.choisie=on&marmule.users=5&marmule.storage_gb=20")
    assert "Par mois" in text
    assert "Une seule fois" in text
    course("cours")
    mixed = page("/chez/cours/sur-mesure/?recurrence.choisie=on&recurrence.engagement=12&equipe.choisie=on")
    assert "À chaque échéance" in mixed
