"""The deal that a quote belongs to follows it: every state that a quote takes is a fact for the pipeline (004-026)."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from billing.models import Quote
from crm.models import LossReason, Stage
from crm.opportunities import note_lost, note_meeting, note_quote, note_won
from crm.stages import advance_stage

State = Quote.State
#: Refused by the association, withdrawn by the hoster, or left to expire.
LOST = {
    State.REFUSED: LossReason.OTHER,
    State.WITHDRAWN: LossReason.OTHER,
    State.EXPIRED: LossReason.SILENCE,
}


def follow(quote: Quote) -> None:
    """Say to the deal what the quote has become. A draft, a quote read or replaced say nothing."""
    if not quote.number:
        return
    key = deal_key(quote)
    if quote.state == State.SENT:
        # Asked online it was said before; written by the team, the quote is what shows the interest (004-008).
        evidence = _("devis %(number)s envoyé") % {"number": quote.number}
        advance_stage(organization=quote.organization, to=Stage.INTEREST, evidence=evidence)
        note_quote(
            organization=quote.organization,
            key=key,
            offer=quote.title or quote.promise["offer"],
            yearly_value=Decimal(quote.totals["yearly"]["gross"]),
            number=quote.number,
        )
    elif quote.state == State.IN_REVIEW and quote.meeting_on:
        note_meeting(key=key, on=quote.meeting_on)
    elif quote.state == State.ACCEPTED:
        note_won(key=key, why=_("devis %(number)s accepté") % {"number": quote.number})
    elif quote.state in LOST:
        told = {"number": quote.number, "state": quote.get_state_display()}
        note_lost(key=key, why=_("devis %(number)s %(state)s") % told, reason=LOST[State(quote.state)])


def deal_key(quote: Quote) -> UUID:
    """The key of the first version: the request that all of them answer."""
    while quote.former is not None:
        quote = quote.former
    return quote.request_key
