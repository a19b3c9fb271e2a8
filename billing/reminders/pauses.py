"""An association asked for a delay: nothing is sent to it until a day; and the hoster's own calendar."""

from datetime import date

from django.db import transaction

from billing.models import ReminderPause, ReminderPlan
from crm.models import Organization
from hosters.models import Hoster, User


@transaction.atomic
def pause_reminders(*, organization: Organization, until: date, reason: str, by: User) -> ReminderPause:
    """No reminder to this association until the end of that day; a new pause replaces the former one."""
    told = {"until": until, "reason": reason, "paused_by": by}
    pause, _new = ReminderPause.objects.update_or_create(organization=organization, defaults=told)
    return pause


def resume_reminders(*, organization: Organization) -> None:
    """Reminders may leave again. Doing it twice is harmless."""
    ReminderPause.objects.filter(organization=organization).delete()


def change_plan(*, hoster: Hoster, active: bool, first: int, second: int, third: int) -> ReminderPlan:
    """When this hoster reminds, in days after the due day."""
    told = {"active": active, "first": first, "second": second, "third": third}
    plan, _new = ReminderPlan.objects.update_or_create(hoster=hoster, defaults=told)
    return plan
