"""The page of a member who votes. Opening it changes nothing: mail scanners open links too."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from billing.board.ballot_links import open_ballot
from billing.board.forms import BallotForm
from billing.board.summaries import summary_of
from billing.board.votes import cast_ballot, count_to_read
from billing.board.waiting import BoardRefused
from billing.documents.summary_page import summary_page
from billing.downloads import pdf_response
from billing.models import Ballot
from hosters.access import HosterRequest, private


def ballot_or_404(token: str) -> Ballot:
    """The ballot of a living link; forged, expired, cancelled and foreign ones are all the same 404."""
    found = open_ballot(token)
    if found is None:
        raise Http404
    return found


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HosterRequest, token: str) -> HttpResponse:
    """Read, vote, change one's mind until the end; afterwards, read the result.

    Not throttled by address: a whole board may vote from one room, and a voice sends no mail.
    """
    mine = ballot_or_404(token)
    form = BallotForm(request.POST or None, initial={"choice": mine.choice, "comment": mine.comment})
    if request.method == "POST" and form.is_valid():
        try:
            cast_ballot(ballot=mine, **form.cleaned_data)
            messages.success(request, _("Votre vote est enregistré. Vous pouvez le changer jusqu’à la fin."))
        except BoardRefused as refused:
            messages.warning(request, str(refused))
        return redirect("storefront:ballot", token=token)
    vote = mine.vote
    ballots = list(vote.ballots.all())
    context = {
        "ballot": mine,
        "vote": vote,
        "quote": vote.quote,
        "token": token,
        "form": form,
        "ballots": ballots,
        "tally": count_to_read(vote, ballots),
        "decision": getattr(vote, "decision", None),
        "page": summary_page(vote.quote, summary_of(vote.quote)),
        "may_vote": vote.open and vote.quote.undecided,
    }
    return TemplateResponse(request, "storefront/board/ballot.html", context)


@private
@require_safe
def quote_pdf(request: HosterRequest, token: str) -> HttpResponse:
    """The whole quote, for a member who wants every line."""
    document = ballot_or_404(token).vote.quote.document
    if not document.ready:
        return redirect("storefront:ballot", token=token)
    return pdf_response(document)
