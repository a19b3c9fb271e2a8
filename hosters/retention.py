"""What is kept of people, why, how long, and what ends it: declared by each app, applied by one purge (GDPR-05).

Each app declares its own table in `ready()`: a rule for what may tell something of a person, or the word that a table
holds nobody. A test walks every model and fails on a field that no line covers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.together import counts

Words = str | Promise
#: Rows whose time has come at an instant.
Due = Callable[[Hoster, datetime], "QuerySet[Any]"]
#: What is done of them; says how many were done.
End = Callable[[Hoster, "QuerySet[Any]"], int]


class Ending(Enum):
    """What happens when the time has come."""

    ERASED = _("effacé")
    ANONYMISED = _("rendu anonyme")
    WITH_OWNER = _("part avec ce dont il dépend")
    PERSON_DECIDES = _("une personne archive ou détruit")


@dataclass(frozen=True)
class Rule:
    """One line of the table. `fields` are those of the model that may tell something of a person.

    `public` lines are read by everybody on the page about personal data; the others are for the team.
    """

    model: str
    fields: tuple[str, ...]
    what: Words
    why: Words
    basis: Words
    how_long: Words
    ending: Ending
    due: Due | None = None
    end: End | None = None
    public: bool = False


@dataclass(frozen=True)
class Outcome:
    """How many rows a rule has ended, or would end."""

    rule: Rule
    count: int


_rules: list[Rule] = []
_impersonal: dict[str, frozenset[str] | None] = {}


def register(*rules: Rule) -> None:
    """Add the lines of an app. Called in `ready()`."""
    _rules.extend(rules)


def register_impersonal(model: str, *fields: str) -> None:
    """These fields of a model say nothing of a person; all those without a line when none is named."""
    _impersonal[model] = frozenset(fields) or None


def rules() -> list[Rule]:
    """Every line, in the order of the apps."""
    return list(_rules)


def told_once() -> list[Rule]:
    """The lines to read: those that say the same of several tables are one."""
    words = {(str(rule.what), str(rule.why), str(rule.how_long)): rule for rule in reversed(_rules)}
    return list(reversed(words.values()))


def public_rules() -> list[Rule]:
    """The lines that everybody may read."""
    return [rule for rule in _rules if rule.public]


def has_rule(model: str, field: str) -> bool:
    """Whether a line of the table names this field."""
    return any(rule.model == model and field in rule.fields for rule in _rules)


def is_declared(model: str, field: str) -> bool:
    """Whether a field has its line, or was said to hold nobody."""
    if has_rule(model, field):
        return True
    named = _impersonal.get(model, frozenset())
    return named is None or field in named


def due_now(hoster: Hoster, *, now: datetime) -> list[Outcome]:
    """What the purge would do at an instant: nothing is changed."""
    return due_at(hoster, now)[0]


def due_at(hoster: Hoster, *instants: datetime) -> list[list[Outcome]]:
    """The same at several instants, in one query."""
    due = [[(rule, rule.due(hoster, now)) for rule in _rules if rule.due] for now in instants]
    numbers = iter(counts(*(rows for each in due for _rule, rows in each)))
    return [[Outcome(rule, next(numbers)) for rule, _rows in each] for each in due]


def purge(hoster: Hoster, *, now: datetime) -> list[Outcome]:
    """End what is over; a rule whose end belongs to a person is only told by `due_now`."""
    return [
        Outcome(rule, rule.end(hoster, rule.due(hoster, now))) for rule in _rules if rule.due and rule.end
    ]


def deleted(hoster: Hoster, rows: "QuerySet[Any]") -> int:
    """The plain end: the rows go away."""
    count, _by_model = rows.delete()
    return count
