"""A line of a statement, whatever the file it comes from, and what makes it the same line in another file."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class UnreadableStatement(Exception):
    """The file is no statement that we read; says in French what to do."""


@dataclass(frozen=True)
class BankLine:
    """`amount` is EUR, below zero for what left. `bank_id` is what the bank calls it, "" when it says nothing."""

    booked_on: date
    amount: Decimal
    label: str
    party: str = ""
    reference: str = ""
    bank_id: str = ""


def identities(lines: Iterable[BankLine]) -> list[tuple[str, BankLine]]:
    """Each line with a digest that is the same in every file of the bank that holds it.

    Without an identifier of the bank, two lines that say the same on the same day are told apart by their rank: a bank
    gives a day whole.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for line in lines:
        said: tuple[str, ...] = (line.booked_on.isoformat(), f"{line.amount:.2f}", line.bank_id)
        if not line.bank_id:
            said += ("".join((line.label + line.party + line.reference).split()).upper(),)
        seen[said] += 1
        digest = hashlib.sha256("\x1f".join((*said, str(seen[said]))).encode()).hexdigest()
        found.append((digest, line))
    return found
