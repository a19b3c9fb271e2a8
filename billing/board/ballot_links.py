"""The secret link of a member who votes: minted when a mail leaves, 256 random bits, kept as their SHA-256."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from billing.access_links import digest
from billing.models import Ballot, BallotLink

#: After the end of the vote, for the result.
READABLE = timedelta(days=30)


@transaction.atomic
def mint_ballot_link(ballot: Ballot) -> str:
    """A new token; the former ones of this member keep working until the vote is over, for a reminder replaces none."""
    token = secrets.token_urlsafe(32)
    BallotLink.objects.create(ballot=ballot, digest=digest(token), expires_at=ballot.vote.ends_at + READABLE)
    return token


def open_ballot(token: str) -> Ballot | None:
    """The ballot of a token, if its vote was not cancelled; reading it changes nothing."""
    alive = Ballot.objects.filter(
        links__digest=digest(token), links__expires_at__gt=timezone.now(), vote__cancelled_at=None
    )
    return alive.select_related("vote__quote__hoster", "vote__opened_by", "vote__decision").first()
