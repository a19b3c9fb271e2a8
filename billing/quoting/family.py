"""The versions of one quote: what was asked, voted and paid on any of them counts for all."""

from billing.models import Quote


def family(quote: Quote) -> list[Quote]:
    """The quote and the versions that it replaced, the latest first."""
    found = [quote]
    while former := found[-1].former:
        found.append(former)
    return found
