"""Answers of the `price` command as plain data: the engine's own fields, then what the question adds."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from offers.need_search import NeedAnswer
from pricing.engine import Breakdown, Outcome, Selection, Tariff, VatPolicy, cancel, change, price
from pricing.engine.tariff import quantity_included

YEAR = 12


def text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def plain(number: Decimal) -> int | str:
    """A quantity for JSON: an integer, or a text when it has decimals."""
    return int(number) if number == number.to_integral_value() else format(number.normalize(), "f")


def answer_one(tariff: Tariff, selection: Selection, breakdown: Breakdown) -> dict[str, Any]:
    """The answer for one offer."""
    answer = breakdown.to_json()
    if breakdown.outcome not in (Outcome.PRICED, Outcome.TRIAL):
        return answer
    answer["entitlements"] = entitlements(tariff, selection)
    if tariff.trial and tariff.trial.plan:
        answer |= {"trial_months": tariff.trial.months, "auto_renew": tariff.trial.auto_renew}
    if breakdown.months > YEAR:
        answer["term_total"] = text(breakdown.recurring_per_period)
    if breakdown.saving_vs_shorter and breakdown.saving_vs_shorter.months == YEAR:
        answer["saving_vs_annual"] = text(breakdown.saving_vs_shorter.amount)
        answer["saving_vs_annual_percent"] = breakdown.saving_vs_shorter.percent
    if breakdown.overruns:
        answer["overruns"] = _overruns(breakdown)
    answer["next_changes"] = list(breakdown.next_changes)
    return answer


def entitlements(tariff: Tariff, selection: Selection) -> dict[str, int | str]:
    """What comes with this selection, by metric code, supplements included."""
    quantities = {metric.code: metric.starting for metric in tariff.metrics}
    quantities |= {code: Decimal(value) for code, value in selection.quantities.items() if value is not None}
    brought: dict[str, int | str] = {}
    for code in dict.fromkeys(entitlement.metric for entitlement in tariff.includes):
        total = quantity_included(tariff.includes, code, quantities)
        for option, number in selection.options.items():
            adds: Mapping[str, Decimal] = dict(tariff.options_by_code[option].adds)
            total += adds.get(code, Decimal(0)) * Decimal(number or 0)
        brought[code] = plain(total)
    return brought


def _overruns(breakdown: Breakdown) -> list[dict[str, Any]]:
    return [
        {
            "metric": each.metric,
            "included": plain(each.included),
            "used": plain(each.used),
            "over": plain(each.over),
            "amount": Outcome.ON_QUOTE.value if each.amount is None else text(each.amount),
        }
        for each in breakdown.overruns
    ]


def compared_to_annual(answer: Mapping[str, Any]) -> dict[str, Any]:
    """The saving told against annual invoices instead of monthly ones; none when there is no such comparison."""
    return {
        "saving": answer.get("saving_vs_annual"),
        "saving_percent": answer.get("saving_vs_annual_percent"),
    }


def answer_change(before: Breakdown, after: Breakdown, *, after_months: int) -> dict[str, Any]:
    """What changes when another selection replaces this one after some months; nothing unless both are priced."""
    changed = change(before, after, after_months=after_months)
    if changed is None:
        return {}
    return {
        "recurring_per_period_after_change": text(after.recurring_per_period),
        "upgrade_invoice": text(changed.invoice_now),
        "first_year_total": text(changed.first_year_total),
        "yearly_after": text(changed.yearly_after),
    }


def answer_cancel(tariff: Tariff, breakdown: Breakdown, *, after_days: int) -> dict[str, Any]:
    """What is refunded and what stays paid when the contract ends after some days."""
    ended = cancel(tariff, breakdown, after_days=after_days)
    if ended is None:
        return {}
    return {
        "refund": text(ended.refund),
        "first_year_total": text(ended.first_year_total),
        "yearly_after": text(ended.yearly_after),
    }


def answer_need(found: NeedAnswer, *, vat: VatPolicy) -> dict[str, Any]:
    """The best offer's price, with which offer, which supplements, and why."""
    best = found.best
    if best is None or found.offer is None:
        nothing = Breakdown(Outcome.NOT_ELIGIBLE, found.reason, "need")
        return nothing.to_json() | {"best": None}
    tariff = found.tariffs[best.candidate.code]
    counted = {
        code: number for code, number in best.selection.quantities.items() if code in tariff.metrics_by_code
    }
    selection = replace(best.selection, quantities=counted)
    answer = answer_one(tariff, selection, price(tariff, selection, vat=vat))
    return answer | {
        "reason": found.reason,
        "best": {
            "offer": found.offer.slug,
            "plan": best.candidate.label,
            "addons": {
                code: plain(Decimal(number)) for code, number in best.selection.options.items() if number
            },
            "quantities": {
                code: plain(Decimal(number or 0)) for code, number in selection.quantities.items()
            },
        },
    }
