"""What an association wants to reach, followed with it after the quote (003-022): the same values for both sides."""

from datetime import date

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from billing.models import Objective, ObjectiveValue, Quote
from crm.models import Organization
from hosters.models import User

ROWS = 3  # of objectives in a brief


def follow_objectives(*, quote: Quote) -> list[Objective]:
    """The objectives of the brief that an accepted quote answers. Called inside the accepting transaction."""
    answers = quote.promise.get("brief", {}).get("answers", {}).get("objectifs", {})
    told = [
        {name: answers.get(f"objective_{row}_{name}", "") for name in ("what", "start", "target", "by")}
        for row in range(1, ROWS + 1)
    ]
    rows = [
        Objective(hoster=quote.hoster, organization=quote.organization, quote=quote, **each)
        for each in told
        if each["what"] and each["target"]
    ]
    return Objective.objects.bulk_create(rows)


def objectives_of(organization: Organization) -> "QuerySet[Objective]":
    """Everything that an association follows with us, each with its values, the latest first."""
    values = Prefetch("values", ObjectiveValue.objects.order_by("-on"))
    return Objective.objects.filter(organization=organization).prefetch_related(values).order_by("pk")


def keep_objective(*, objective: Objective) -> None:
    """Write an objective agreed with an association."""
    objective.save()


@transaction.atomic
def record_value(*, objective: Objective, on: date, value: str, note: str, by: User) -> ObjectiveValue:
    """Say where it is on a day; said again for the same day, it takes the place of what was said."""
    told = {"value": value, "note": note, "recorded_by": by}
    row, _new = ObjectiveValue.objects.update_or_create(objective=objective, on=on, defaults=told)
    return row


def remove_objective(*, objective: Objective) -> None:
    """Stop following it; its values go with it."""
    objective.delete()
