"""The funnel: each rate has its base, cohorts follow the request, and nothing is divided by zero."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from billing.models import QuoteEvent
from billing.payments.recording import record_payment
from billing.quoting.states import Told, move
from crm.organizations import OrganizationDetails, PersonDetails
from funnel.comparison import compared
from funnel.hand_counts import record_hand_count
from funnel.intervals import rate, told, wilson
from funnel.look import Look
from funnel.models import StepCount
from funnel.report import Row, base_of, blocked_step, funnel_report, report
from funnel.steps import all_steps, steps_of, usual_steps
from hosters.models import Hoster, User
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote

DAY = date(2026, 11, 22)
IDIR = PersonDetails("Idir Saïdi", "idir@moulin.example", notice="…")
EIGHT = ["visit", "offer", "configured", "quoted", "sent", "accepted", "paid", "renewed"]


def counts(rows: list[Row]) -> list[int]:
    return [row.count for row in rows]


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 1, "100.0"), (0, 5, "0.0"), (3, 2, "150.0"), (1, 2000, "0.1")],
)
def test_rate_has_one_decimal(part: int, whole: int, percent: str) -> None:
    assert rate(part, whole) == Decimal(percent)


def test_rate_of_nothing_is_no_rate() -> None:
    assert rate(3, 0) is None


@pytest.mark.parametrize(
    ("part", "whole", "interval"),
    [
        (3, 100, (1, 8)),
        (0, 10, (0, 28)),
        (10, 10, (72, 100)),
        (500, 1000, (47, 53)),
        (3, 2, None),
        (0, 0, None),
    ],
)
def test_interval_is_that_of_wilson(part: int, whole: int, interval: tuple[int, int] | None) -> None:
    assert wilson(part, whole) == interval


def test_small_numbers_are_told_with_their_interval() -> None:
    assert told(3, 100).replace("\u00a0", " ") == "3 sur 100 : entre 1 % et 8 %"
    assert told(500, 1000).replace("\u202f", " ") == "500 sur 1 000"


def test_steps_follow_the_journey() -> None:
    assert [step.code for step in usual_steps()] == EIGHT
    assert [step.code for step in all_steps()] == [
        *EIGHT[:3],
        "free",
        "upgraded",
        *EIGHT[3:5],
        "review",
        *EIGHT[5:],
    ]


def test_empty_funnel_has_no_rate(artifaille: Hoster) -> None:
    rows = funnel_report(artifaille, since=DAY, until=DAY)
    assert counts(rows) == [0] * 8
    assert all(row.of_first is None and row.of_previous is None and row.days is None for row in rows)


def test_hundred_visits_ten_free_three_paying(artifaille: Hoster, alix: User) -> None:
    """002-204, FUN-01, C15: 10 %, 3 % of the visits, 30 % from step to step; two of the three written by hand."""
    for step, number in (("visit", 100), ("free", 10)):
        record_hand_count(
            hoster=artifaille, day=DAY, step=step, source="", count=number, note="", key=uuid4(), by=alix
        )
    StepCount.objects.create(hoster=artifaille, day=DAY, step="configured", count=3)
    rows = report(Look(artifaille, DAY, DAY), steps_of(["visit", "free", "configured"]))
    assert counts(rows) == [100, 10, 3]
    assert [row.of_first for row in rows] == [Decimal(100), Decimal(10), Decimal(3)]
    assert [row.of_previous for row in rows] == [None, Decimal(10), Decimal(30)]


@pytest.mark.parametrize(
    ("counts", "bases"),
    [
        ([100, 10, 3], [0, 1]),
        ([100, 10, 0], [0, 1]),
        ([296, 19, 2, 8], [0, 1, 1]),  # two went before a board, eight were accepted: of the nineteen
        ([19, 8, 1, 2], [0, 1, 1]),
        ([0, 5], [0]),  # nobody before: counted elsewhere
    ],
)
def test_rate_is_of_a_step_that_as_many_took(counts: list[int], bases: list[int]) -> None:
    """A base is named with each rate (contradiction C15); 400 % of a step that many do without would say nothing."""
    assert [base_of(counts, place) for place in range(1, len(counts))] == bases


def step(code: str, count: int, base: int, **told: bool) -> Row:
    return Row(code, code, count, None, None, 0, base_count=base, **told)


@pytest.mark.parametrize(
    ("rows", "blocked"),
    [
        ([step("visit", 100, 0), step("free", 10, 100), step("paid", 0, 10)], "paid"),  # FUN-02: 100, 10, 0
        ([step("visit", 100, 0), step("free", 10, 100), step("paid", 3, 10)], ""),  # FUN-01: 100, 10, 3
        ([step("visit", 0, 0), step("free", 0, 0), step("paid", 0, 0)], ""),  # FUN-03: nobody came
        ([step("visit", 9, 0), step("paid", 0, 9)], ""),  # nine people prove nothing
        ([step("sent", 12, 0), step("review", 0, 12, optional=True), step("accepted", 5, 12)], ""),
        ([step("sent", 12, 0), step("review", 0, 12, optional=True), step("accepted", 0, 12)], "accepted"),
        ([step("visit", 100, 0), step("free", 0, 100, optional=True)], "free"),
        ([step("paid", 12, 0), step("renewed", 0, 12, early=True)], ""),  # nobody had a year yet
        ([step("paid", 12, 0), step("renewed", 0, 12)], "renewed"),
    ],
)
def test_002_205_alarm_is_for_a_step_that_people_could_take(rows: list[Row], blocked: str) -> None:
    found = blocked_step(rows)
    assert (found.code if found else "") == blocked


def test_base_is_never_an_optional_step_that_nobody_took(artifaille: Hoster) -> None:
    """A hundred visits, no free plan, none accepted: 0 of the hundred, not 0 of no free user."""
    StepCount.objects.create(hoster=artifaille, day=DAY, step="visit", count=100)
    rows = report(Look(artifaille, DAY, DAY), steps_of(["visit", "free", "accepted"]))
    assert [(row.base, row.base_count) for row in rows[1:]] == [("visites", 100), ("visites", 100)]


def test_rate_of_those_who_stay_waits_for_the_year(artifaille: Hoster, at: Callable[[str], None]) -> None:
    """Nobody can have stayed a year after three weeks: the number is shown, the rate is not."""
    at("2026-11-22 12:00+01:00")
    make_acceptance(make_quote(make_offer(artifaille)))
    at("2026-12-13 12:00+01:00")
    look, steps = Look(artifaille, DAY, DAY), steps_of(["accepted", "renewed"])
    renewed = report(look, steps)[1]
    assert (renewed.count, renewed.of_previous, renewed.of_first, renewed.rate) == (0, None, None, "")
    assert renewed.told.startswith("trop tôt pour un taux")
    at("2027-11-22 12:00+01:00")
    renewed = report(look, steps)[1]
    assert (renewed.early, renewed.of_previous) == (False, Decimal(0))


def test_whoever_was_counted_has_a_bar(artifaille: Hoster) -> None:
    for code, count in (("visit", 900), ("offer", 2)):
        StepCount.objects.create(hoster=artifaille, day=DAY, step=code, count=count)
    rows = report(Look(artifaille, DAY, DAY), steps_of(["visit", "offer", "configured"]))
    assert [row.share for row in rows] == [100, 1, 0]


def test_bar_names_its_base_when_it_is_not_the_step_before(artifaille: Hoster) -> None:
    quote = make_quote(make_offer(artifaille))
    make_acceptance(quote)
    rows = report(
        Look(artifaille, quote.issued_on, quote.issued_on), steps_of(["sent", "review", "accepted"])
    )
    assert [row.rate for row in rows] == ["", "0\xa0% de l’étape d’avant", "100\xa0% de « devis envoyé »"]


def test_documents_tell_the_last_steps(artifaille: Hoster, alix: User, at: Callable[[str], None]) -> None:
    """Two quotes asked, one accepted later, its first invoice paid in two times."""
    at("2026-11-22 12:00+01:00")
    StepCount.objects.create(hoster=artifaille, day=DAY, step="visit", count=4)
    offer = make_offer(artifaille)
    make_quote(offer)
    invoice = make_invoice(offer)
    values = {"received_on": DAY, "method": "transfer", "reference": "", "by": alix}
    record_payment(invoice=invoice, amount=Decimal(60), key=uuid4(), **values)  # type: ignore[arg-type]
    assert counts(funnel_report(artifaille, since=DAY, until=DAY)) == [4, 0, 0, 2, 2, 1, 0, 0]
    record_payment(invoice=invoice, amount=Decimal(40), key=uuid4(), **values)  # type: ignore[arg-type]
    rows = funnel_report(artifaille, since=DAY, until=DAY)
    assert counts(rows) == [4, 0, 0, 2, 2, 1, 1, 0]
    assert [row.of_first for row in rows][3:7] == [Decimal(50), Decimal(50), Decimal(25), Decimal(25)]


def test_vote_three_weeks_later_counts_with_its_request(
    artifaille: Hoster, at: Callable[[str], None]
) -> None:
    at("2026-11-22 12:00+01:00")
    quote = make_quote(make_offer(artifaille))
    at("2026-11-25 12:00+01:00")
    meeting = Told(meeting_on=date(2026, 12, 13))
    move(quote=quote, act=QuoteEvent.Act.PUT_IN_REVIEW, actor=QuoteEvent.Actor.CLIENT, told=meeting)
    at("2026-12-13 20:30+01:00")
    make_acceptance(quote)
    steps = steps_of(["quoted", "sent", "review", "accepted"])
    rows = report(Look(artifaille, DAY, DAY), steps)
    assert counts(rows) == [1, 1, 1, 1]
    assert [row.days for row in rows] == [None, Decimal(0), Decimal(3), Decimal(18)]
    of_december = Look(artifaille, date(2026, 12, 1), date(2026, 12, 31))
    assert counts(report(of_december, steps)) == [0, 0, 0, 0]


def test_filters_keep_one_offer_one_source_one_public(artifaille: Hoster, at: Callable[[str], None]) -> None:
    """CARD-006."""
    at("2026-11-22 12:00+01:00")
    make_quote(make_offer(artifaille, slug="tom"), source="salon")
    lavoir = OrganizationDetails("Le Moulin", "3 place du Marché", "69003", "Lyon")
    make_quote(make_offer(artifaille, slug="ulysse"), organization=lavoir, person=IDIR)
    for offer, source in (("tom", "salon"), ("ulysse", "")):
        StepCount.objects.create(
            hoster=artifaille, day=DAY, step="offer", offer=offer, source=source, count=5
        )
    steps = usual_steps()
    rows = report(Look(artifaille, DAY, DAY, offer="tom"), steps)
    assert [(row.code, row.count) for row in rows][:3] == [("offer", 5), ("configured", 0), ("quoted", 1)]
    assert counts(report(Look(artifaille, DAY, DAY, source="salon"), steps))[:4] == [0, 5, 0, 1]
    by_public = report(Look(artifaille, DAY, DAY, segment="association"), steps)
    assert [row.code for row in by_public] == EIGHT[3:]
    assert report(Look(artifaille, DAY, DAY, segment="association"), steps_of(["visit", "offer"])) == []


def test_periods_are_compared_step_by_step(artifaille: Hoster) -> None:
    """004-014."""
    for day, visits, seen in ((DAY, 200, 120), (date(2026, 11, 21), 200, 40)):
        StepCount.objects.create(hoster=artifaille, day=day, step="visit", count=visits)
        StepCount.objects.create(hoster=artifaille, day=day, step="offer", count=seen)
    look, steps = Look(artifaille, DAY, DAY), steps_of(["visit", "offer"])
    both = compared(report(look, steps), report(look.before(), steps))
    assert (both[1].points, both[1].sure) == (Decimal(40), True)
    assert (both[0].points, both[0].sure) == (None, False)


def test_other_days_and_other_hosters_are_not_counted(
    artifaille: Hoster, other: Hoster, at: Callable[[str], None]
) -> None:
    at("2026-11-21 12:00+01:00")
    make_acceptance(make_quote(make_offer(artifaille)))
    at("2026-11-22 12:00+01:00")
    make_quote(make_offer(other))
    assert counts(funnel_report(artifaille, since=DAY, until=DAY)) == [0] * 8
