"""Where the money comes from: the model of an offer before its price, the sources of a year (002-001 to 002-009)."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import Payment
from hosters.models import Hoster, User
from offers.models import Offer, OfferStudy, RevenueKind, RevenueSource
from offers.publication import readiness
from offers.receipts import receipts_of
from offers.study.revenue import Balance, balance_of, read_revenue
from tests.factories import make_invoice, make_offer, make_study
from tests.pages import words

YEAR = timezone.localdate().year
FREE = {"charges": [{"type": "flat", "code": "base", "label": "Base", "price": "0"}]}
MODEL = "/gestion/offres/marmule/modele/"
REVENUE = "/gestion/etude/recettes/"


@pytest.fixture
def team(alix: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(alix)


def test_sources_are_those_of_the_course() -> None:
    """002-008: exactly nine kinds."""
    assert [str(kind.label) for kind in RevenueKind] == [
        "cotisation",
        "abonnement",
        "vente de biens ou de produits",
        "vente de services",
        "appel d’offres ou à projets",
        "don",
        "subvention",
        "mécénat",
        "autre",
    ]


def test_model_is_asked_before_the_price(artifaille: Hoster, team: Client) -> None:
    """002-001: a source at least; then the components and the price."""
    offer = make_offer(artifaille, slug="marmule", state="draft")
    refused = team.post(MODEL, {"planned_clients": "3"})
    assert refused.status_code == 422 and "Cochez au moins une source" in words(refused)
    kept = {"lives_on": ["subscription", "subsidy"], "planned_clients": "3", "action": "next"}
    assert team.post(MODEL, kept).url.endswith("/marmule/composants/")
    assert OfferStudy.objects.get(offer=offer).lives_on == ["subscription", "subsidy"]
    assert "Son tarif fait payer aujourd’hui : des abonnements" in words(team.get(MODEL))


@pytest.mark.parametrize(("told", "paid"), [(["subsidy"], True), (["subscription"], False)])
def test_free_offer_lives_on_money_that_no_tariff_asks_for(
    artifaille: Hoster, told: list[str], paid: bool
) -> None:
    """002-001: a subsidy pays for a free offer; a subscription that nobody is asked for does not."""
    offer = make_offer(artifaille, slug="marmule", state="draft", tariff=FREE)
    OfferStudy.objects.create(offer=offer, lives_on=told)
    found = [each.text for each in readiness(Offer.objects.get(pk=offer.pk)).obstacles]
    assert any("Rien ne fait vivre" in text for text in found) != paid


@pytest.mark.parametrize(
    ("revenue", "label"), [(99_999, "deficit"), (100_000, "viable"), (100_001, "profitable")]
)
def test_balance_of_a_year_has_the_words_of_the_course(revenue: int, label: str) -> None:
    """002-006: 100 000 against 100 000 is viable."""
    assert balance_of(Decimal(revenue), Decimal(100_000)) == Balance(label)


def test_year_mixes_sources_as_the_course_does(artifaille: Hoster, team: Client) -> None:
    """002-009: 60 % of sales and 40 % of subsidies, of 100 000."""
    for kind, planned, received in (("goods", "60 000", ""), ("subsidy", "40000,00", "10000")):
        form = {"kind": kind, "label": "", "planned": planned, "received": received or "0", "year": str(YEAR)}
        sent = form | {"key": str(uuid4())}
        assert team.post(REVENUE, sent).status_code == 302
        assert team.post(REVENUE, sent).status_code == 302  # sent twice, noted once
    plan = read_revenue(artifaille, year=YEAR)
    shares = {each.label: each.planned_share for each in plan.sources if each.planned}
    assert shares == {"vente de biens ou de produits": 60, "subvention": 40}
    assert (plan.planned, plan.received, plan.costs) == (100_000, 10_000, 0)
    read = words(team.get(REVENUE))
    assert "rentable" in read and "40 000,00 €" in read
    assert "40 000,00 €" not in words(team.get(f"{REVENUE}?annee={YEAR - 1}"))


def test_shares_of_a_year_add_up(artifaille: Hoster) -> None:
    """002-009: three thirds are 34, 33 and 33, as a bill shares out its cents."""
    for kind in ("goods", "gift", "subsidy"):
        RevenueSource.objects.create(hoster=artifaille, year=YEAR, kind=kind, planned=1000, received=1)
    shares = [
        (each.planned_share, each.received_share) for each in read_revenue(artifaille, year=YEAR).sources
    ]
    assert [each for each in shares if any(each)] == [(34, 34), (33, 33), (33, 33)]


def test_what_invoices_brought_is_counted_by_source(artifaille: Hoster, alix: User) -> None:
    """002-010, 002-005: half of a first invoice paid is half of each of its lines, without VAT."""
    invoice = make_invoice(make_offer(artifaille))
    Payment.objects.create(
        invoice=invoice,
        amount=invoice.gross / 2,
        received_on=timezone.localdate(),
        key=uuid4(),
        recorded_by=alix,
    )
    found = receipts_of(artifaille, YEAR)
    assert "subscription" in found and "membership" not in found  # fees have a document of their own
    assert abs(sum(found.values()) - invoice.net / 2) <= Decimal("0.02")
    assert receipts_of(artifaille, YEAR - 1) == {}


def test_costs_of_the_year_stand_beside_its_revenue(artifaille: Hoster) -> None:
    """002-006: 600,00 € fixed and 30,00 € for each of ten clients, with nothing planned to pay them."""
    make_study(make_offer(artifaille, slug="marmule"))
    plan = read_revenue(artifaille, year=YEAR)
    assert (plan.costs, plan.left, plan.balance) == (900, -900, Balance.DEFICIT)


def test_sources_of_another_hoster_are_not_ours(artifaille: Hoster, other: Hoster, team: Client) -> None:
    RevenueSource.objects.create(hoster=other, year=YEAR, kind="gift", label="Un secret", planned=10)
    assert "Un secret" not in words(team.get(REVENUE))
