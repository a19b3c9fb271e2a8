"""What paying at a rhythm means, told on the page (comparison with what others tell: 002-101, 002-108)."""

from datetime import date

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.catalogue import FOLDER, import_catalogue, read_catalogue
from offers.comparison import at_term
from pricing.periods import months_after
from tests.factories import make_offer
from tests.pages import region, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proton() -> Hoster:
    return import_catalogue(catalogue=read_catalogue((FOLDER / "proton.json").read_bytes()))


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (
            1,
            [
                "Facturé 29,99 € par mois, soit 12 factures par an.",
                "En payant chaque année : 287,88 €, 72,00 € d’économie (20 %).",  # 002-038: before choosing it
                "En payant tous les deux ans : 479,76 €, 240,00 € d’économie (33 %).",
            ],
        ),
        (12, ["Facturé 287,88 € par an, soit une facture par an.", "72,00 € d’économie (20 %)", "359,88 €"]),
        (
            24,
            ["Facturé 479,76 € tous les deux ans.", "240,00 € d’économie (33 %)", "24 mois payés un par un"],
        ),
    ],
)
def test_invoice_rhythm_saving_and_guarantee(
    proton: Hoster, months: int, told: list[str], at: object
) -> None:
    shown = words(region(Client().get(f"/offres/family/?engagement={months}"), "prix"))
    for sentence in [*told, "Satisfait ou remboursé pendant 30 jours."]:
        assert sentence in shown


def test_end_of_the_period_is_said(proton: Hoster, at: object) -> None:
    at("2026-11-22 12:00+01:00")  # type: ignore[operator]
    shown = words(region(Client().get("/offres/family/?engagement=12"), "prix"))
    assert "cette période va jusqu’au 21 novembre 2027" in shown


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_after(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def per_person(minimum: str, default: str, **charge: str) -> dict[str, object]:
    users = {
        "code": "users",
        "label": "Personnes",
        "unit": "personne",
        "minimum": minimum,
        "default": default,
    }
    return {
        "metrics": [users],
        "charges": [{"type": "per_unit", "label": "Comptes", "metric": "users", "price": "3.00"} | charge],
    }


def test_price_starts_at_the_least_sold(artifaille: Hoster) -> None:
    column = at_term(make_offer(artifaille, tariff=per_person("1", "5")), 0)
    assert column.starting is not None
    assert (str(column.starting.amount), column.basis.replace("\u00a0", " ")) == ("3.00", "1 personne")
    assert column.url.endswith("?users=1")


def test_price_starts_with_all_that_it_includes(artifaille: Hoster) -> None:
    """5 people and 20 GB come for the base price: saying « 1 personne » would hide it."""
    column = at_term(make_offer(artifaille), 0)
    assert column.basis.replace("\u00a0", " ") == "5 personnes, 20 Go"


def test_order_of_nothing_is_no_starting_price(artifaille: Hoster) -> None:
    column = at_term(make_offer(artifaille, tariff=per_person("0", "2")), 0)
    assert column.starting is not None
    assert str(column.starting.amount) == "6.00"


def test_price_of_nothing_is_said_free(artifaille: Hoster) -> None:
    make_offer(artifaille, tariff={"charges": [{"type": "flat", "label": "Essai", "price": "0.00"}]})
    shown = words(Client().get("/offres/"))
    assert "gratuit" in shown and "0,00 €" not in shown


def test_offer_with_nothing_to_set_has_no_empty_form(artifaille: Hoster) -> None:
    make_offer(
        artifaille, slug="fixe", tariff={"charges": [{"type": "flat", "label": "Pack", "price": "9.00"}]}
    )
    shown = words(Client().get("/offres/fixe/"))
    assert "Rien à régler ici" in shown and "Recalculer" not in shown
