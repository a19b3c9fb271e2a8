"""Numbers without gap nor double: one row per series, given back when the transaction fails."""

import re
from datetime import date

import pytest
from django.db import transaction
from django_scopes import scope

from billing.models import NumberSeries
from billing.numbering import take_number
from hosters.models import Hoster

QUOTE, INVOICE = NumberSeries.Kind.QUOTE, NumberSeries.Kind.INVOICE
DAY = date(2026, 11, 22)


def test_numbers_follow_each_other(artifaille: Hoster) -> None:
    taken = [take_number(hoster=artifaille, kind=INVOICE, on=DAY) for _ in range(3)]
    assert taken == ["F-2026-0001", "F-2026-0002", "F-2026-0003"]


def test_rollback_gives_the_number_back(artifaille: Hoster) -> None:
    """CARD-009."""
    take_number(hoster=artifaille, kind=INVOICE, on=DAY)
    with pytest.raises(RuntimeError), transaction.atomic():
        take_number(hoster=artifaille, kind=INVOICE, on=DAY)
        raise RuntimeError
    assert take_number(hoster=artifaille, kind=INVOICE, on=DAY) == "F-2026-0002"


def test_first_number_of_a_series_is_given_back_too(artifaille: Hoster) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        take_number(hoster=artifaille, kind=QUOTE, on=DAY)
        raise RuntimeError
    assert take_number(hoster=artifaille, kind=QUOTE, on=DAY) == "D-2026-0001"


def test_series_ignore_each_other(artifaille: Hoster, other: Hoster) -> None:
    assert take_number(hoster=artifaille, kind=INVOICE, on=DAY) == "F-2026-0001"
    assert take_number(hoster=artifaille, kind=QUOTE, on=DAY) == "D-2026-0001"
    assert take_number(hoster=artifaille, kind=INVOICE, on=date(2027, 1, 1)) == "F-2027-0001"
    with scope(hoster=other):
        assert take_number(hoster=other, kind=INVOICE, on=DAY) == "F-2026-0001"


def test_prefix_is_the_hosters(artifaille: Hoster) -> None:
    artifaille.invoice_prefix = "ART"
    assert take_number(hoster=artifaille, kind=INVOICE, on=DAY) == "ART-2026-0001"


def test_number_beyond_9999_grows(artifaille: Hoster) -> None:
    take_number(hoster=artifaille, kind=INVOICE, on=DAY)
    NumberSeries.objects.update(next_number=10_000)
    assert take_number(hoster=artifaille, kind=INVOICE, on=DAY) == "F-2026-10000"


@pytest.mark.django_db(transaction=True)
def test_number_is_only_taken_in_the_issuing_transaction() -> None:
    with pytest.raises(AssertionError, match="issuing transaction"):
        take_number(hoster=Hoster(), kind=INVOICE, on=DAY)


@pytest.mark.parametrize("kind", NumberSeries.Kind)
def test_numbers_are_what_platforms_take(artifaille: Hoster, kind: NumberSeries.Kind) -> None:
    """NUM-02 (BR-FR-01, BR-FR-02): the longest prefix, the year and a number beyond 9999 still fit."""
    artifaille.quote_prefix, artifaille.invoice_prefix = "ABCDEFGH", "ABCDEFG2"
    NumberSeries.objects.create(hoster=artifaille, kind=kind, year=2026, next_number=1234567)
    number = take_number(hoster=artifaille, kind=kind, on=DAY)
    assert re.fullmatch(r"[A-Za-z0-9+\-_/]{1,35}", number) and number.endswith("-2026-1234567")
