"""From an accepted quote to what has to be done, and from each thing done to the next one."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.delivery.project import next_meeting, rows_of_brief
from billing.delivery.sessions import read_sessions
from billing.models import Delivery, Quote
from hosters.models import User
from offers.models import Component, ComponentKind
from pricing.periods import months_after


class DeliveryRefused(Exception):
    """It cannot be done so; the message says why, in French."""


def plan_deliveries(*, quote: Quote) -> list[Delivery]:
    """All that an accepted quote asks of the team (000-003, 000-007). Called inside the accepting transaction."""
    told = [
        part["delivery"] | {"what": _named(part)} for part in quote.promise["parts"] if part.get("delivery")
    ]
    known = {each.slug: each for each in Component.objects.filter(hoster=quote.hoster_id)} if told else {}
    today = timezone.localdate()
    rows = [row for each in told for row in _rows(quote, each, known.get(each["component"]), today)]
    rows += rows_of_brief(quote, today)
    return Delivery.objects.bulk_create(rows)


def _named(part: Mapping[str, Any]) -> str:
    return str(part["function"] or part["need"])[:300]


def _rows(
    quote: Quote, told: Mapping[str, Any], component: Component | None, today: date
) -> Iterator[Delivery]:
    """The rows of one part. Its first follow-up comes after the months promised."""
    row = Delivery(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        component=component,
        what=told["what"],
        person=told["person"],
        hours=Decimal(told["hours"]) if told["hours"] else None,
    )
    if sessions := read_sessions(told.get("sessions", "")):
        for session in sessions:
            what = f"{told['what']} : {session.what}"[:300]
            yield _like(row, kind=Delivery.Kind.SESSION, what=what, due_on=session.on)
    elif told["kind"] == ComponentKind.SERVICE and told["billing"] != Component.Billing.ONE_OFF:
        months = told["review_months"]
        due = months_after(today, months) if months else None
        yield _like(row, kind=Delivery.Kind.FOLLOW_UP, due_on=due, every_months=months)
    elif told["kind"] != ComponentKind.PRODUIT:
        yield _like(row, kind=Delivery.Kind.WORK)
    elif component is not None and component.download_url:
        yield _like(row, kind=Delivery.Kind.DOWNLOAD, done_on=today)
    elif told.get("by_hand"):
        yield _like(row, kind=Delivery.Kind.OPENING)


def _like(row: Delivery, **changes: Any) -> Delivery:
    values = {
        field.name: getattr(row, field.name)
        for field in Delivery._meta.concrete_fields
        if not field.primary_key
    }
    return Delivery(**(values | changes))


def schedule(*, delivery: Delivery, due_on: date | None, person: str) -> None:
    """Say when, and who.

    Raises:
        DeliveryRefused: it is done.
    """
    rows = Delivery.objects.filter(pk=delivery.pk, done_on=None)
    if not rows.update(due_on=due_on, person=person):
        raise DeliveryRefused(_("C’est déjà fait : la date ne change plus."))


@transaction.atomic
def finish(*, delivery: Delivery, on: date, note: str, by: User) -> Delivery | None:
    """It is done: the association reads the note (000-005). Gives the next follow-up of a service, or the next meeting
    of a project, that goes on.

    Twice changes nothing.

    Raises:
        DeliveryRefused: a day to come.
    """
    if on > timezone.localdate():
        raise DeliveryRefused(_("Ce jour n’est pas encore passé."))
    rows = Delivery.objects.filter(pk=delivery.pk, done_on=None)
    if not rows.update(done_on=on, done_by=by, note=note):
        return None
    done = Delivery.objects.select_related("quote__subscription").get(pk=delivery.pk)
    if done.kind == Delivery.Kind.MEETING:
        due = next_meeting(done, on=on)
        if due is None:
            return None
    elif done.kind == Delivery.Kind.FOLLOW_UP and not _ended(done.quote):
        due = _next_day(done.due_on or on, done.every_months, after=on) if done.every_months else None
    else:
        return None
    following = _like(done, due_on=due, done_on=None, done_by=None, note="", confirmed_at=None)
    following.save()
    return following


def confirm(*, delivery: Delivery) -> None:
    """The association says that it has received it; once (000-005)."""
    rows = Delivery.objects.filter(pk=delivery.pk, confirmed_at=None, done_on__isnull=False)
    rows.update(confirmed_at=timezone.now())


def _ended(quote: Quote) -> bool:
    subscription = getattr(quote, "subscription", None)
    return subscription is not None and subscription.ended_on is not None


def _next_day(anchor: date, every: int, *, after: date) -> date:
    """Counted from the day that was planned, so that a late follow-up does not push all the others."""
    months = every
    while (day := months_after(anchor, months)) <= after:
        months += every
    return day
