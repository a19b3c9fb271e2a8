"""What subscriptions and departures declare to the lower apps, once, when the app is ready."""

from billing.departures import mails as departure_mails
from billing.subscriptions import mails, todo
from billing.subscriptions.demonstration import subscriptions_of_all_ages
from hosters.demonstration import register_story


def register() -> None:
    """Mails, things to do, the demonstration."""
    mails.register()
    departure_mails.register()
    todo.register()
    register_story(subscriptions_of_all_ages)
