"""The offer linter: the qualities of a good offer, as checks that say what is wrong and what to do (`docs/linter.md`).

Pure functions over facts; `lint_offer` and `lint_hoster` read them from the database.
"""

from offers.linter.adapter import for_linting
from offers.linter.facts import HosterFacts, OfferFacts
from offers.linter.finding import Finding, counts
from offers.linter.linting import errors_and_warnings, lint_facts, lint_hoster, lint_offer
from offers.linter.registry import CHECKS
from offers.linter.thresholds import Thresholds

__all__ = [
    "CHECKS",
    "Finding",
    "HosterFacts",
    "OfferFacts",
    "Thresholds",
    "counts",
    "errors_and_warnings",
    "for_linting",
    "lint_facts",
    "lint_hoster",
    "lint_offer",
]
