"""Whether the board may still do something about a quote, said once for every act of this package."""

from django.utils.translation import gettext as _

from billing.models import Quote


class BoardRefused(Exception):
    """This cannot be done now; the message says why and what to do, in French."""


def lock_waiting(quote: Quote) -> Quote:
    """The quote, locked until the end of the transaction.

    Raises:
        BoardRefused: the association has decided already, or the quote is no longer valid.
    """
    locked = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if not locked.undecided:
        words = {"number": locked.number, "state": locked.status_label}
        raise BoardRefused(_("Le devis %(number)s est %(state)s : il n’attend plus de décision.") % words)
    return locked
