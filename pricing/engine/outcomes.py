"""The words of an answer. *No amount* is never zero."""

from enum import StrEnum


class Outcome(StrEnum):
    PRICED = "priced"
    ON_QUOTE = "on_quote"
    NOT_ELIGIBLE = "not_eligible"
    TRIAL = "trial"
    REFUSED = "refused"
    INVALID = "invalid"


class Cadence(StrEnum):
    """When a line is due. YEARLY falls on the first invoice and on each anniversary."""

    PERIOD = "period"
    ONE_OFF = "one_off"
    YEARLY = "yearly"
