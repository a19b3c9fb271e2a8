"""How an online vote ends: by its count, or with the quote that it was about."""

from collections.abc import Sequence

from django.utils import timezone

from billing.models import Ballot, BoardVote, Quote


def end_vote(vote: BoardVote, ballots: Sequence[Ballot]) -> None:
    """Write that a locked vote is over; if it was secret, forget who voted what, and keep the comments apart."""
    vote.closed_at = timezone.now()
    if vote.secret:
        vote.remarks = sorted(ballot.comment for ballot in ballots if ballot.comment)
        vote.ballots.update(choice="", comment="")
    vote.save(update_fields=["closed_at", "remarks"])


def end_votes_of(quote: Quote) -> None:
    """The quote waits for no decision any more: its vote is over without effect. Called with the quote locked.

    What was voted stays readable to the members, but for a secret vote, which forgets it (ASS-03).
    """
    running = BoardVote.objects.filter(quote=quote, closed_at=None, cancelled_at=None)
    for vote in running.select_for_update(of=("self",)):
        end_vote(vote, list(vote.ballots.all()))
