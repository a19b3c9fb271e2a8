"""Dropping a file of the bank. The same file, or another one that overlaps it, adds only what is new."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from billing.bank.camt import looks_like_xml, read_camt
from billing.bank.csv_files import BankTable, guess, is_whole, read_bank_table, read_lines
from billing.bank.lines import BankLine, identities
from billing.models import BankEntry, BankMapping, BankStatement
from hosters.models import Hoster, User


class ColumnsUnknown(Exception):
    """We cannot tell which column is what: a person says it once."""

    def __init__(self, header: list[str], guessed: Mapping[str, int]) -> None:
        super().__init__(header)
        self.header, self.guessed = header, guessed


@transaction.atomic
def drop_statement(
    *, hoster: Hoster, name: str, content: bytes, by: User, columns: Mapping[str, int] | None = None
) -> BankStatement:
    """Keep the lines of a file that are not known yet; dropping a file again gives the statement of the first time.

    `columns` says what each column of a CSV file is, and is remembered for the next files with the same titles.

    Raises:
        UnreadableStatement: the file is no statement; says what to do.
        ColumnsUnknown: the titles of a CSV file say nothing to us.
    """
    Hoster.objects.select_for_update(of=("self",)).get(pk=hoster.pk)  # one file at a time
    sha256 = hashlib.sha256(content).hexdigest()
    if known := BankStatement.objects.filter(hoster=hoster, sha256=sha256).first():
        return known
    is_camt = looks_like_xml(content)
    lines = read_camt(content) if is_camt else _csv_lines(hoster, read_bank_table(content), columns)
    named = identities(lines)
    known_lines = BankEntry.objects.filter(hoster=hoster, identity__in=[digest for digest, _line in named])
    known_identities = set(known_lines.values_list("identity", flat=True))
    fresh = [(digest, line) for digest, line in named if digest not in known_identities and line.amount]
    statement = BankStatement.objects.create(
        hoster=hoster,
        name=name[-120:],
        sha256=sha256,
        format=BankStatement.Format.CAMT if is_camt else BankStatement.Format.CSV,
        lines=len(named),
        added=len(fresh),
        dropped_by=by,
    )
    BankEntry.objects.bulk_create((_entry(statement, digest, line) for digest, line in fresh), batch_size=500)
    return statement


def _csv_lines(hoster: Hoster, table: BankTable, columns: Mapping[str, int] | None) -> list[BankLine]:
    known = BankMapping.objects.filter(hoster=hoster, digest=table.digest).first()
    chosen = columns or (known.columns if known else guess(table.header))
    if not is_whole(chosen):
        raise ColumnsUnknown(table.header, chosen)
    lines = read_lines(table, chosen)
    BankMapping.objects.update_or_create(
        hoster=hoster, digest=table.digest, defaults={"header": table.header, "columns": dict(chosen)}
    )
    return lines


def _entry(statement: BankStatement, digest: str, line: BankLine) -> BankEntry:
    return BankEntry(
        hoster=statement.hoster,
        statement=statement,
        identity=digest,
        booked_on=line.booked_on,
        amount=line.amount,
        label=line.label,
        party=line.party,
        reference=line.reference,
    )
