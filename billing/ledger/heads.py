"""The head of a ledger, kept outside the database: it shows that the last lines were cut off, or that an old copy of
the database was put back.

The clock writes it every day beside the keys, archives and exports carry it, and staff may print it.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django_scopes import scopes_disabled

from billing.models import LedgerHead
from hosters.models import Hoster


@dataclass(frozen=True)
class Head:
    """Where a ledger stood at an instant (ISO 8601)."""

    hoster: str
    position: int
    mac: str
    at: str

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def head_of(hoster: Hoster) -> Head:
    """Where the ledger of a hoster stands now; position 0 when it has none."""
    found = LedgerHead.objects.filter(hoster=hoster).first() or LedgerHead()
    return Head(hoster.slug, found.position, found.mac, timezone.now().isoformat(timespec="seconds"))


def kept_heads(path: Path, hoster: Hoster) -> list[Head]:
    """The heads of a hoster that a file holds, one JSON object a line; none when there is no file.

    Raises:
        ValueError: the file is something else.
    """
    if not path.exists():
        return []
    try:
        heads = [Head(**json.loads(line)) for line in path.read_text().splitlines() if line.strip()]
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path.name} n’est pas un fichier de têtes de registre.") from error
    return [head for head in heads if head.hoster == hoster.slug]


def heads_file() -> Path:
    """Where the clock keeps the heads of every hoster."""
    return Path(settings.LEDGER_KEYS).with_name("ledger_heads.jsonl")


def keep_heads() -> None:
    """Add the head of every ledger that moved to the file. The hoster of each line is named by its slug."""
    path = heads_file()
    with scopes_disabled():
        heads = [head_of(each.hoster) for each in LedgerHead.objects.select_related("hoster")]
    known = {(head["hoster"], head["mac"]) for head in _lines(path)}
    new = [head.to_json() + "\n" for head in heads if head.mac and (head.hoster, head.mac) not in known]
    if new:
        with path.open("a") as file:
            file.writelines(new)


def _lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
