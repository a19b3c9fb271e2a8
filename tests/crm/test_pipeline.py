"""Deals: opened and advanced by facts, moved by people, never won by hand (002-197, 004-003, 004-026)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from crm.models import LossReason, Opportunity, Organization, Stage, Step
from crm.opportunities import StepRefused, lose, move_by_hand, open_by_hand
from crm.pipeline import board
from crm.stages import StageRefused, advance_stage, end_contract, set_stage, stages_of
from hosters.models import Hoster, User
from tests.factories import make_acceptance, make_offer, make_quote
from tests.pages import region, words
from tests.relations import make_organization

SignIn = Callable[[User], Client]


@pytest.fixture
def organization(artifaille: Hoster, alix: User) -> Organization:
    return make_organization(artifaille, alix)


def make_deal(organization: Organization, by: User, **fields: Any) -> Opportunity:
    values: dict[str, Any] = {"offer": "Marmule", "yearly_value": Decimal("360.00")}
    deal = Opportunity(hoster=organization.hoster, organization=organization, **values | fields)
    return open_by_hand(opportunity=deal, by=by)


def test_quote_opens_a_deal_and_acceptance_wins_it(artifaille: Hoster) -> None:
    quote = make_quote(make_offer(artifaille))
    deal = Opportunity.objects.get()
    assert (deal.step, deal.offer) == (Step.QUOTE, "Marmule")
    assert deal.yearly_value == Decimal(quote.totals["yearly"]["gross"])
    make_acceptance(quote)
    deal.refresh_from_db()
    assert deal.step == Step.WON
    assert [change.after for change in deal.changes.order_by("pk")] == [Step.NEED, Step.QUOTE, Step.WON]


def test_nobody_wins_by_hand_and_a_won_deal_stays(organization: Organization, alix: User) -> None:
    deal = make_deal(organization, alix)
    with pytest.raises(StepRefused):
        move_by_hand(opportunity=deal, to=Step.WON, by=alix)
    with pytest.raises(StepRefused):
        move_by_hand(opportunity=deal, to=Step.LOST, by=alix)
    Opportunity.objects.update(step=Step.WON)
    with pytest.raises(StepRefused):
        move_by_hand(opportunity=deal, to=Step.NEED, by=alix)


def test_refusal_keeps_its_reason_and_may_stop_writing(organization: Organization, alix: User) -> None:
    deal = make_deal(organization, alix)
    lose(opportunity=deal, reason=LossReason.PRICE, note="Trop cher", leave_alone=True, by=alix)
    deal.refresh_from_db()
    organization.refresh_from_db()
    assert (deal.step, deal.loss_reason, organization.do_not_contact) == (Step.LOST, "price", True)


def test_board_counts_and_adds_up(organization: Organization, other: Hoster, alix: User) -> None:
    for value in ("360.00", "240.50"):
        make_deal(organization, alix, yearly_value=Decimal(value))
    make_deal(make_organization(other, alix), alix, yearly_value=Decimal("9999"))
    [need] = [column for column in board(organization.hoster) if column.step == Step.NEED]
    assert (need.number, need.value, len(need.cards)) == (2, Decimal("600.50"), 2)


def test_card_moves_by_a_post(
    organization: Organization, alix: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    deal = make_deal(organization, alix)
    client = signed_in(alix)
    for wanted, step in (
        ("quote", Step.QUOTE),
        ("won", Step.QUOTE),
        ("nowhere", Step.QUOTE),
        ("need", Step.NEED),
    ):
        client.post(f"/gestion/affaires/{deal.pk}/etape/", {"to": wanted})
        deal.refresh_from_db()
        assert deal.step == step
    with django_assert_max_num_queries(12):
        assert "Les Amis du lavoir" in words(client.get("/gestion/affaires/"))
    with django_assert_max_num_queries(12):
        assert "Les Amis du lavoir" in words(client.get("/gestion/affaires/liste/"))


def test_keyboard_stays_on_the_card_that_it_moves(
    organization: Organization, alix: User, signed_in: SignIn
) -> None:
    """Without script the page comes back to the card; with htmx the focus goes to what has the same id there, at the
    first and the last step too; a refusal is said in the part that is replaced."""
    deal = make_deal(organization, alix)
    client, url = signed_in(alix), f"/gestion/affaires/{deal.pk}/etape/"
    for wanted in ("quote", "board", "signature", "board", "quote", "need"):
        answer = client.post(url, {"to": wanted})
        assert answer["Location"].endswith(f"/gestion/affaires/#affaire-{deal.pk}")
        page = client.get(answer["Location"]).content.decode()
        for kept in (f"affaire-{deal.pk}", f"avancer-{deal.pk}", f"reculer-{deal.pk}"):
            assert page.count(f'id="{kept}"') == 1
    refused = region(client.post(url, {"to": "won"}, follow=True), "contenu")
    assert "ne se décide pas à la main" in words(refused)
    assert 'hx-target="#contenu"' in page


def test_loss_without_a_reason_is_refused(organization: Organization, alix: User, signed_in: SignIn) -> None:
    deal = make_deal(organization, alix)
    client, url = signed_in(alix), f"/gestion/affaires/{deal.pk}/perdue/"
    assert client.post(url, {"note": "x"}).status_code == 422
    client.post(url, {"reason": "vote", "leave_alone": "on"})
    deal.refresh_from_db()
    assert (deal.step, deal.loss_reason) == (Step.LOST, "vote")


class TestStage:
    def test_client_is_never_set_by_hand(self, organization: Organization, alix: User) -> None:
        with pytest.raises(StageRefused):
            set_stage(organization=organization, to=Stage.CLIENT, reason="promis", by=alix)
        advance_stage(organization=organization, to=Stage.CLIENT, evidence="devis accepté")
        with pytest.raises(StageRefused):
            set_stage(organization=organization, to=Stage.CONTACT, reason="erreur", by=alix)

    def test_hand_needs_a_reason_and_keeps_it(self, organization: Organization, alix: User) -> None:
        """004-045: who, why, and nothing lost."""
        with pytest.raises(StageRefused):
            set_stage(organization=organization, to=Stage.INTEREST, reason="  ", by=alix)
        change = set_stage(organization=organization, to=Stage.INTEREST, reason="salon", by=alix)
        assert (change.evidence, change.by) == ("salon", alix)

    def test_page_never_offers_client(
        self, organization: Organization, alix: User, signed_in: SignIn
    ) -> None:
        client, url = signed_in(alix), f"/gestion/organisations/{organization.pk}/etape/"
        assert 'value="client"' not in client.get(url).content.decode()
        assert client.post(url, {"stage": "client", "reason": "x"}).status_code == 422
        client.post(url, {"stage": "interest", "reason": "salon"})
        organization.refresh_from_db()
        assert organization.stage == Stage.INTEREST

    def test_ended_contract_makes_a_former_client_until_the_next(self, organization: Organization) -> None:
        advance_stage(organization=organization, to=Stage.CLIENT, evidence="devis accepté")
        on = organization.created_at.date()
        for _ in range(2):
            end_contract(organization=organization, on=on, evidence="contrat terminé")
        organization.refresh_from_db()
        assert (organization.stage, organization.lapsed_on) == (Stage.CLIENT, on)
        assert organization.stage_changes.filter(evidence="contrat terminé").count() == 1
        advance_stage(organization=organization, to=Stage.CLIENT, evidence="nouveau devis")
        organization.refresh_from_db()
        assert organization.lapsed_on is None

    @pytest.mark.parametrize(
        ("preset", "labels"),
        [("plan", ["Prospect", "Lead", "Client"]), ("article", ["Lead", "Prospect", "Client"])],
    )
    def test_words_and_their_order_are_a_setting(
        self, artifaille: Hoster, preset: str, labels: list[str]
    ) -> None:
        """Contradiction C1: same codes, same rules, other words."""
        artifaille.stage_preset = preset
        assert [label for _code, label in stages_of(artifaille)] == labels
