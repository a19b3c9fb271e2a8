"""A year of a small hoster replayed by its own doors, then every figure recounted by hand.

The hoster charges no VAT here, so that amounts can be followed by heart. Marmule for 12 people and 35 GB: 30 € a
month, 50 € once, 20 € of membership a year; so 100 € the first month.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from billing.figures.dashboard import Board, board_of
from billing.figures.relations import relations_of
from billing.models import Invoice, Quote, QuoteEvent, Satisfaction, Subscription, SupportTime
from billing.payments.recording import record_payment
from billing.quoting.states import Told, move
from billing.quoting.versions import record_refusal
from billing.satisfaction import answer_satisfaction, ask_for_satisfaction
from billing.subscriptions.runs import run_billing
from billing.subscriptions.terminations import Notice, receive_termination
from billing.support import record_time
from crm.models import Contact, Opportunity, Organization, RelationSettings
from crm.organizations import OrganizationDetails, PersonDetails
from funnel.look import Look
from funnel.report import report
from funnel.steps import all_steps
from hosters.models import Hoster, User
from offers.models import Offer
from tests.factories import make_acceptance, make_offer, make_quote
from tests.pages import words

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
At = Callable[[str], None]
SignIn = Callable[[User], Client]


def asks(offer: Offer, name: str, source: str = "") -> Quote:
    """An association asks for Marmule from the public form."""
    person = PersonDetails("Dominique Petit", f"bureau@{name.lower()}.example", notice="…")
    details = OrganizationDetails(name, "3 place du Marché", "69003", "Lyon")
    return make_quote(offer, organization=details, person=person, source=source)


def pays(quote: Quote, by: User, amount: str) -> None:
    invoice = Invoice.objects.filter(subscription__quote=quote, fees=False).order_by("period_start").first()
    assert invoice is not None
    record_payment(
        invoice=invoice,
        amount=Decimal(amount),
        received_on=invoice.issued_on,
        method="transfer",
        reference="",
        key=uuid4(),
        by=by,
    )


@pytest.fixture
def marmule(artifaille: Hoster, at: At) -> Offer:
    at("2025-11-01 10:00+01:00")
    Hoster.objects.filter(pk=artifaille.pk).update(vat_regime="franchise_293b", vat_number="")
    artifaille.refresh_from_db()
    return make_offer(artifaille, slug="marmule")


@pytest.fixture
def played(marmule: Offer, alix: User, at: At) -> Hoster:
    """An old client of 2025; in November 2026 five visitors, four requests, a refusal, two votes; then December."""
    hoster = marmule.hoster
    at("2025-11-20 10:00+01:00")
    make_acceptance(old := asks(marmule, "Ancienne"))
    pays(old, alix, "80")
    at("2026-11-20 10:00+01:00")
    run_billing()
    visits_of_november(at)
    moulin, lavoir = asks(marmule, "Moulin", "flyer-salon"), asks(marmule, "Lavoir")
    radio, _chorale = asks(marmule, "Radio"), asks(marmule, "Chorale")
    at("2026-11-24 10:00+01:00")
    no = Told(name="Ana", reason=QuoteEvent.Reason.PRICE, note="Trop cher.")
    record_refusal(quote=radio, actor=QuoteEvent.Actor.CLIENT, told=no)
    meeting = Told(meeting_on=date(2026, 12, 13))
    move(quote=moulin, act=QuoteEvent.Act.PUT_IN_REVIEW, actor=QuoteEvent.Actor.CLIENT, told=meeting)
    at("2026-11-25 10:00+01:00")
    make_acceptance(lavoir)
    at("2026-12-13 20:00+01:00")
    make_acceptance(moulin)
    at("2026-12-15 10:00+01:00")
    pays(moulin, alix, "80")
    pays(lavoir, alix, "40")
    leaves(hoster, old)
    at("2026-12-16 10:00+01:00")
    return hoster


def visits_of_november(at: At) -> None:
    """Three people, one of whom comes back the next day; one tries a pack."""
    for day, address, page in (
        ("21", "192.0.2.1", "/?via=flyer-salon"),
        ("21", "192.0.2.1", "/offres/marmule/?premier=1&users=6"),
        ("21", "192.0.2.2", "/offres/marmule/"),
        ("22", "192.0.2.1", "/"),
        ("22", "192.0.2.3", "/"),
    ):
        at(f"2026-11-{day} 10:00+01:00")
        Client(headers={"user-agent": "Mozilla/5.0 (Firefox)"}, REMOTE_ADDR=address).get(page)


def leaves(hoster: Hoster, quote: Quote) -> None:
    """The old client writes that it leaves, and its contract ends."""
    notice = Notice("Ancienne", quote.contact.email, quote.number, None, "Nous fermons.", uuid4())
    receive_termination(hoster=hoster, notice=notice)
    Subscription.objects.filter(quote=quote).update(ended_on=date(2026, 12, 15))


def test_funnel_of_the_month_is_recounted_by_hand(played: Hoster) -> None:
    """Four visits (three people, one on two days), two views, one try; four requests of which one was put before the
    board, two accepted, one paid in full. December has no request: its votes count in November."""
    rows = report(Look(played, *NOVEMBER), all_steps())
    counts = {row.code: row.count for row in rows}
    assert counts == {
        "visit": 4,
        "offer": 2,
        "configured": 1,
        "free": 0,
        "upgraded": 0,
        "quoted": 4,
        "sent": 4,
        "review": 1,
        "accepted": 2,
        "paid": 1,
        "renewed": 0,
    }
    by_flyer = {
        row.code: row.count for row in report(Look(played, *NOVEMBER, source="flyer-salon"), all_steps())
    }
    assert (by_flyer["visit"], by_flyer["quoted"], by_flyer["accepted"], by_flyer["paid"]) == (1, 1, 1, 1)
    december = report(Look(played, date(2026, 12, 1), date(2026, 12, 31)), all_steps())
    assert {row.count for row in december} == {0}


def test_client_of_last_year_is_a_renewal_of_its_own_cohort(played: Hoster) -> None:
    rows = report(Look(played, date(2025, 11, 1), date(2025, 11, 30)), all_steps())
    assert {row.code: row.count for row in rows}["renewed"] == 1


@pytest.fixture
def board(played: Hoster) -> Board:
    return board_of(played, today=date(2026, 12, 16))


def test_recurring_revenue_and_its_movement(board: Board) -> None:
    """Two contracts at 30 €; in December one came (Moulin), the old one left; Lavoir came in November."""
    assert (board.recurring, board.clients) == (Decimal(60), 2)
    assert (board.moved.new, board.moved.up, board.moved.down, board.moved.lost) == (30, 0, 0, 30)
    assert [(each.first_day.month, each.recurring) for each in board.months[-3:]] == [
        (10, 30),
        (11, 60),
        (12, 60),
    ]
    assert board.months[-2].moved.new == 30


def test_departures_and_renewals(board: Board) -> None:
    """The only client of a year ago left: 1 of 1. Nobody else has an anniversary in the 90 days."""
    assert (board.left, board.clients_before, board.churn) == (1, 1, Decimal(100))
    assert (board.pending.departures, board.to_renew) == (1, [])


def test_contract_near_its_year_is_to_renew(played: Hoster) -> None:
    board = board_of(played, today=date(2027, 9, 20))
    assert [each.next_anniversary(board.today) for each in board.to_renew] == [
        date(2027, 11, 25),
        date(2027, 12, 13),
    ]
    assert board.to_renew_monthly == Decimal(60)


def test_quotes_to_decide_are_weighted_by_their_state(board: Board) -> None:
    """Chorale only, 430 € its first year (12 × 30 + 50 + 20), sent: 20 %."""
    assert [(each.number, each.amount) for each in board.pending.quotes] == [(1, 430), (0, 0), (0, 0)]
    assert board.pending.pipeline == Decimal(86)


def test_chances_are_those_of_the_hoster(played: Hoster) -> None:
    """004-043: 430 € sent, which this hoster believes accepted one time in two."""
    RelationSettings.objects.create(hoster=played, likely_sent=50)
    assert board_of(played, today=date(2026, 12, 16)).pending.pipeline == Decimal(215)


def test_support_minutes_of_the_month(played: Hoster, alix: User) -> None:
    """45 and 30 minutes in December, 60 in November; one row of December was cancelled."""
    subscription = Subscription.objects.active().earliest("pk")
    for day, minutes in ((date(2026, 12, 1), 45), (date(2026, 12, 15), 30), (date(2026, 11, 30), 60)):
        record_time(
            subscription=subscription, spent_on=day, minutes=minutes, what="Aide", key=uuid4(), by=alix
        )
    wrong = record_time(
        subscription=subscription, spent_on=date(2026, 12, 2), minutes=9, what="Erreur", key=uuid4(), by=alix
    )
    SupportTime.objects.filter(pk=wrong.pk).update(cancelled_at=wrong.created_at)
    assert board_of(played, today=date(2026, 12, 16)).pending.support_minutes == 75


def test_what_is_left_to_receive_by_age(played: Hoster) -> None:
    """40 € of Lavoir's first invoice, the first membership of the three clients (20 €) and, of the old one, the eleven
    months (30 €) and the second year (50 € on two documents) that were issued on 20 November 2026."""
    board = board_of(played, today=date(2026, 12, 16))
    assert board.unpaid_total == Decimal(40 + 3 * 20 + 11 * 30 + 50)
    assert [age.number for age in board.unpaid] == [16, 0, 0, 1]
    later = board_of(played, today=date(2027, 1, 10))
    assert later.unpaid_total == board.unpaid_total
    assert sum(age.number for age in later.unpaid[1:]) == 16  # Moulin may still pay in time


def test_sales_by_month_and_by_kind(board: Board) -> None:
    """004-041. November: the old client’s twelve late invoices (11 × 30 + 50, its second year begins that day), Lavoir;
    December: Moulin. Memberships 20 € each time, work 50 € for the two new ones."""
    november, december = board.sales.months[-2:]
    assert (november.total, december.total) == (Decimal(380 + 100), Decimal(100))
    assert (november.new, november.older) == (Decimal(100), Decimal(380))
    assert [kind.amount for kind in board.sales.kinds] == [100, 0, 12 * 30 + 60, 0, 60]
    assert [kind.share for kind in board.sales.kinds] == [17, 0, 72, 0, 10]


def test_satisfaction_is_asked_once_and_scored(played: Hoster, at: At) -> None:
    """004-033, 004-034: three months after the first invoice. The old client is gone; Lavoir gives 10, Moulin 6."""
    assert ask_for_satisfaction(today=date(2027, 2, 24)) == 0
    assert ask_for_satisfaction(today=date(2027, 3, 14)) == 2
    assert ask_for_satisfaction(today=date(2027, 3, 15)) == 0
    for row, score in zip(Satisfaction.objects.order_by("subscription__started_on"), (10, 6), strict=True):
        answer_satisfaction(row=row, score=score, comment="")
    told = board_of(played, today=date(2027, 3, 15)).pending.recommendation
    assert (told.asked, told.answers, told.promoters, told.detractors, told.score) == (2, 2, 1, 1, 0)


def test_other_hoster_sees_none_of_it(played: Hoster, other: Hoster) -> None:
    board = board_of(other, today=date(2026, 12, 16))
    assert (board.recurring, board.clients, board.unpaid_total) == (0, 0, 0)
    assert (board.pending.pipeline, board.pending.departures) == (0, 0)
    assert {month.total for month in board.sales.months} == {0}


def test_what_a_relation_brings(played: Hoster) -> None:
    """001-012, 003-005: Lavoir 21 days, Moulin 3, the old one from 20 November 2025 to 15 December 2026, 390 days: 414
    days for three, 4.5 months each; 30 € a month. One contract is a year old, and went on after its anniversary."""
    told = relations_of(played, today=date(2026, 12, 16))
    assert (told.lifetime.clients, told.lifetime.relations, told.lifetime.monthly) == (2, 3, Decimal(30))
    assert (told.lifetime.months, told.lifetime.value) == (Decimal("4.5"), Decimal(135))
    assert (told.renewed.part, told.renewed.whole) == (1, 1)


def test_portfolio_renews_itself(played: Hoster, alix: User) -> None:
    """004-038: the old one came a year ago, the four others in November; of their deals, Radio's is lost, Moulin's and
    Lavoir's are won, Chorale's 24 days old. One of 360 € was opened 95 days before."""
    told = relations_of(played, today=date(2026, 12, 16))
    assert [number for _month, number in told.arrivals] == [0] * 10 + [4, 0]
    assert (told.arrivals[0][0], told.arrivals[-1][0]) == (date(2026, 1, 1), date(2026, 12, 1))
    chorale = Organization.objects.get(name="Chorale")
    Opportunity.objects.create(
        hoster=played, organization=chorale, offer="Formation", yearly_value=Decimal(360)
    )
    Opportunity.objects.filter(offer="Formation").update(created_at=datetime(2026, 9, 12, 12, tzinfo=UTC))
    told = relations_of(played, today=date(2026, 12, 16))
    assert [(age.number, age.value) for age in told.ages] == [(1, 380), (0, 0), (1, 360), (0, 0)]


def test_how_a_sale_goes(played: Hoster, alix: User) -> None:
    """004-023, 004-031, 004-040: all four asked on the 22nd; Lavoir said yes on the 25th, Moulin on
    13 December. Nobody was qualified, then Radio is; Lavoir was recommended: 100 of the 580 € of the twelve months."""
    told = relations_of(played, today=date(2026, 12, 16))
    assert (told.cycle.number, told.cycle.average, told.cycle.middle) == (2, Decimal(12), Decimal(12))
    assert (told.unqualified.part, told.unqualified.whole) == (4, 4)
    assert told.referred.percent == 0
    radio, lavoir = (Quote.objects.get(organization__name=name) for name in ("Radio", "Lavoir"))
    Organization.objects.filter(pk=radio.organization_id).update(qualified=True)
    Contact.objects.filter(pk=lavoir.contact_id).update(referred_by=radio.organization)
    told = relations_of(played, today=date(2026, 12, 16))
    assert told.unqualified.percent == 75
    assert (told.referred.part, told.referred.whole) == (100, 580)
    assert told.referred.percent == Decimal("17.2")


def test_every_figure_of_the_pages_is_that_of_the_facts(
    played: Hoster, alix: User, signed_in: SignIn
) -> None:
    """What staff read on 16 December, from the list of facts above and nothing else: 480 € are left on seventeen
    documents, 20 € of them since 2025. Asked on the 22nd: three days until one yes, twenty-one until the other."""
    client = signed_in(alix)
    read = words(client.get(reverse("staff:figures")))
    for said in (
        "60,00 € de revenu récurrent par mois, HT",
        "86,00 € attendus des devis à décider",
        "480,00 € restent à recevoir, TTC",
        "0 contrats à leur année sous 90 jours",
        "2 structures sous contrat",
        "30,00 € nouveaux, 0,00 € en plus, 0,00 € en moins, 30,00 € perdus, soit 0,00 €.",
        "Le plus haut : 60,00 € en décembre 2026.",
        "Octobre 2026 30,00 € 0,00 € 0,00 € 0,00 € 0,00 €",
        "Novembre 2026 60,00 € 30,00 € 0,00 € 0,00 € 0,00 €",
        "Décembre 2026 60,00 € 30,00 € 0,00 € 0,00 € 30,00 €",
        "Envoyé 1 430,00 € 20 % 86,00 €",
        "Vu 0 0,00 € 30 % 0,00 €",
        "Devant le conseil 0 0,00 € 60 % 0,00 €",
        "Le plus haut : 480,00 € en novembre 2026.",
        "Novembre 2026 100,00 € 380,00 € 480,00 €",
        "Décembre 2026 100,00 € 0,00 € 100,00 €",
        "Pas encore due 16 460,00 €",
        "1 à 30 jours 0 0,00 €",
        "31 à 90 jours 0 0,00 €",
        "Plus de 90 jours 1 20,00 €",
        "100 % parties depuis un an 1 sur 1 structure",
        "1 départs demandés en un an",
        "0,00 € par mois à reconduire sous 90 jours",
        "0 min d’accompagnement ce mois-ci",
        "– score de recommandation 0 réponse sur 0 question",
        "visites 4 offre vue 2 50 % de l’étape d’avant pack configuré 1 50 % de l’étape d’avant",
        "devis demandé 4 100 % de « visites » devis envoyé 4 100 % de l’étape d’avant",
        "devis accepté 2 50 % de l’étape d’avant première facture payée 1 50 % de l’étape d’avant",
        "reconduit après un an 0",
    ):
        assert said in read, said
    read = words(client.get(reverse("staff:dashboard")))
    for said in (
        "0 Prospect 2 Lead 3 Client",
        "1 en attente d’un vote",
        "480,00 € à recevoir, sur 17 factures",
    ):
        assert said in read, said
    read = words(client.get(reverse("staff:funnel"), {"since": "2026-11-01", "until": "2026-11-30"}))
    for said in (
        "Visites 4 100 % – – – –",
        "Offre vue 2 50 % 50 % visites 2 sur 4 : entre 15 % et 85 % –",
        "Devis accepté 2 50 % 50 % devis envoyé 2 sur 4 : entre 15 % et 85 % 12 jours",
        "Première facture payée 1 25 % 50 % devis accepté 1 sur 2 : entre 9 % et 91 % 0 jour",
        "Reconduit après un an 0 – – première facture payée trop tôt pour un taux",
    ):
        assert said in read, said
