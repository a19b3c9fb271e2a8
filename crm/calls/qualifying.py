"""What was answered on the telephone to the questions of qualification that a guide names (004-020)."""

import re
from collections.abc import Iterable, Iterator

from django.db import transaction

from crm.calls.script import Way
from crm.interactions import NextAction, record_interaction
from crm.models import Answer, Criterion, Interaction
from crm.scoring import Declared, keep_answers
from hosters.models import User

NUMBER = re.compile(r"(plus de|moins de)?\s*(\d{1,6})\b", re.IGNORECASE)
BEYOND = {"plus de": 1, "moins de": -1}
SAID = {"oui": Answer.Value.YES, "non": Answer.Value.NO}


@transaction.atomic
def record_call(*, interaction: Interaction, next_action: NextAction, way: Way, by: User) -> None:
    """Keep a call that followed a guide, and what it says of the criteria."""
    record_interaction(interaction=interaction, next_action=next_action, by=by)
    organization = interaction.organization
    criteria = Criterion.objects.filter(hoster=organization.hoster)
    if declared := list(declared_on(way, criteria)):
        keep_answers(
            organization=organization,
            declared=declared,
            method=Answer.Method.INTERVIEW,
            unscored=organization.unscored,
            by=by,
        )


def declared_on(way: Way, criteria: Iterable[Criterion]) -> Iterator[Declared]:
    """What the way through a guide says of each criterion; nothing of an answer that is neither « oui », « non » nor a
    number."""
    named = {criterion.question.casefold(): criterion for criterion in criteria}
    for question, answer in way.said:
        criterion = named.get(question.criterion.casefold())
        if criterion is None:
            continue
        if criterion.threshold is None:
            if value := SAID.get(answer.words[:3].casefold()):
                yield Declared(criterion, value=value)
        elif found := NUMBER.match(answer.words):
            yield Declared(criterion, number=max(int(found[2]) + BEYOND.get((found[1] or "").lower(), 0), 0))
