"""What the tests of the ledger write, and what they change behind its back."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django_scopes import scope

from billing.immutability.guards import thaw
from billing.ledger.content import columns_of
from billing.ledger.registry import sealed_tables
from billing.models import Invoice, LedgerEntry, LedgerHead, Payment
from billing.payments.recording import record_payment
from crm.organizations import OrganizationDetails, PersonDetails
from offers.models import Offer
from tests.factories import make_file, make_invoice, make_staff


def paid_invoices(offer: Offer, count: int) -> list[Invoice]:
    """Invoices of as many associations, each with its file and a payment of ten euros."""
    by = make_staff(offer.hoster)
    made = []
    for number in range(count):
        organization = OrganizationDetails(f"Lavoir {number}", "3 place du Marché", "69003", "Lyon")
        person = PersonDetails("Dominique Petit", f"d{number}@lavoir.example", role="Trésorière", notice="…")
        invoice = make_invoice(offer, organization=organization, person=person)
        with scope(hoster=offer.hoster):
            make_file(invoice.document)
            record_payment(
                invoice=invoice,
                amount=Decimal(10),
                received_on=date(2026, 11, 22),
                method=Payment.Method.TRANSFER,
                reference="lavoir",
                key=uuid4(),
                by=by,
            )
        made.append(invoice)
    return made


def disarm() -> None:
    """What somebody who owns the database does first: no trigger, no check stands in the way any more."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        thaw()
        for table in (model._meta.db_table for model in covered() if connection.vendor == "postgresql"):
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table]
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def rearm() -> None:
    """A pragma outlives the transaction of a test."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def covered() -> list[type[models.Model]]:
    """Every table of the ledger, parts included, and the ledger itself."""
    tables = [model for table in sealed_tables() for model in (table.model, *(p.model for p in table.parts))]
    return [*tables, LedgerEntry, LedgerHead]


def change(model: type[models.Model], column: str, pk: Any, value: Any) -> Any:
    """Write a cell with plain SQL, as somebody who has the database would. Returns what was there."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE billing_invoice DROP CONSTRAINT IF EXISTS only_corrections_correct")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE "{key}" = %s', [pk])
        before = cursor.fetchone()[0]
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE "{key}" = %s', [value, pk])
    return before


def columns(
    model: type[models.Model], left_out: frozenset[str] = frozenset()
) -> list["models.Field[Any, Any]"]:
    """The columns that the ledger covers, but the key by which the test finds the row."""
    names = {column.name for column in columns_of(model, left_out)}
    return [
        field for field in model._meta.concrete_fields if field.attname in names and not field.primary_key
    ]


def another(field: "models.Field[Any, Any]") -> Any:
    """A value that no row of the tests has, and that the column accepts."""
    match field:
        case models.ForeignKey() | models.OneToOneField():
            return 987_654
        case models.JSONField():
            return '{"name": "autre"}'
        case models.DateTimeField():
            return "2020-01-01 00:00:00+00:00"
        case models.DateField():
            return "2020-01-01"
        case models.BooleanField():
            return True
        case models.UUIDField():
            return uuid4().hex
        case models.IntegerField():
            return 31_999
        case models.DecimalField():
            return "17.01"
        case _:
            return "x" * min(field.max_length or 9, 9)
