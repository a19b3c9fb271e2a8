"""The text of a plain query is written once, whatever its values; of every other query Django writes it (issue 7)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from billing.models import Invoice, Quote
from config.databases import remembering
from crm.models import Contact, Organization
from hosters.models import Hoster
from tests.factories import make_invoice, make_offer

Rows = Callable[[Any], "QuerySet[Any]"]
PLAIN: dict[str, Rows] = {
    "filtered": lambda pk: Invoice.objects.filter(organization=pk),
    "joined": lambda pk: Invoice.objects.filter(organization__hoster=pk).select_related("quote__offer"),
    "in a list": lambda pk: Contact.objects.filter(pk__in=[pk, pk + 1]),
    "ordered and cut": lambda pk: Quote.objects.filter(pk__gt=pk).order_by("-number")[2:5],
    "few columns": lambda pk: Quote.objects.filter(pk=pk).only("number"),
    "distinct": lambda pk: Organization.objects.filter(contacts__pk__gt=pk).distinct(),
}
#: The query inside of them is written each time.
AROUND: dict[str, Rows] = {
    "there or not": lambda pk: Organization.objects.filter(
        Exists(Contact.objects.filter(organization=OuterRef("pk")))
    ),
    "excluded": lambda pk: Organization.objects.exclude(contacts__pk=pk),
    "of another query": lambda pk: Contact.objects.filter(
        organization__in=Organization.objects.filter(pk=pk)
    ),
}
OTHER: dict[str, Rows] = {
    "locked": lambda pk: Quote.objects.filter(pk=pk).select_for_update(),
    "values": lambda pk: Quote.objects.filter(pk=pk).values("number"),
    "worked out": lambda pk: Quote.objects.filter(pk=pk).annotate(twice=F("first_year_gross") * 2),
    "summed": lambda pk: Quote.objects.filter(pk=pk).values("hoster").annotate(Count("pk")),
    "ordered by a value": lambda pk: Quote.objects.filter(pk=pk).order_by(F("number").asc(nulls_last=True)),
    "either": lambda pk: Quote.objects.filter(pk=pk).union(Quote.objects.filter(pk=0)),
}


@pytest.fixture
def written(artifaille: Hoster, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The models of the queries that Django writes."""
    make_invoice(make_offer(artifaille))
    remembering._texts.clear()
    written: list[str] = []
    usual = SQLCompiler.pre_sql_setup

    def pre_sql_setup(self: SQLCompiler, *args: Any, **options: Any) -> Any:
        written.append(str(self.query.model))
        return usual(self, *args, **options)

    monkeypatch.setattr(SQLCompiler, "pre_sql_setup", pre_sql_setup)
    monkeypatch.setattr(remembering.Remembering, "as_sql", remembering_alone)
    return written


remembering_alone = remembering.Remembering.as_sql


@pytest.mark.parametrize("rows", PLAIN.values(), ids=PLAIN)
def test_plain_query_is_written_once(written: list[str], rows: Rows) -> None:
    first = list(rows(1))
    number = len(written)
    assert list(rows(1)) == first
    list(rows(2))
    assert number and len(written) == number


@pytest.mark.parametrize("rows", AROUND.values(), ids=AROUND)
def test_what_is_around_another_query_is_written_once(written: list[str], rows: Rows) -> None:
    first = list(rows(1))
    number = len(written)
    assert list(rows(1)) == first
    assert len(written) == number + 1


@pytest.mark.parametrize("rows", OTHER.values(), ids=OTHER)
def test_every_other_is_written_each_time(written: list[str], rows: Rows) -> None:
    with transaction.atomic():
        list(rows(1))
        number = len(written)
        list(rows(1))
    assert len(written) == 2 * number


def test_values_and_joined_rows_are_those_asked_for(written: list[str], artifaille: Hoster) -> None:
    make_invoice(make_offer(artifaille, slug="autre"))
    for invoice in Invoice.objects.all():
        read = Invoice.objects.select_related("organization__hoster", "quote").get(pk=invoice.pk)
        assert (read.number, read.organization_id) == (invoice.number, invoice.organization_id)
        assert vars(read.organization.hoster) | {"_state": None} == vars(artifaille) | {"_state": None}
        assert read.quote is None or read.quote.pk == invoice.quote_id


def test_texts_do_not_pile_up(written: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "MOST", 3)
    for length in range(1, 9):
        list(Contact.objects.filter(pk__in=range(length)))
        assert len(remembering._texts) <= 3
    assert connection.vendor in next(iter(remembering._texts))
