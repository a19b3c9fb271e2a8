"""Cold, warm, hot: how long ago an organisation last did something knowingly. Nothing else warms it (C3)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.models import FollowUp, Organization

HOT_DAYS = 30
WARM_DAYS = 120
HOT, WARM, COLD = "hot", "warm", "cold"
LABELS = {HOT: _("chaude"), WARM: _("tiède"), COLD: _("froide")}


def temperature(organization: Organization, now: datetime | None = None) -> str:
    """`hot` within 30 days of its last request, reply or appointment, `warm` within 120, `cold` beyond."""
    if organization.do_not_contact or not organization.knowing_at:
        return COLD
    age = (now or timezone.now()) - organization.knowing_at
    return HOT if age <= timedelta(days=HOT_DAYS) else WARM if age <= timedelta(days=WARM_DAYS) else COLD


def of_temperature(code: str, prefix: str = "") -> Q:
    """The same rule, for the database."""
    hot, warm = (timezone.now() - timedelta(days=days) for days in (HOT_DAYS, WARM_DAYS))
    silent = Q(**{f"{prefix}do_not_contact": True}) | Q(**{f"{prefix}knowing_at": None})
    if code == HOT:
        return ~silent & Q(**{f"{prefix}knowing_at__gte": hot})
    if code == WARM:
        return ~silent & Q(**{f"{prefix}knowing_at__lt": hot, f"{prefix}knowing_at__gte": warm})
    return silent | Q(**{f"{prefix}knowing_at__lt": warm})


def heat(prefix: str = "") -> Case:
    """2 hot, 1 warm, 0 cold: to sort by."""
    return Case(
        When(of_temperature(HOT, prefix), then=Value(2)),
        When(of_temperature(WARM, prefix), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def with_warmth(rows: Iterable[FollowUp]) -> list[tuple[FollowUp, str, str]]:
    """Each follow-up with the code and the word of its organisation's temperature."""
    codes = [(row, temperature(row.organization)) for row in rows]
    return [(row, code, str(LABELS[code])) for row, code in codes]
