"""What makes people’s answers worth something (002-159)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.models import Evidence

MINUTES = (90, 180)
PEOPLE = (4, 8)


def cautions(evidence: Evidence) -> list[str]:
    """What to keep in mind about a focus group that is too short, too long, too small or too large (FOC-01, FOC-02)."""
    return list(_cautions(evidence)) if evidence.kind == Evidence.Kind.FOCUS_GROUP else []


def _cautions(evidence: Evidence) -> Iterator[str]:
    if evidence.minutes is not None and not MINUTES[0] <= evidence.minutes <= MINUTES[1]:
        yield _("Un groupe de discussion dure d’ordinaire de 1 h 30 à 3 h.")
    if not PEOPLE[0] <= evidence.people <= PEOPLE[1]:
        yield _("Un groupe de discussion réunit d’ordinaire de 4 à 8 personnes.")
