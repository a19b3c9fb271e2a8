"""The demonstration: a meeting next week, a vote with three voices of seven, a decision. Playing twice adds nothing."""

from billing.models import Ballot, BoardDecision, BoardMeeting, BoardVote, Quote
from hosters.demonstration import tell_stories
from hosters.models import Hoster
from offers.models import Offer


def test_three_scenes_are_played_once(marmule: Offer, artifaille: Hoster) -> None:
    for _again in range(2):
        tell_stories(artifaille)
    assert BoardMeeting.objects.get().quote.state == Quote.State.IN_REVIEW
    assert BoardVote.objects.get().open
    assert (Ballot.objects.count(), Ballot.objects.exclude(cast_at=None).count()) == (7, 3)
    assert BoardDecision.objects.get().favourable


def test_hoster_without_firm_price_shows_nothing(artifaille: Hoster) -> None:
    tell_stories(artifaille)
    assert not Quote.objects.exists()
