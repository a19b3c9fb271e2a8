"""What stands beside the PDFs of an archive: the rows, the ledger, a notice, and a program that verifies it all."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from billing.ledger.heads import head_of
from billing.ledger.registry import Piece, Sealed, pieces, sealed_tables
from billing.ledger.verification import entries_of
from billing.models import LedgerEntry
from hosters.models import Hoster

HERE = Path(__file__).parent
NOTICE = "LISEZMOI"
#: What every system opens as plain text.
TEXT = ".txt"


def pdf_name(key: int, name: str) -> str:
    """Where a PDF is in the archive; the key keeps two files of one name apart."""
    return f"pdf/{key}-{name}"


def closing_files(hoster: Hoster, year: int, first: datetime, after: datetime) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of everything but the PDFs."""
    for table in sealed_tables():
        rows = _rows(table, hoster, first, after)
        lines = [json.dumps(_shown(piece), ensure_ascii=False) for piece in pieces(table, rows)]
        yield f"{table.table}.jsonl", _text(lines)
    entries = ({"dit": cells, "sceau": mac} for cells, mac in entries_of(hoster))
    yield "registre.jsonl", _text([json.dumps(entry, ensure_ascii=False) for entry in entries])
    yield "tete.json", _text([head_of(hoster).to_json()])
    yield "verifier.py", (HERE / "verifier.py").read_bytes()
    yield NOTICE + TEXT, _notice(hoster, year).encode()


def _rows(table: Sealed, hoster: Hoster, first: datetime, after: datetime) -> "models.QuerySet[models.Model]":
    """The rows that the ledger told first in that time."""
    told = LedgerEntry.objects.filter(hoster=hoster, table=table.table)
    before = told.filter(recorded_at__lt=first).values("row")
    during = told.filter(recorded_at__gte=first, recorded_at__lt=after).values("row")
    return table.rows(hoster).filter(pk__in=during).exclude(pk__in=before)


def _shown(piece: Piece) -> dict[str, object]:
    return {
        "table": piece.table,
        "cle": piece.row,
        "piece": piece.label,
        "empreinte": piece.content,
        "dit": [[table, cells] for table, cells in piece.said],
    }


def _text(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _notice(hoster: Hoster, year: int) -> str:
    return (
        (HERE / NOTICE)
        .read_text(encoding="utf-8")
        .format(
            hoster=hoster.legal_name,
            siren=hoster.siren or "non renseigné",
            year=year,
            made=timezone.localtime().strftime("%d/%m/%Y à %H:%M"),
            version=settings.VERSION,
            head=head_of(hoster).to_json(),
        )
    )
