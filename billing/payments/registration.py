"""What payments, debits and reminders add to the lower apps, told once in `ready()`."""

from billing.payments import kept
from billing.payments.demonstration import money_that_moves
from billing.reminders import mails
from hosters.demonstration import register_story


def register() -> None:
    """Add their mails, what they keep of people, and their scene of the demonstration."""
    kept.register_kept()
    mails.register()
    register_story(money_that_moves)
