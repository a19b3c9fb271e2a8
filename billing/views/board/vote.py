"""An online vote as the person who opened it sees it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.board.forms import VoteForm
from billing.board.meetings import next_meeting
from billing.board.votes import cancel_vote, close_vote, count_to_read, open_vote, tally_of
from billing.board.waiting import BoardRefused
from billing.board.wording import question_of
from billing.models import AccessLink, BoardVote, Quote
from billing.views.board.board import deciding
from hosters.access import HosterRequest, private
from hosters.throttle import throttled


@private
@throttled
@require_http_methods(["GET", "HEAD", "POST"])
def new_vote(request: HosterRequest, token: str) -> HttpResponse:
    """Write the question and who is asked; the mails leave with the button."""
    link, quote = deciding(token)
    form = VoteForm(request.POST or None, initial=_known(quote, link))
    if request.method == "POST" and form.is_valid():
        try:
            vote = open_vote(quote=quote, asked=form.asked(), by=link.contact)
            messages.success(request, _("Le vote est ouvert : chaque personne reçoit son lien."))
            return redirect("storefront:board_vote", token=token, pk=vote.pk)
        except BoardRefused as refused:
            form.add_error(None, str(refused))
    return TemplateResponse(
        request, "storefront/board/new_vote.html", {"quote": quote, "token": token, "form": form}
    )


@private
@require_safe
def vote(request: HosterRequest, token: str, pk: int) -> HttpResponse:
    """Who voted so far, the count when it may be read, then the minutes to print."""
    _link, quote = deciding(token)
    shown = _vote_of(quote, pk)
    ballots = list(shown.ballots.all())
    context = {
        "quote": quote,
        "token": token,
        "vote": shown,
        "ballots": ballots,
        "tally": tally_of(shown, ballots) if shown.live else count_to_read(shown, ballots),
        "cast": sum(ballot.cast_at is not None for ballot in ballots),
        "decision": getattr(shown, "decision", None),
    }
    return TemplateResponse(request, "storefront/board/vote.html", context)


@private
@throttled
@require_POST
def close(request: HosterRequest, token: str, pk: int) -> HttpResponse:
    _link, quote = deciding(token)
    if close_vote(vote=_vote_of(quote, pk)):
        messages.success(request, _("Le vote est clos et la décision est enregistrée."))
    return redirect("storefront:board_vote", token=token, pk=pk)


@private
@throttled
@require_POST
def cancel(request: HosterRequest, token: str, pk: int) -> HttpResponse:
    _link, quote = deciding(token)
    cancel_vote(vote=_vote_of(quote, pk))
    messages.success(request, _("Le vote est annulé : ses liens n’ouvrent plus rien."))
    return redirect("storefront:board", token=token)


def _vote_of(quote: Quote, pk: int) -> BoardVote:
    votes = BoardVote.objects.filter(quote=quote).select_related("decision", "opened_by")
    return get_object_or_404(votes, pk=pk)


def _known(quote: Quote, link: AccessLink) -> dict[str, object]:
    """What need not be typed: the question, a week, and the person who opens the vote."""
    meeting, last = next_meeting(quote), quote.valid_until - timedelta(days=1)
    return {
        "body": meeting.body if meeting else "board",
        "question": question_of(quote),
        "closes_on": min(timezone.localdate() + timedelta(days=7), last),
        "mandated_name": link.contact.name,
        "mandated_role": link.contact.role,
        "mandated_email": link.contact.email,
    }
