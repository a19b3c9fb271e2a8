"""A quote taken up again: a revision, a renewal at today's tariff, a copy; or taken back."""

from django.db import transaction

from billing.models import Quote, QuoteEvent, QuoteItem
from billing.people import who_decides
from billing.quoting.drafts import copy_items, copy_settings, start_draft, write_prices
from billing.quoting.sending import issue
from billing.quoting.states import Told, move
from hosters.mail import queue_mail
from offers.tariffs import tariff_in_force

Act, Actor = QuoteEvent.Act, QuoteEvent.Actor


@transaction.atomic
def revise_quote(*, quote: Quote, told: Told) -> Quote:
    """A draft that will replace this quote once sent, at the tariff that was promised. Asked twice: the same draft.

    Raises:
        ActRefused: it was accepted, replaced, or is a draft already.
    """
    locked = move(quote=quote, act=Act.REVISE, actor=Actor.STAFF, told=told)
    return _draft_after(locked) or _draft_from(locked, former=locked)


@transaction.atomic
def renew_quote(*, quote: Quote, told: Told) -> Quote:
    """A draft that takes an expired quote up again at the tariff in force. Asked twice: the same draft.

    Raises:
        ActRefused: it has not expired.
    """
    locked = move(quote=quote, act=Act.RENEW, actor=Actor.STAFF, told=told)
    return _draft_after(locked) or _draft_from(locked, former=locked, today=True)


@transaction.atomic
def renew_by_client(*, quote: Quote, told: Told) -> Quote | None:
    """The association takes an expired quote up again, in one click: a new version at the tariff in force.

    None when a person must look first: a price written by hand or a discount binds nobody after its validity.

    Raises:
        ActRefused: it has not expired, or its offer has no firm price any more.
    """
    locked = move(quote=quote, act=Act.RENEW, actor=Actor.CLIENT, told=told)
    by_hand = locked.items.filter(offer=None).exists()
    if by_hand or locked.discount_percent or locked.discount_amount or _draft_after(locked):
        return None
    draft = _draft_from(locked, former=locked, today=True)
    renewed = issue(draft=draft, actor=Actor.CLIENT, told=told, buyer=locked.buyer)
    queue_mail(
        hoster=renewed.hoster, kind="quote_sent", to=who_decides(renewed.contact).email, reference=renewed.pk
    )
    return renewed


@transaction.atomic
def duplicate_quote(*, quote: Quote, told: Told) -> Quote:
    """A new draft with the same items at the tariff in force, for the same person."""
    locked = move(quote=quote, act=Act.DUPLICATE, actor=Actor.STAFF, told=told)
    return _draft_from(locked, former=None, today=True)


@transaction.atomic
def withdraw_quote(*, quote: Quote, told: Told) -> Quote:
    """Take a quote back with a reason, told to the association; a draft is simply given up.

    Before the end of its validity the author of an offer answers for the harm done (Code civil, art. 1116): the
    screen says so.

    Raises:
        ActRefused: it is decided or over already, or the reason is missing.
    """
    withdrawn = move(quote=quote, act=Act.WITHDRAW, actor=Actor.STAFF, told=told)
    if withdrawn.number:
        contact = who_decides(withdrawn.contact)
        queue_mail(hoster=withdrawn.hoster, kind="quote_withdrawn", to=contact.email, reference=withdrawn.pk)
    return withdrawn


def record_refusal(*, quote: Quote, actor: str, told: Told) -> Quote:
    """The association says no, by its link or by telephone. Saying it twice is heard once.

    Raises:
        ActRefused: it is accepted or over already, or nothing says why.
    """
    with transaction.atomic():
        locked = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
        if locked.state == Quote.State.REFUSED:
            return locked
        refused = move(quote=locked, act=Act.REFUSE, actor=actor, told=told)
        if actor == Actor.CLIENT:
            queue_mail(
                hoster=refused.hoster, kind="quote_refused", to=refused.hoster.email, reference=refused.pk
            )
        return refused


def _draft_after(quote: Quote) -> Quote | None:
    return quote.successors.filter(state=Quote.State.DRAFT).first()


def _draft_from(source: Quote, *, former: Quote | None, today: bool = False) -> Quote:
    """A draft with the items and settings of a quote; `today`: at the tariff in force."""
    draft = start_draft(contact=source.contact, former=former, title=source.title)
    copy_settings(source=source, draft=draft)
    if former and former.undecided and former.valid_until > draft.valid_until:
        # What was promised until a day is not taken back sooner by a new version (DEV-03, Code civil, art. 1116).
        Quote.objects.filter(pk=draft.pk).update(valid_until=former.valid_until)
    for item in copy_items(source=source, draft=draft):
        if today and item.offer and (version := tariff_in_force(item.offer)):
            QuoteItem.objects.filter(pk=item.pk).update(tariff_version=version)
    draft.refresh_from_db()
    write_prices(draft=draft)
    draft.refresh_from_db()
    return draft
