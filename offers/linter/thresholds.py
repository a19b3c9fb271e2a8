"""Where a check starts to speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pricing.engine.curve import CLIFF_PERCENT
from pricing.engine.lint import MOST_TERMS


@dataclass(frozen=True)
class Thresholds:
    """Defaults are those of the course or of the requirements; `docs/linter.md` lists them."""

    required_fields: int = 6  # Q-CONTACT: of one form
    purpose_words: int = 3  # Q-WHAT: fewer say nothing
    plans: int = 4  # Q-COUNT: side by side for one public
    name_length: int = 20  # Q-NAME: characters
    consonants: int = 4  # Q-NAME: in a row
    name_likeness: float = 0.85  # Q-NAME: of two names, 1 being the same
    price_gap: Mapping[str, int] = field(  # Q-PRICE: percent above the median, by strategy
        default_factory=lambda: {"lower": 0, "align": 20, "higher": 50}
    )
    bespoke_percent: int = 50  # Q-SURMESURE: of the quotes
    fewest_quotes: int = 5  # Q-SURMESURE, Q-OPTIONS: before a share means anything
    trial_from: int = 12  # Q-TRIAL: months of commitment
    periods: int = MOST_TERMS  # Q-PERIODS: lengths sold
    options: int = 5  # Q-OPTIONS: on one offer
    option_percent: int = 50  # Q-OPTIONS: of the quotes
    availability: Decimal = Decimal("99.9")  # Q-HONEST: percent
    cliff_percent: Decimal = CLIFF_PERCENT  # Q-CLIFF: rise of the price per person
    cliff_upto: int = 60  # Q-CLIFF: people looked at
