"""Whether a hoster has issued documents: an upper app knows, and says it here."""

from collections.abc import Callable

from hosters.models import Hoster

Teller = Callable[[Hoster], bool]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Add somebody who knows. Called in `ready()`."""
    _tellers.append(teller)


def has_issued(hoster: Hoster) -> bool:
    """True once a quote or an invoice left: what numbers it then stays as it is (NUM-01)."""
    return any(teller(hoster) for teller in _tellers)
