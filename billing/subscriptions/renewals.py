"""A commitment came to its term and nobody ended it: the next one begins."""

from billing.models import Subscription
from billing.subscriptions.periods import DAY, commitment_end
from billing.subscriptions.renewal_notices import was_told, window_of


def renew(*, subscription: Subscription) -> None:
    """Begin the next commitment of a locked subscription.

    Without the notice of L215-1 in its window, the association may leave at any time from now on, and what it paid
    beyond is given back; a notice in time, a term later, closes that exit again.
    """
    term_end = subscription.commitment_until
    assert term_end is not None  # nothing else comes to its term
    told = window_of(subscription) is None or was_told(subscription, term_end=term_end)
    subscription.free_exit_from = None if told else term_end + DAY
    subscription.commitment_until = commitment_end(subscription, term_end + DAY)
    subscription.save(update_fields=["commitment_until", "free_exit_from"])
