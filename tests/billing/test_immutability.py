"""Nothing that was issued is changed, deleted or emptied, even with plain SQL (NUM-04)."""

from typing import Any

import pytest
from django.core.management.commands.migrate import Command as Migrate
from django.db import IntegrityError, connection, transaction

from billing.immutability.guards import freeze, guarded_tables, thaw
from billing.immutability.tables import PARTLY, frozen_tables
from billing.invoicing.credit_notes import issue_credit_note
from billing.management.commands.migrate import Command
from billing.models import (
    Acceptance,
    Document,
    Invoice,
    InvoiceLine,
    LedgerEntry,
    NumberSeries,
    Payment,
    Quote,
    QuoteLine,
)
from crm.erasure import erase_person
from crm.merging import merge, undo
from crm.models import Erasure
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import User
from offers.models import Offer
from tests.billing.test_payments import pay
from tests.factories import make_draft, make_file, make_invoice, make_quote

ISSUED = [Invoice, InvoiceLine, Payment, Acceptance, Quote, QuoteLine, LedgerEntry]


@pytest.fixture
def frozen(db: None) -> None:
    """The guards of a real database; the transaction of the test takes them away again."""
    freeze()


@pytest.fixture
def invoice(frozen: None, marmule: Offer, alix: User) -> Invoice:
    invoice = make_invoice(marmule)
    pay(invoice, "10.00", alix)
    return invoice


def refused(sql: str, *values: object) -> bool:
    """Whether the database refuses, with our words."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert cursor.rowcount > 0
    except IntegrityError as error:
        return "ne change plus" in str(error)
    return False


def test_every_frozen_table_is_guarded(frozen: None) -> None:
    assert guarded_tables() == {table.name for table in frozen_tables()}
    assert len(guarded_tables()) >= len(ISSUED) + len(PARTLY)
    thaw()
    assert guarded_tables() == set()


@pytest.mark.parametrize("model", ISSUED, ids=lambda model: model.__name__)
def test_table_is_not_emptied_with_plain_sql(model: Any, invoice: Invoice) -> None:
    assert refused(f"DELETE FROM {model._meta.db_table}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing of the test waits for the commit
        assert refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("model", ISSUED, ids=lambda model: model.__name__)
def test_column_is_not_changed_with_plain_sql(model: Any, invoice: Invoice) -> None:
    table = next(each for each in frozen_tables() if each.name == model._meta.db_table)
    assert len(table.columns) >= 5
    for column in table.columns:
        filled = f'SELECT count(*) FROM {table.name} WHERE "{column}" IS NOT NULL'
        with connection.cursor() as cursor:
            cursor.execute(filled)
            (count,) = cursor.fetchone()
        if count and column != "id":
            assert refused(f'UPDATE {table.name} SET "{column}" = NULL') or not_null(table.name, column)


@pytest.mark.parametrize("model", ISSUED, ids=lambda model: model.__name__)
def test_row_is_not_replaced_with_plain_sql(model: Any, invoice: Invoice) -> None:
    """To insert a row over itself is to write it again; SQLite has a way of its own too."""
    table = model._meta.db_table
    copied = f"SELECT * FROM {table} WHERE true"
    assert refused(f"INSERT INTO {table} {copied} ON CONFLICT (id) DO UPDATE SET id = -excluded.id")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} {copied}")


def not_null(table: str, column: str) -> bool:
    """The column refuses NULL before any guard is asked: then another value is tried."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}", id FROM {table} WHERE "{column}" IS NOT NULL')
        value, key = cursor.fetchone()
    other = 0 if isinstance(value, bool) else value + 1 if isinstance(value, int) else "2001-01-01"
    return refused(f'UPDATE {table} SET "{column}" = %s WHERE id = %s', other, key)


def test_file_is_final_once_it_has_a_digest(frozen: None, marmule: Offer) -> None:
    document = make_file(make_quote(marmule).document)
    assert refused("UPDATE billing_document SET sha256 = 'x' WHERE id = %s", document.pk)
    assert refused("DELETE FROM billing_document WHERE id = %s", document.pk)
    assert not refused("UPDATE billing_document SET attempts = 3 WHERE id = %s", document.pk)
    assert Document.objects.get().attempts == 3


def test_series_is_never_deleted(invoice: Invoice) -> None:
    assert refused(f"DELETE FROM {NumberSeries._meta.db_table}")


def test_draft_is_still_written_and_thrown_away(frozen: None, marmule: Offer) -> None:
    draft = make_draft(make_quote(marmule).contact)
    assert not refused("UPDATE billing_quote SET title = 'Autre' WHERE id = %s", draft.pk)
    assert not refused("DELETE FROM billing_quoteline WHERE quote_id = %s", draft.pk)


def test_merge_credit_and_erasure_still_work(invoice: Invoice, marmule: Offer, alix: User) -> None:
    """A merge moves documents without changing what they say; a person is erased, what was issued stays."""
    details = OrganizationDetails("Le Lavoir de Lyon", "1 rue du Lac", "69003", "Lyon")
    person = PersonDetails("Noé", "noe@lac.example", notice="…")
    unsigned = make_quote(marmule, organization=details, person=person)
    issue_credit_note(invoice=invoice, reason="Geste", by=alix)
    done = merge(kept=invoice.organization, absorbed=unsigned.organization, by=alix)
    assert Quote.objects.filter(organization=invoice.organization).count() == 2
    undo(merge=done, by=alix)
    merge(kept=unsigned.organization, absorbed=invoice.organization, by=alix)
    assert Invoice.objects.filter(organization=unsigned.organization).count() == 2
    erase_person(contact=unsigned.contact, cause=Erasure.Cause.ASKED, by=alix)
    assert Quote.objects.get(pk=unsigned.pk).buyer["person"] == "Noé"


def test_migrating_takes_the_guards_away_and_writes_them_anew(
    frozen: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    monkeypatch.setattr(Migrate, "handle", lambda *args, **options: seen.append(guarded_tables()))
    Command().handle(plan=False, check_unapplied=False)
    Command().handle(plan=True, check_unapplied=False)
    everything = {table.name for table in frozen_tables()}
    assert seen == [set(), everything]
    assert guarded_tables() == everything
