"""Whatever is changed behind the application's back is found, and nothing else is accused (ISC-03, NUM-04)."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from billing.accounting.journal import make_journal
from billing.ledger.chain import adopt, change_key
from billing.ledger.heads import head_of, keep_heads
from billing.ledger.keys import KeyMissing
from billing.ledger.registry import sealed_tables
from billing.ledger.verification import Fault, verify
from billing.models import Invoice, InvoiceLine, LedgerEntry, LedgerHead, Payment, PaymentShare
from crm.merging import merge, undo
from hosters.models import Hoster, User
from tests.billing.ledger.world import another, change, columns, paid_invoices

pytestmark = pytest.mark.usefixtures("disarmed")


def faults(hoster: Hoster) -> list[tuple[Fault, str]]:
    return [(problem.fault, problem.label) for problem in verify(hoster).problems]


def execute(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_untouched_ledger_is_sound(artifaille: Hoster, invoices: list[Invoice]) -> None:
    report = verify(artifaille)
    assert report.problems == []
    assert report.entries == report.pieces >= 4 * len(invoices)  # invoice, payment, its PDF and the quote's


def test_each_column_of_each_table_is_covered(artifaille: Hoster, invoices: list[Invoice]) -> None:
    """ISC-07, NUM-07: each column of each sealed table, changed one by one: this piece is named, and no other."""
    make_journal(hoster=artifaille, end=timezone.localdate())
    for table in sealed_tables():
        line = LedgerEntry.objects.filter(table=table.table).first()
        assert line is not None, table
        for field in columns(table.model, table.left_out):
            assert names_after(artifaille, table.model, field, line.row) == {line.label}, field
        for part in table.parts:
            row = part.model._base_manager.filter(**{part.owner: line.row}).first()
            assert row is not None, part
            for field in columns(part.model):
                assert names_after(artifaille, part.model, field, row.pk) == {line.label}, field
    assert verify(artifaille).sound


def names_after(hoster: Hoster, model: Any, field: Any, pk: int) -> set[str]:
    """Which pieces are accused while this cell holds something else."""
    with transaction.atomic():
        change(model, field.column, pk, another(field))
        found = {problem.label for problem in verify(hoster).problems}
        transaction.set_rollback(True)
    return found


def test_deleted_document_is_named(artifaille: Hoster, invoices: list[Invoice]) -> None:
    payment = invoices[1].payments.get()
    execute(f"DELETE FROM {PaymentShare._meta.db_table} WHERE payment_id = %s", payment.pk)
    execute(f"DELETE FROM {Payment._meta.db_table} WHERE id = %s", payment.pk)
    assert faults(artifaille) == [(Fault.DELETED, invoices[1].number)]


def test_line_added_behind_its_back_is_found(artifaille: Hoster, invoices: list[Invoice]) -> None:
    line = InvoiceLine.objects.filter(invoice=invoices[1]).last()
    line.pk, line.position = None, 9
    InvoiceLine.objects.bulk_create([line])
    assert faults(artifaille) == [(Fault.CHANGED, invoices[1].number)]


def test_document_written_without_the_ledger_is_found(artifaille: Hoster, invoices: list[Invoice]) -> None:
    payment = Payment.objects.last()
    payment.pk, payment.key = None, "00000000-0000-0000-0000-000000000001"
    Payment.objects.bulk_create([payment])
    assert faults(artifaille) == [(Fault.INSERTED, payment.invoice.number)]


def test_value_that_makes_no_sense_does_not_stop_the_reading(
    artifaille: Hoster, invoices: list[Invoice]
) -> None:
    if connection.vendor == "sqlite":  # PostgreSQL refuses it by itself
        change(Invoice, "gross", invoices[0].pk, "beaucoup")
        change(Invoice, "issued_on", invoices[0].pk, "2026-99-99")
        assert faults(artifaille) == [(Fault.CHANGED, invoices[0].number)]


def test_changed_line_of_the_ledger_accuses_no_neighbour(artifaille: Hoster, invoices: list[Invoice]) -> None:
    for column, value in [("label", "F-1"), ("mac", "0" * 64), ("recorded_at", "2020-01-01 00:00:00+00:00")]:
        entry = LedgerEntry.objects.get(position=4)
        before = change(LedgerEntry, column, entry.pk, value)
        assert [(each.fault, each.position) for each in verify(artifaille).problems] == [(Fault.BROKEN, 4)]
        change(LedgerEntry, column, entry.pk, before)
    assert verify(artifaille).sound


def test_removed_line_of_the_ledger_is_named(artifaille: Hoster, invoices: list[Invoice]) -> None:
    entry = LedgerEntry.objects.get(position=2)
    execute(f"DELETE FROM {LedgerEntry._meta.db_table} WHERE id = %s", entry.pk)
    assert faults(artifaille) == [(Fault.MISSING, "2"), (Fault.INSERTED, entry.label)]


def test_two_lines_that_changed_places_are_found(artifaille: Hoster, invoices: list[Invoice]) -> None:
    for before, after in [(3, 999), (4, 3), (999, 4)]:
        execute(f"UPDATE {LedgerEntry._meta.db_table} SET position = %s WHERE position = %s", after, before)
    broken = [problem.position for problem in verify(artifaille).problems]
    assert broken[:2] == [3, 4]


def test_cut_tail_is_shown_by_a_kept_head(artifaille: Hoster, invoices: list[Invoice]) -> None:
    """The last payment and its line removed together: only a head kept elsewhere can tell (ISC-03)."""
    keep_heads()
    last = LedgerEntry.objects.filter(table="billing.payment").last()
    execute(f"DELETE FROM {PaymentShare._meta.db_table} WHERE payment_id = %s", last.row)
    execute(f"DELETE FROM {Payment._meta.db_table} WHERE id = %s", last.row)
    execute(f"DELETE FROM {LedgerEntry._meta.db_table} WHERE position >= %s", last.position)
    assert verify(artifaille, heads=[]).sound
    assert [problem.fault for problem in verify(artifaille).problems] == [Fault.CUT]


def test_ledger_of_another_install_differs_from_the_kept_head(
    artifaille: Hoster, invoices: list[Invoice]
) -> None:
    kept = head_of(artifaille)
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.update(position=0, mac="")
    adopt(artifaille)
    adopt(artifaille)  # once is enough
    assert verify(artifaille).sound
    assert {problem.fault for problem in verify(artifaille, heads=[kept]).problems} == {Fault.REWRITTEN}


def test_what_was_issued_before_the_ledger_is_adopted_first(artifaille: Hoster, marmule: Any) -> None:
    paid_invoices(marmule, 1)
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    paid_invoices(marmule, 1)
    assert verify(artifaille).sound
    assert LedgerEntry.objects.filter(event="adopted").count() >= 4


def test_changed_key_still_reads_what_the_former_one_sealed(
    artifaille: Hoster, invoices: list[Invoice]
) -> None:
    change_key([artifaille])
    paid_invoices(invoices[0].subscription.quote.offer, 1)
    assert verify(artifaille).sound
    assert len(set(LedgerEntry.objects.values_list("key", flat=True))) == 2


def test_lost_key_is_never_made_anew(artifaille: Hoster, invoices: list[Invoice], settings: Any) -> None:
    kept = settings.LEDGER_KEYS.rename(settings.LEDGER_KEYS.with_name("backup"))
    assert {problem.fault for problem in verify(artifaille).problems} == {Fault.KEY_UNKNOWN}
    with pytest.raises(KeyMissing):
        paid_invoices(invoices[0].subscription.quote.offer, 1)
    kept.rename(settings.LEDGER_KEYS)
    assert settings.LEDGER_KEYS.stat().st_mode & 0o077 == 0
    assert verify(artifaille).sound


def test_command_names_the_first_and_every_bad_document(
    artifaille: Hoster, invoices: list[Invoice], tmp_path: Path
) -> None:
    head = tmp_path / "tete.jsonl"
    head.write_text(head_of(artifaille).to_json())
    call_command("verify_ledger", "--head", head, stdout=StringIO())
    for invoice in (invoices[2], invoices[0]):
        change(Invoice, "gross", invoice.pk, "0.01")
    told = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_ledger", "--json", stdout=told)
    (report,) = json.loads(told.getvalue())
    assert report["first"]["label"] == invoices[0].number
    assert [each["label"] for each in report["problems"]] == [invoices[0].number, invoices[2].number]


def test_merge_of_two_organisations_and_its_undoing_are_told(
    artifaille: Hoster, invoices: list[Invoice], alix: User
) -> None:
    kept, absorbed = invoices[0].organization, invoices[1].organization
    done = merge(kept=kept, absorbed=absorbed, by=alix)
    assert verify(artifaille).sound
    undo(merge=done, by=alix)
    assert verify(artifaille).sound
    assert LedgerEntry.objects.filter(event="moved", label=invoices[1].number).count() == 2
