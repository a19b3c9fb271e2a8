"""Drafts: quotes without a number that staff, or the online form, write before they are sent.

Every rewriting is one update guarded by `state=draft`, so that a quote sent meanwhile is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteEvent, QuoteItem, QuoteLine
from billing.models.quote import Renewal
from billing.natures import natures_of
from billing.parties import Party, buyer_of, seller_of
from billing.quoting.briefs import brief_of
from billing.quoting.frankness import said_frankly
from billing.quoting.pricing import NotPriced, Priced, price_items
from billing.quoting.promise import promise_of_items
from billing.quoting.states import ActRefused, Told, move
from billing.solidarity import Discount, DiscountTooLarge
from billing.subscriptions.change_effect import contract_taking_over
from billing.totals import quote_line
from crm.models import Contact
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import User
from offers.ordering import move as move_row
from pricing.mentions import vat_mention

EMPTY_TOTALS = {
    name: {"net": "0.00", "vat": "0.00", "gross": "0.00", "vat_rows": []}
    for name in ("period", "first", "first_year", "yearly")
}


#: The settings that a version keeps of the one it replaces.
CARRIED = (
    "title",
    "message",
    "success",
    "risks",
    "client_part",
    "discount_percent",
    "discount_amount",
    "discount_reason",
    "renewal",
)


@dataclass(frozen=True)
class DraftSettings:
    """What a draft says beside its items."""

    title: str
    message: str
    valid_until: date
    discount_percent: Decimal | None = None
    discount_amount: Decimal | None = None
    discount_reason: str = ""
    renewal: str = Renewal.TACIT
    success: str = ""
    risks: str = ""
    client_part: str = ""


@dataclass(frozen=True)
class DraftPrice:
    """A draft priced as it stands: the answer, or why there is none."""

    priced: Priced | None
    problem: str = field(default="")


def start_draft(
    *,
    contact: Contact,
    key: UUID | None = None,
    buyer: Party | None = None,
    former: Quote | None = None,
    title: str = "",
) -> Quote:
    """An empty draft for a person. `buyer` as a form told it, else as we know the organisation."""
    hoster, today = contact.organization.hoster, timezone.localdate()
    return Quote.objects.create(
        hoster=hoster,
        organization=contact.organization,
        contact=contact,
        state=Quote.State.DRAFT,
        former=former,
        title=title,
        issued_on=today,
        valid_until=today + timedelta(days=hoster.quote_validity_days),
        term_months=1,
        selection={},
        seller=seller_of(hoster).to_json(),
        buyer=(buyer or known_buyer(contact)).to_json(),
        promise=promise_of_items([], title),
        totals=EMPTY_TOTALS,
        mention=vat_mention(hoster.vat_policy.regime, on=today),
        period_gross=Decimal(0),
        first_year_gross=Decimal(0),
        request_key=key or uuid4(),
    )


def known_buyer(contact: Contact) -> Party:
    """The buyer of a quote written by staff: the organisation and the person of our own files."""
    known = contact.organization
    details = OrganizationDetails(
        known.name, known.street, known.postcode, known.town, known.country, known.rna, known.siren
    )
    person = PersonDetails(contact.name, contact.email, contact.phone, contact.role, notice="")
    return buyer_of(details, person)


@transaction.atomic
def save_settings(*, draft: Quote, settings: DraftSettings, by: User) -> None:
    """Title, message, validity and discount of a draft; it is priced again.

    Raises:
        ActRefused: it is not a draft any more.
    """
    locked = _edit(draft, by)
    _rewrite(locked, **vars(settings))
    write_prices(draft=Quote.objects.get(pk=draft.pk))


@transaction.atomic
def save_item(*, draft: Quote, item: QuoteItem, by: User) -> None:
    """Add an item, or keep the changes of one; the draft is priced again.

    Raises:
        ActRefused: it is not a draft any more.
    """
    locked = _edit(draft, by)
    if item.pk is None:
        last = locked.items.order_by("-position").values_list("position", flat=True).first() or 0
        item.quote, item.position = locked, last + 1
    item.save()
    write_prices(draft=locked)


@transaction.atomic
def remove_item(*, draft: Quote, pk: int, by: User) -> None:
    """Take an item out of a draft; removing it twice changes nothing.

    Raises:
        ActRefused: it is not a draft any more.
    """
    locked = _edit(draft, by)
    locked.items.filter(pk=pk).delete()
    for position, item in enumerate(locked.items.all(), start=1):
        QuoteItem.objects.filter(pk=item.pk).update(position=position)
    write_prices(draft=locked)


@transaction.atomic
def move_item(*, draft: Quote, pk: int, up: bool, by: User) -> None:
    """One place up or down among the items of a draft; at an end of the list nothing changes.

    Raises:
        ActRefused: it is not a draft any more.
    """
    locked = _edit(draft, by)
    move_row(rows=list(locked.items.all()), pk=pk, up=up)
    write_prices(draft=locked)


def copy_settings(*, source: Quote, draft: Quote) -> None:
    """What a quote says beside its items and its validity, again in a draft: a version that forgot how the contract
    ends, or the discount, would be accepted for another one."""
    told = {name: getattr(source, name) for name in CARRIED}
    Quote.objects.filter(pk=draft.pk, state=Quote.State.DRAFT).update(**told)


def copy_items(*, source: Quote, draft: Quote) -> list[QuoteItem]:
    """The items of a quote, again in a draft."""
    copies = []
    for item in source.items.all():
        item.pk, item.quote = None, draft
        item._state.adding = True
        copies.append(item)
    return QuoteItem.objects.bulk_create(copies)


def price_draft(draft: Quote) -> DraftPrice:
    """Price a draft as it stands; nothing is written."""
    items = list(draft.items.select_related("offer", "tariff_version"))
    try:
        return DraftPrice(
            price_items(
                hoster=draft.hoster,
                items=items,
                discount=discount_of(draft),
                takes_over=contract_taking_over(draft),
            )
        )
    except (NotPriced, DiscountTooLarge) as problem:
        return DraftPrice(None, str(problem))


def discount_of(quote: Quote) -> Discount | None:
    """The solidarity discount that a quote carries, if any."""
    if quote.discount_percent or quote.discount_amount:
        return Discount(quote.discount_percent, quote.discount_amount, quote.discount_reason)
    return None


def write_prices(*, draft: Quote) -> DraftPrice:
    """Work out the lines, totals and promise of a draft and write them; no line while there is no firm price."""
    items = list(draft.items.select_related("offer", "tariff_version"))
    answer = price_draft(draft)
    QuoteLine.objects.filter(quote=draft, quote__state=Quote.State.DRAFT).delete()
    values: dict[str, Any] = {"totals": EMPTY_TOTALS, "period_gross": 0, "first_year_gross": 0}
    if answer.priced:
        priced = answer.priced
        values = {
            "totals": priced.totals,
            "term_months": priced.term_months,
            "period_gross": priced.period_gross,
            "first_year_gross": priced.first_year_gross,
        }
        QuoteLine.objects.bulk_create(
            quote_line(draft, position, line, nature)
            for position, (line, nature) in enumerate(
                zip(priced.lines, natures_of(priced.lines, items), strict=True), start=1
            )
        )
    _rewrite(draft, **values, **_said_by(items, draft))
    return answer


def _said_by(items: Sequence[QuoteItem], draft: Quote) -> dict[str, Any]:
    """What the items say of the whole quote: its promise, and its first offer."""
    promise = promise_of_items(items, draft.title)
    first = next((item for item in items if item.offer_id), None)
    return {
        "promise": promise
        | {"frankly": said_frankly(draft, items, promise["parts"]), "brief": brief_of(draft)},
        "offer": first.offer if first else None,
        "tariff_version": first.tariff_version if first else None,
        "selection": first.selection if first else {},
    }


def _edit(draft: Quote, by: User) -> Quote:
    return move(
        quote=draft, act=QuoteEvent.Act.EDIT, actor=QuoteEvent.Actor.STAFF, told=Told(by=by, name=by.name)
    )


def _rewrite(draft: Quote, **values: Any) -> None:
    rows = Quote.objects.filter(pk=draft.pk, state=Quote.State.DRAFT)
    if not rows.update(**values):
        raise ActRefused(_("Ce devis est envoyé : il ne change plus. Faites-en une nouvelle version."))
