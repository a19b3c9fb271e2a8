"""Where the person who decides finds everything for the meeting."""

from typing import cast

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from billing.board.decisions import standing_decision
from billing.board.extensions import asked_extension
from billing.board.links import links_of
from billing.board.meetings import next_meeting, outlives_quote
from billing.board.votes import interrupted_vote
from billing.models import AccessLink, Quote
from billing.views.quote import link_or_404
from hosters.access import HosterRequest, private


def deciding(token: str) -> tuple[AccessLink, Quote]:
    """The link received by e-mail and its quote; one that only reads is a page that does not exist."""
    link = link_or_404(token, AccessLink.Purpose.DECIDE_QUOTE)
    return link, cast(Quote, link.quote)


def state_of_board(quote: Quote) -> dict[str, object]:
    """What the pages of a board show of where it is."""
    meeting = next_meeting(quote)
    return {
        "meeting": meeting,
        "late": outlives_quote(meeting, quote),
        "extension": asked_extension(quote),
        "decision": standing_decision(quote),
        "vote": quote.votes.filter(cancelled_at=None).first(),
    }


@private
@require_safe
def board(request: HosterRequest, token: str) -> HttpResponse:
    """The steps, what is done and what comes next."""
    _link, quote = deciding(token)
    context = {
        "quote": quote,
        "token": token,
        "link_count": links_of(quote).filter(revoked_at=None).count(),
        "interrupted": interrupted_vote(quote),
        "decisions": quote.decisions.select_related("corrected_by", "vote"),
    }
    return TemplateResponse(request, "storefront/board/board.html", context | state_of_board(quote))
