"""A change of offer or of quantities, once its quote is accepted: one contract takes the place of another (002-153).

The rule is the one that the association read before asking (`billing.change_requests`): more is paid at once, for the
whole months left of the period that is already paid; less waits for the next period. The anniversary is kept, there
is no other set-up fee, and the membership goes on.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.invoicing.fees import Part, parted
from billing.invoicing.issuing import Piece, issue_piece
from billing.models import Invoice, Quote, QuoteLine, Subscription, SubscriptionEnd
from billing.parties import completed
from billing.subscriptions.change_effect import effect_of
from billing.subscriptions.ends import decide_end
from billing.subscriptions.periods import DAY
from billing.subscriptions.plans import Plan
from billing.subscriptions.starting import begin
from billing.totals import invoice_lines
from pricing.mentions import MEMBERSHIP_MENTION

Reason = SubscriptionEnd.Reason


@transaction.atomic
def change_subscription(*, subscription: Subscription, quote: Quote, order_number: str = "") -> Subscription:
    """Begin the new contract at the next period of the former, which ends the day before.

    The order of the client stays that of the former, unless it gave another one. What costs more a month is
    served at once: an invoice asks the difference for the whole months left.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    effect = effect_of(subscription=locked, quote=quote)
    plan = Plan(
        Reason.REPLACED, timezone.localdate(), effect.begins - DAY, refund_from=None, everything=False
    )
    decide_end(subscription=locked, plan=plan, by=None)
    order_number = order_number or locked.order_number
    new = begin(quote=quote, on=effect.begins, replaces=locked, order_number=order_number)
    if effect.difference:
        for part in parted(effect.difference, mention=quote.mention):
            _ask_difference(new, part)
    return new


def _ask_difference(new: Subscription, part: Part[QuoteLine]) -> Invoice:
    piece = Piece(
        hoster=new.hoster,
        organization=new.organization,
        contact=new.quote.contact,
        seller=new.quote.seller,
        buyer=completed(new.quote.buyer, new.organization),
        subject=_("Passage au devis %(number)s") % {"number": new.quote.number},
        mention=MEMBERSHIP_MENTION if part.fees else new.quote.mention,
        quote=new.quote,
        fees=part.fees,
        order_number=new.order_number,
        period=(timezone.localdate(), new.started_on - DAY),
    )
    return issue_piece(piece, invoice_lines(part.lines))
