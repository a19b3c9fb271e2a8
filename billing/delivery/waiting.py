"""What of it waits today, for the work queue of the team."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.delivery.capacity import capacities, loads
from billing.models import Delivery
from crm.workqueue import WorkItem, WorkItems, oldest
from hosters.models import Hoster, Role
from pricing.dates import date_format
from pricing.typography import quantity

#: A piece of work is announced a week ahead, the time to prepare it.
AHEAD = timedelta(days=7)


def deliveries_to_do(hoster: Hoster) -> WorkItems:
    """Work to plan, work of the week, follow-ups that are due (000-003, 000-007)."""
    today = timezone.localdate()
    rows = Delivery.objects.filter(hoster=hoster).waiting(today + AHEAD).select_related("organization")
    named = rows.only("kind", "what", "person", "due_on", "created_at", "organization__name")
    waiting = oldest(named, "due_on")
    yield (waiting,)
    for each in waiting:
        day = (
            _("prévu le %(day)s") % {"day": date_format(each.due_on, "j F Y")}
            if each.due_on
            else _not_planned(each)
        )
        yield WorkItem(
            at=_midnight(each.due_on) if each.due_on else each.created_at,
            label=str(each.get_kind_display()).capitalize(),
            title=each.organization.name,
            detail=" – ".join(filter(None, [each.what, each.person, day])),
            url=each.get_absolute_url(),
            button=_button(each),
            tone="warning" if each.due_on and each.due_on < today else "info",
            roles=(Role.SALES,),
        )


def _not_planned(delivery: Delivery) -> str:
    return _("à faire dès maintenant") if delivery.kind == Delivery.Kind.OPENING else _("à planifier")


def _button(delivery: Delivery) -> str:
    """An access is opened when the team has a minute; the rest is agreed with the association first."""
    if delivery.due_on or delivery.kind == Delivery.Kind.OPENING:
        return _("Dire que c’est fait")
    return _("Choisir le jour")


def components_oversold(hoster: Hoster) -> WorkItems:
    """More is sold than the team said it can hold (000-011)."""
    limited, held = capacities(hoster)
    yield limited, held
    for load in loads(limited, held):
        if load.over:
            told = {
                "sold": quantity(load.sold),
                "most": load.component.capacity,
                "unit": load.component.get_capacity_unit_display(),
            }
            yield WorkItem(
                at=timezone.now(),
                label=_("Trop vendu"),
                title=load.component.function,
                detail=_("Vendu : %(sold)s %(unit)s, pour %(most)s que l’équipe peut tenir.") % told,
                url=reverse("staff:deliveries"),
                button=_("Voir qui en a"),
                tone="warning",
            )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
