"""How a hoster follows people; the usual way as long as nothing was chosen."""

from crm.models import Habits
from hosters.models import Hoster


def habits_of(hoster: Hoster) -> Habits:
    """What was chosen, or the usual values, not saved."""
    return Habits.objects.filter(hoster=hoster).first() or Habits(hoster=hoster)


def keep_habits(*, habits: Habits) -> None:
    """Write what a form chose."""
    habits.save()
