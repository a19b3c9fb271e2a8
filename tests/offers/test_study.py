"""The market, the costs, the people asked: what the team notes, what it sees, and what the linter then says."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster, User
from offers.linter import lint_hoster
from offers.models import Competitor, CostLine, Evidence, Observation, Offer, OfferStudy
from offers.study.asking import cautions
from offers.study.costs import read_costs
from offers.study.forms import CostForm
from offers.study.market import harmless, read_market
from tests.factories import make_offer, make_study
from tests.pages import words

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    """Sold 25,00 € a month, and 20,00 € a year of membership, for 17 people and 20 GB."""
    offer = make_offer(artifaille, slug="marmule")
    make_study(offer)
    return offer


def said(hoster: Hoster, check: str) -> list[str]:
    return [each.message.replace("\u00a0", " ") for each in lint_hoster(hoster) if each.check == check]


def test_price_is_compared_for_the_reference_need(artifaille: Hoster, marmule: Offer) -> None:
    """002-028: 25,00 € and a twelfth of the membership, against 12,00 €."""
    with scope(hoster=artifaille):
        (row,) = read_market(artifaille, today=TODAY()).prices
    assert row.position is not None
    assert (row.own, row.position.middle, row.position.gap) == (Decimal("26.67"), Decimal("12.00"), 122)


def test_last_price_seen_counts(artifaille: Hoster, marmule: Offer) -> None:
    with scope(hoster=artifaille):
        Observation.objects.create(
            competitor=Competitor.objects.get(), offer=marmule, amount=99, seen_on=TODAY() - timedelta(days=9)
        )
        (row,) = read_market(artifaille, today=TODAY()).prices
    assert [each.amount for each in row.seen.values()] == [Decimal("12.00")]


def test_old_price_is_to_be_seen_again(artifaille: Hoster, marmule: Offer) -> None:
    """002-025."""
    with scope(hoster=artifaille):
        (row,) = read_market(artifaille, today=TODAY() + timedelta(days=200)).prices
    assert row.stale == ["Nichoir"]


def test_too_high_a_price_is_found(artifaille: Hoster, marmule: Offer) -> None:
    """Q-PRICE, coloured by the strategy (002-065)."""
    assert "122 % de plus que la médiane" in said(artifaille, "Q-PRICE")[0]


def test_no_competitor_is_found(artifaille: Hoster) -> None:
    make_offer(artifaille)
    assert "Aucun concurrent noté" in said(artifaille, "Q-PRICE")[0]


@pytest.mark.parametrize(
    ("per_client", "reason", "found"),
    [
        (500, "", "plus elle se vend, plus vous perdez"),
        (100, "", "coût complet"),
        (10, "", None),
        (500, "Le Grenier la finance.", None),
    ],
)
def test_loss_is_found_unless_a_reason_is_written(
    artifaille: Hoster, marmule: Offer, per_client: int, reason: str, found: str | None
) -> None:
    """Q-LOSS (002-015, 002-017): 10,00 € a month and 20,00 € of membership bring 116,67 € HT a year."""
    with scope(hoster=artifaille):
        CostLine.objects.filter(nature="per_client").update(amount=per_client)
        OfferStudy.objects.update(accepted_reason=reason)
    told = said(artifaille, "Q-LOSS")
    assert bool(told) is (found is not None)
    if found:
        assert found in told[0]


def test_costs_of_another_year_do_not_count(artifaille: Hoster, marmule: Offer) -> None:
    with scope(hoster=artifaille):
        CostLine.objects.update(amount=10_000, year=TODAY().year - 1)
    assert said(artifaille, "Q-LOSS") == []


def test_nobody_asked_is_found(artifaille: Hoster, marmule: Offer) -> None:
    """Q-EVIDENCE (002-157)."""
    assert said(artifaille, "Q-EVIDENCE") == []
    with scope(hoster=artifaille):
        Evidence.objects.all().delete()
    assert len(said(artifaille, "Q-EVIDENCE")) == 1


@pytest.mark.parametrize(
    ("kind", "minutes", "people", "number"),
    [
        ("focus_group", 90, 4, 0),  # FOC-01
        ("focus_group", 180, 8, 0),
        ("focus_group", 200, 9, 2),  # FOC-02
        ("focus_group", None, 3, 1),
        ("survey", 5, 40, 0),
    ],
)
def test_focus_group_out_of_bounds(kind: str, minutes: int | None, people: int, number: int) -> None:
    """002-159."""
    assert len(cautions(Evidence(kind=kind, minutes=minutes, people=people))) == number


def test_plan_of_the_year(artifaille: Hoster, marmule: Offer) -> None:
    """002-021."""
    with scope(hoster=artifaille):
        plan = read_costs(artifaille, year=TODAY().year)
    (row,) = plan.offers
    assert (row.cost.variable, row.cost.full) == (Decimal("30.00"), Decimal("90.00"))
    assert plan.scenario.target == Decimal(600) + 10 * Decimal(30)
    assert len(plan.missing) == 3


@pytest.mark.parametrize(
    ("strategy", "warning"),
    [("lower", "au moins le coût complet"), ("align", "une prévision qui tient"), ("higher", "dépasse 50")],
)
def test_strategy_asks_for_its_proof(artifaille: Hoster, marmule: Offer, strategy: str, warning: str) -> None:
    """002-029, 002-030, 002-031."""
    with scope(hoster=artifaille):
        OfferStudy.objects.update(strategy=strategy)
        CostLine.objects.filter(nature="fixed").update(amount=100_000)
        (row,) = read_costs(artifaille, year=TODAY().year).offers
    assert any(warning in each.replace("\u00a0", " ") for each in row.warnings)


def test_chosen_argument_is_told_to_visitors(artifaille: Hoster, marmule: Offer) -> None:
    assert "Un service local" not in words(Client().get("/offres/marmule/"))
    with scope(hoster=artifaille):
        OfferStudy.objects.update(argument="local", argument_words="nos machines sont à Rouen")
    assert "Un service local : nos machines sont à Rouen" in words(Client().get("/offres/marmule/"))


def test_study_of_an_offer_is_written(artifaille: Hoster, alix: User, signed_in: Any, marmule: Offer) -> None:
    client = signed_in(alix)
    refused = client.post("/gestion/etude/offres/marmule/", {"strategy": "higher", "planned_clients": 3})
    assert (refused.status_code, "Un prix plus haut se justifie" in words(refused)) == (422, True)
    typed = {"strategy": "higher", "argument": "craft", "planned_clients": 3}
    assert client.post("/gestion/etude/offres/marmule/", typed).status_code == 302
    with scope(hoster=artifaille):
        assert OfferStudy.objects.get().argument == "craft"


def test_competitor_then_its_price_are_noted_once_each(
    artifaille: Hoster, alix: User, signed_in: Any
) -> None:
    offer, client = make_offer(artifaille), signed_in(alix)
    typed = {"name": "Voisine", "relation": "coopetitor", "key": str(uuid4()), "ajouter": "concurrent"}
    for _time in range(2):
        assert client.post("/gestion/etude/marche/", typed).status_code == 302
    with scope(hoster=artifaille):
        competitor = Competitor.objects.get()
    seen = {
        "competitor": competitor.pk, "kind": "price", "offer": offer.pk, "amount": "12,50",
        "seen_on": TODAY().isoformat(), "key": str(uuid4()), "ajouter": "releve",
    }  # fmt: skip
    for _time in range(2):
        assert client.post("/gestion/etude/marche/", seen).status_code == 302
    assert "12,50 € (vu le" in words(client.get("/gestion/etude/marche/"))
    with scope(hoster=artifaille):
        assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": ""}, "Écrivez le prix par mois"),
        ({"offer": ""}, "Choisissez l’offre"),
        ({"seen_on": "2999-01-01"}, "n’est pas encore venu"),
        ({"source_url": "javascript:alert(1)"}, "URL"),
    ],
)
def test_wrong_observation_is_told(
    artifaille: Hoster, alix: User, signed_in: Any, marmule: Offer, wrong: dict[str, str], sentence: str
) -> None:
    with scope(hoster=artifaille):
        competitor = Competitor.objects.get()
    seen = {
        "competitor": competitor.pk, "kind": "price", "offer": marmule.pk, "amount": "12",
        "seen_on": TODAY().isoformat(), "ajouter": "releve",
    }  # fmt: skip
    answer = signed_in(alix).post("/gestion/etude/marche/", seen | wrong)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_offer_of_another_hoster_cannot_be_chosen(
    artifaille: Hoster, other: Hoster, alix: User, signed_in: Any
) -> None:
    foreign = make_offer(other, name="CANARI")
    client = signed_in(alix)
    page = client.get(f"/chez/{artifaille.slug}/gestion/etude/couts/")
    assert "CANARI" not in page.content.decode()
    typed = {
        "label": "Serveur", "family": "infrastructure", "amount": "10", "nature": "fixed",
        "offer": foreign.pk, "year": "2026",
    }  # fmt: skip
    assert client.post(f"/chez/{artifaille.slug}/gestion/etude/couts/", typed).status_code == 422


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-2", "@A1", "\tx"])
def test_cell_never_runs(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_table_is_downloaded(artifaille: Hoster, alix: User, signed_in: Any, marmule: Offer) -> None:
    """002-024."""
    with scope(hoster=artifaille):
        Competitor.objects.update(name="=cmd()", remark="@SUM(A1)")
    table = signed_in(alix).get("/gestion/etude/marche/telecharger/").content.decode()
    assert table.startswith("\ufeffCritère;")
    assert ";'=cmd()" in table and "'@SUM(A1)" in table


def test_price_of_a_piece_of_work(artifaille: Hoster, alix: User, signed_in: Any) -> None:
    """002-016."""
    page = signed_in(alix).get("/gestion/etude/couts/?jours=2&cout=250&marge=20")
    assert "600,00 €" in words(page)
    assert "600,00 €" not in words(signed_in(alix).get("/gestion/etude/couts/?jours=deux&cout=250&marge="))


@pytest.mark.parametrize("page", ["marche", "couts", "enquetes"])
def test_pages_say_what_to_do_while_empty(artifaille: Hoster, alix: User, signed_in: Any, page: str) -> None:
    answer = signed_in(alix).get(f"/gestion/etude/{page}/")
    assert answer.status_code == 200
    assert {"marche": "Le tableau est vide", "couts": "Rien de noté", "enquetes": "Personne n’a encore"}[
        page
    ] in words(answer)


def test_deleting_a_competitor_takes_its_observations(
    artifaille: Hoster, alix: User, signed_in: Any, marmule: Offer
) -> None:
    with scope(hoster=artifaille):
        pk = Competitor.objects.get().pk
    client = signed_in(alix)
    page = f"/gestion/etude/fiches/concurrent/{pk}/"
    assert "Tout ce qui y a été relevé part avec." in words(client.get(page))
    assert client.get(f"{page}supprimer/").status_code == 405
    assert client.post(f"{page}supprimer/")["Location"].endswith(page), "not without its button"
    assert client.post(f"{page}supprimer/", {"confirmer": "oui"}).status_code == 302
    with scope(hoster=artifaille):
        assert not Observation.objects.exists()


def test_unknown_kind_of_record_is_no_page(artifaille: Hoster, alix: User, signed_in: Any) -> None:
    assert signed_in(alix).get("/gestion/etude/fiches/facture/1/").status_code == 404


@pytest.mark.parametrize("typed", ["1 200,50", "1\u00a0200,50", "1\u202f200,50", "1200.50"])
def test_cost_is_typed_as_people_write_it(artifaille: Hoster, typed: str) -> None:
    data = {"label": "Serveur", "family": "running", "amount": typed, "nature": "fixed", "year": "2026"}
    form = CostForm(artifaille, data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal("1200.50")
