"""Several querysets read in one query hold what each would have read alone (issue 7: few queries a page)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Count, Exists, F, OuterRef
from django.forms import model_to_dict

from billing.models import Invoice, InvoiceLine, Quote
from crm.models import Organization, Request
from hosters.models import Hoster, User
from hosters.together import counts, together
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote

Sets = Callable[[], list[Any]]


@pytest.fixture
def busy(artifaille: Hoster, alix: User) -> Hoster:
    offer = make_offer(artifaille)
    make_invoice(offer)
    make_invoice(offer)
    make_acceptance(make_quote(offer))
    Organization.objects.update(name="Sol + 'ère' 100 % \"\\é😀")
    return artifaille


def sets() -> list[Any]:
    """Dates, times, amounts, JSON, keys, booleans, null, wide joins, annotations, slices, orders, values, nothing."""
    lines = InvoiceLine.objects.filter(invoice=OuterRef("pk"), label__contains="%")
    return [
        Invoice.objects.with_paid().select_related("organization__hoster", "document", "quote__contact")[:2],
        Quote.objects.order_by("-pk").annotate(has=Exists(lines), twice=F("first_year_gross") * 2),
        Request.objects.order_by("-created_at", "-pk")[1:3],
        Organization.objects.order_by().values_list("stage").annotate(Count("pk")),
        Organization.objects.values_list("name", flat=True).order_by("-pk"),
        Organization.objects.filter(pk__in=[]),
        Organization.objects.none(),
        Invoice.objects.prefetch_related("lines").order_by("pk").only("number", "seller"),
        Invoice.objects.order_by("quote__number").values_list("organization__name", "gross").distinct(),
    ]


def told(row: Any) -> Any:
    return {**model_to_dict(row), **vars(row)} if hasattr(row, "pk") else row


def _plain(rows: Any) -> list[Any]:
    hidden = {"_state", "_prefetched_objects_cache"}
    return [
        {key: value for key, value in told(row).items() if key not in hidden} if hasattr(row, "pk") else row
        for row in rows
    ]


def test_rows_are_those_that_each_would_read_alone(busy: Hoster) -> None:
    alone, at_once = [list(each) for each in sets()], sets()
    together(*at_once)
    for mine, theirs in zip(at_once, alone, strict=True):
        assert _plain(mine) == _plain(theirs)
        assert repr(_plain(mine)) == repr(_plain(theirs))  # types and digits too


def test_one_query_then_none(busy: Hoster, django_assert_num_queries: Any) -> None:
    at_once = sets()
    with django_assert_num_queries(2):  # one for all, one for what is prefetched
        together(*at_once)
    with django_assert_num_queries(0):
        assert at_once[0][0].organization.hoster.name == busy.name
        assert len(at_once[7][0].lines.all()) > 1
        together(*at_once)


def test_queryset_made_from_a_filled_one_asks_for_itself(
    busy: Hoster, django_assert_num_queries: Any
) -> None:
    rows = Invoice.objects.order_by("pk")
    together(rows)
    with django_assert_num_queries(1):
        assert rows.filter(pk=rows[0].pk).get() == rows[0]


def test_counts_are_those_of_each(busy: Hoster, django_assert_num_queries: Any) -> None:
    asked = [each for each in sets() if not each.query.is_sliced and not each.query.distinct]
    expected = [len(each) for each in asked]
    with django_assert_num_queries(1):
        assert counts(*(each.all() for each in asked if not each.query.group_by)) == [
            number for each, number in zip(asked, expected, strict=True) if not each.query.group_by
        ]
    with django_assert_num_queries(0):
        assert counts() == []
