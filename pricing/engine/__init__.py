"""Prices of hosting offers: plain Python, no framework, no file, no clock.

tariff = parse_tariff({"charges": [{"type": "flat", "label": "Pack", "price": "10.00"}]})
price(tariff, Selection(), vat=VatPolicy(VatRegime.FRANCHISE)).recurring_per_period
"""

from pricing.engine.bespoke import FeatureRequest, Request, price_several
from pricing.engine.bills import Bill, BilledLine, VatRow
from pricing.engine.breakdown import Breakdown, Overrun, Saving, Subtotal
from pricing.engine.changes import Cancellation, Change, cancel, change
from pricing.engine.cheapest import Candidate, Proposal, cheapest, rank
from pricing.engine.codec import dump_tariff, parse_tariff, tariff_schema
from pricing.engine.curve import CurveRow, curve
from pricing.engine.eligibility import Entitlement
from pricing.engine.lines import Line, LineKind
from pricing.engine.lint import check_tariff
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.pricing import price
from pricing.engine.problems import Problem, Severity, TariffError
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import euros, use_translations
from pricing.engine.vat import VatCategory, VatPolicy, VatRegime

__all__ = [
    "Bill",
    "BilledLine",
    "Breakdown",
    "Cadence",
    "Cancellation",
    "Candidate",
    "Change",
    "CurveRow",
    "Entitlement",
    "FeatureRequest",
    "Line",
    "LineKind",
    "Metric",
    "Outcome",
    "Overrun",
    "Problem",
    "Proposal",
    "Request",
    "Saving",
    "Selection",
    "Severity",
    "Subtotal",
    "Tariff",
    "TariffError",
    "VatCategory",
    "VatPolicy",
    "VatRegime",
    "VatRow",
    "cancel",
    "change",
    "cheapest",
    "check_tariff",
    "curve",
    "dump_tariff",
    "euros",
    "parse_tariff",
    "price",
    "price_several",
    "rank",
    "tariff_schema",
    "use_translations",
]
