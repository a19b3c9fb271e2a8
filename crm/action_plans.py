"""A plan for the organisations of a public: lines as people write them, follow-ups once it starts (004-013).

0 : remercier de la rencontre
14 : demander la date de la réunion du bureau
"""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.follow_ups import plan
from crm.models import ActionPlan, FollowUp, Organization
from hosters.models import User

STEP = re.compile(r"(?:j\s*\+\s*)?(\d{1,3})\s*[:\-–]\s*(.+)", re.IGNORECASE)
MOST_STEPS = 20


class BadPlan(Exception):
    """The text is no plan; the message says which line and why, in French."""


def read_steps(text: str) -> list[tuple[int, str]]:
    """Days after the start and what to do, in the order of the days.

    Raises:
        BadPlan: a line that is no step, no step, or too many of them.
    """
    steps = []
    for number, line in enumerate((line.strip() for line in text.splitlines()), start=1):
        if not line:
            continue
        found = STEP.fullmatch(line)
        if not found:
            raise BadPlan(
                _("Ligne %(line)s : écrivez le nombre de jours, « : », puis quoi faire.") % {"line": number}
            )
        steps.append((int(found[1]), found[2]))
    if not 0 < len(steps) <= MOST_STEPS:
        raise BadPlan(_("Un plan a d’une à vingt étapes."))
    return sorted(steps)


@transaction.atomic
def start_plan(*, action_plan: ActionPlan, organization: Organization, by: User) -> int:
    """Plan its steps from today, for whoever follows the organisation; says how many. What is planned already is not
    planned twice."""
    today = timezone.localdate()
    waiting = FollowUp.objects.filter(organization=organization, done_at=None)
    known = set(waiting.values_list("what", "due_on"))
    steps = [(what, today + timedelta(days=days)) for days, what in read_steps(action_plan.steps)]
    new = [step for step in steps if (step[0][:200], step[1]) not in known]
    for what, due_on in new:
        plan(organization=organization, what=what, due_on=due_on, owner=organization.owner or by)
    return len(new)
