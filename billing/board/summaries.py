"""The one page made for a vote: kept as printed, and printed again when what it says has changed."""

from decimal import Decimal

from django.db import transaction

from billing.board.waiting import lock_waiting
from billing.documents.issue import new_document
from billing.models import BoardSummary, Quote


def summary_of(quote: Quote) -> BoardSummary | None:
    """The latest summary, if one was made."""
    return quote.summaries.select_related("document").first()


@transaction.atomic
def write_summary(
    *, quote: Quote, replaces: str = "", replaced_yearly: Decimal | None = None
) -> BoardSummary:
    """Keep what this quote replaces and what that costs today (EUR a year), and have the page printed.

    The same words for the same validity are printed once.

    Raises:
        BoardRefused: nobody waits for a decision on this quote.
    """
    locked = lock_waiting(quote)
    latest = summary_of(locked)
    said = (replaces, replaced_yearly, locked.valid_until)
    if latest and (latest.replaces, latest.replaced_yearly, latest.valid_until) == said:
        return latest
    return _print(locked, replaces, replaced_yearly)


def keep_summary(quote: Quote) -> BoardSummary:
    """The summary of a quote as it is now: same words, but a new page if its validity has changed."""
    latest = summary_of(quote)
    if latest and latest.valid_until == quote.valid_until:
        return latest
    return _print(quote, latest.replaces if latest else "", latest.replaced_yearly if latest else None)


def _print(quote: Quote, replaces: str, replaced_yearly: Decimal | None) -> BoardSummary:
    return BoardSummary.objects.create(
        quote=quote,
        replaces=replaces,
        replaced_yearly=replaced_yearly,
        valid_until=quote.valid_until,
        document=new_document(hoster=quote.hoster, name=f"synthese-{quote.number}.pdf"),
    )
