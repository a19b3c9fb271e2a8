"""The accounts of a hoster and its financial years."""

import calendar
from dataclasses import dataclass
from datetime import date

from billing.models import AccountPlan
from hosters.models import Hoster


@dataclass(frozen=True)
class Account:
    """A number of the plan and what it is called in the entries."""

    number: str
    label: str


def plan_of(hoster: Hoster) -> AccountPlan:
    """The accounts that a hoster chose, or the defaults."""
    return AccountPlan.objects.filter(hoster=hoster).first() or AccountPlan(hoster=hoster)


def account_of(plan: AccountPlan, name: str) -> Account:
    """One account of the plan, by the name of its column."""
    label = str(AccountPlan._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a column has words
    return Account(getattr(plan, name), label[0].upper() + label[1:])


def closing_of(plan: AccountPlan, day: date) -> date:
    """The last day of the financial year that holds a day."""
    year = day.year + (day.month > plan.last_month)
    return date(year, plan.last_month, calendar.monthrange(year, plan.last_month)[1])


def opening_of(plan: AccountPlan, day: date) -> date:
    """The first day of the financial year that holds a day."""
    year, month = closing_of(plan, day).year, plan.last_month
    return date(year, 1, 1) if month == 12 else date(year - 1, month + 1, 1)


def save_plan(plan: AccountPlan) -> None:
    """Keep the accounts for the lots to come; what was exported stays as it is."""
    plan.save()
