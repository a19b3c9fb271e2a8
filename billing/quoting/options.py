"""The options that an association switches on and off before it decides. The price is the server's."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteEvent
from billing.quoting.drafts import copy_items, copy_settings, discount_of, start_draft
from billing.quoting.pricing import NotPriced, Priced, price_items
from billing.quoting.sending import issue
from billing.quoting.states import ActRefused, Told, move
from billing.solidarity import DiscountTooLarge
from billing.subscriptions.change_effect import contract_taking_over
from billing.tariff_options import Counts, counts_of, with_counts

Act, Actor = QuoteEvent.Act, QuoteEvent.Actor

#: Each choice makes a version with its own PDF: enough to hesitate, not enough to fill a disk.
MOST_VERSIONS = 30


@dataclass(frozen=True)
class Chosen:
    """A choice: the optional items that are on, by position, and the supplements of the open offers."""

    positions: frozenset[int] = frozenset()
    counts: Counts = field(default_factory=dict)


def choice_of(quote: Quote) -> Chosen:
    """What counts in the quote as it was issued."""
    on = quote.items.filter(optional=True, chosen=True).values_list("position", flat=True)
    return Chosen(frozenset(on), counts_of(quote))


def price_with(*, quote: Quote, chosen: Chosen) -> Priced:
    """What the quote would cost with this choice; nothing is written.

    Raises:
        ActRefused: an option is not of this quote, or they make no firm price together.
    """
    items = list(quote.items.select_related("offer", "tariff_version"))
    known = {item.position for item in items if item.optional}
    if not (chosen.positions <= known and chosen.counts.keys() <= counts_of(quote).keys()):
        raise ActRefused(_("Cette option n’est pas dans ce devis. Rechargez la page."))
    for item in items:
        item.chosen = item.position in chosen.positions
        item.selection = with_counts(item, chosen.counts)
    try:
        return price_items(
            hoster=quote.hoster,
            items=items,
            discount=discount_of(quote),
            takes_over=contract_taking_over(quote),
        )
    except (NotPriced, DiscountTooLarge) as problem:
        raise ActRefused(str(problem)) from None


@transaction.atomic
def choose_options(*, quote: Quote, chosen: Chosen, told: Told) -> Quote:
    """Keep a choice: a new version, frozen with its own PDF, so that what is accepted is what is shown.

    The same choice again keeps the version that is there. Validity is that of the version replaced.

    Raises:
        ActRefused: the quote is not to be decided any more, an option is not of it, or too many versions were made.
    """
    locked = move(quote=quote, act=Act.CHOOSE_OPTIONS, actor=Actor.CLIENT, told=told)
    price_with(quote=locked, chosen=chosen)
    if choice_of(locked) == chosen:
        return locked
    if locked.version >= MOST_VERSIONS:
        raise ActRefused(_("Ce devis a déjà beaucoup de versions. Écrivez-nous : nous le finirons ensemble."))
    draft = start_draft(contact=locked.contact, former=locked, title=locked.title)
    copy_settings(source=locked, draft=draft)
    Quote.objects.filter(pk=draft.pk).update(valid_until=locked.valid_until)
    copy_items(source=locked, draft=draft)
    for item in draft.items.all():
        item.chosen, item.selection = item.position in chosen.positions, with_counts(item, chosen.counts)
        item.save(update_fields=["chosen", "selection"])
    draft.refresh_from_db()
    version = issue(draft=draft, actor=Actor.CLIENT, told=told, buyer=locked.buyer)
    return move(quote=version, act=Act.OPEN, actor=Actor.CLIENT, told=told)
