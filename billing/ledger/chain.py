"""Adding to the ledger: each line is sealed with the one before, in the transaction that writes what it tells."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from billing.ledger.content import AT_ONCE, cells_of, columns_of, encoded, text_of
from billing.ledger.keys import add_key, name_of, sealing_key
from billing.ledger.registry import Piece, pieces, sealed, sealed_tables
from billing.models import LedgerEntry, LedgerHead
from hosters.models import Hoster

#: What the seal of a line does not cover: itself, and a key that only the database knows.
NOT_SEALED = frozenset({"id", "mac"})
COLUMNS = columns_of(LedgerEntry, NOT_SEALED)
Event = LedgerEntry.Event


def inscribe(row: models.Model, *, event: Event = Event.WRITTEN) -> None:
    """Add what a row and its parts say now. Must be called in the transaction that wrote them, after the last of them.

    The first line of a ledger is preceded by everything that the hoster had written before it had one.

    Raises:
        KeyMissing: the keys of an existing ledger are lost.
    """
    assert connection.in_atomic_block, "a line is only added in the transaction that writes what it tells"
    table = sealed(type(row))
    rows = table.model._base_manager.filter(pk=row.pk)
    hoster = Hoster.objects.get(pk=rows.values_list(table.hoster, flat=True).get())
    head = hold(hoster)
    if head.position == 0 and _adopt(head):
        return
    _append(head, [_told(event, piece) for piece in pieces(table, rows)])


def note(*, hoster: Hoster, event: Event, label: str, content: str = "") -> None:
    """Add a line that tells an act on the ledger itself: an export, an archive, a change of key."""
    head = hold(hoster)
    if head.position == 0:
        _adopt(head)
    _append(head, [{"event": event, "label": label[:120], "content": content}])


@transaction.atomic
def adopt(hoster: Hoster) -> int:
    """Begin the ledger of a hoster with everything that it had written before. Returns how many lines it has now."""
    head = hold(hoster)
    if head.position == 0:
        _adopt(head)
    return head.position


def change_key(hosters: Iterable[Hoster]) -> str:
    """A new key seals from now on, and each ledger says so. Returns its name."""
    name = add_key()
    for hoster in hosters:
        with transaction.atomic():
            note(hoster=hoster, event=Event.KEY_CHANGED, label=name)
    return name


def hold(hoster: Hoster) -> LedgerHead:
    """The head of a ledger, locked until the transaction ends.

    Whoever takes a number that the ledger will tell holds it first, so that two issues always wait in the same order.
    """
    LedgerHead.objects.get_or_create(hoster=hoster)
    return LedgerHead.objects.select_for_update(of=("self",)).get(hoster=hoster)


def seal(key: bytes, said: str, before: str) -> str:
    """HMAC-SHA-256 of a line and of the seal before it."""
    return hmac.new(key, f"{before}\n{said}".encode(), hashlib.sha256).hexdigest()


def said_by(entry: LedgerEntry) -> str:
    """What a line says, as its seal covers it."""
    return encoded(cells_of(COLUMNS, [_text(getattr(entry, column.name)) for column in COLUMNS]))


def _text(value: Any) -> str | None:
    return None if value is None else text_of(value)


def _adopt(head: LedgerHead) -> int:
    for table in sealed_tables():
        found = pieces(table, table.rows(head.hoster))
        while some := [_told(Event.ADOPTED, piece) for piece in islice(found, AT_ONCE)]:
            _append(head, some)
    return head.position


def _told(event: Event, piece: Piece) -> dict[str, Any]:
    return {
        "event": event,
        "table": piece.table,
        "row": piece.row,
        "label": piece.label,
        "content": piece.content,
    }


def _append(head: LedgerHead, told: list[dict[str, Any]]) -> None:
    key, now = sealing_key(), timezone.now().astimezone(UTC)
    entries = []
    for values in told:
        head.position += 1
        entry = _entry(head, values, now, name_of(key))
        head.mac = entry.mac = seal(key, said_by(entry), head.mac)
        entries.append(entry)
    LedgerEntry.objects.bulk_create(entries)
    head.save(update_fields=["position", "mac"])


def _entry(head: LedgerHead, values: dict[str, Any], now: datetime, key: str) -> LedgerEntry:
    return LedgerEntry(
        hoster=head.hoster,
        position=head.position,
        recorded_at=now,
        version=settings.VERSION,
        key=key,
        **values,
    )
