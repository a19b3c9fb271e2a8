"""What the brief of the association becomes once its quote is accepted: steps to validate, a meeting that comes back.

Read in the promise of the quote, which holds the brief as it was when the quote left (`billing.quoting.briefs`).
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from billing.models import Delivery, Quote

#: What a project is made of; a follow-up belongs to the service that goes on after it.
WORK = (Delivery.Kind.WORK, Delivery.Kind.SESSION, Delivery.Kind.MILESTONE, Delivery.Kind.OPENING)
LONGEST = 300


def rows_of_brief(quote: Quote, today: date) -> list[Delivery]:
    """The steps of the planning (003-011), then the first meeting when a rhythm was chosen (003-012); not saved."""
    answers = quote.promise.get("brief", {}).get("answers", {})
    rows = list(_milestones(quote, answers.get("planning", {})))
    follow_up = answers.get("suivi", {})
    if weeks := int(follow_up.get("every_weeks") or 0):
        what = _("Faire le point avec %(who)s : %(how)s") % {
            "who": follow_up.get("referent", ""),
            "how": follow_up.get("rhythm", ""),
        }
        row = _row(quote, Delivery.Kind.MEETING, what, today + timedelta(weeks=weeks))
        row.every_weeks = weeks
        rows.append(row)
    return rows


def _milestones(quote: Quote, planning: Mapping[str, str]) -> list[Delivery]:
    found = []
    for name in sorted(name for name in planning if name.startswith("milestone_") and name.endswith("_what")):
        step = name.removesuffix("_what")
        told = [planning[name], planning.get(f"{step}_when", "")]
        if planning[name]:
            on = planning.get(f"{step}_on")
            due = date.fromisoformat(on) if on else None
            found.append(_row(quote, Delivery.Kind.MILESTONE, " – ".join(filter(None, told)), due))
    return found


def _row(quote: Quote, kind: Delivery.Kind, what: str, due: date | None) -> Delivery:
    return Delivery(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        kind=kind,
        what=what[:LONGEST],
        due_on=due,
    )


def next_meeting(done: Delivery, *, on: date) -> date | None:
    """The day of the meeting after this one, counted from the day planned; None once the project is done, or its
    contract over. A quote whose brief announces nothing else has meetings as long as its contract runs."""
    subscription = getattr(done.quote, "subscription", None)
    if subscription is not None and subscription.ended_on is not None:
        return None
    project = Delivery.objects.filter(quote=done.quote, kind__in=WORK)
    if project.exists() and not project.to_do().exists():
        return None
    step = timedelta(weeks=done.every_weeks or 1)
    day = done.due_on or on
    while day <= on:
        day += step
    return day
