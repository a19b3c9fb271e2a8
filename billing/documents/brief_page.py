"""A *cahier des charges* on paper: alone, or as the annex of the quote that answers it (003-013)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.brief_parts import Answered, answered_parts
from billing.documents.wording import day


@dataclass(frozen=True)
class BriefPage:
    """`version` is 0, and `sent` empty, while it was not sent; `done` is how many of the five parts are complete."""

    version: int
    sent: str
    parts: list[Answered]
    done: int


def brief_page(brief: Mapping[str, Any]) -> BriefPage | None:
    """The page of a brief as a promise keeps it (`billing.quoting.briefs`); None without one."""
    if not brief:
        return None
    parts = answered_parts(brief["answers"])
    sent = day(date.fromisoformat(brief["sent_on"])) if brief["sent_on"] else ""
    return BriefPage(brief["version"], sent, parts, sum(part.complete for part in parts))
