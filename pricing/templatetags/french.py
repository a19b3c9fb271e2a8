"""Amounts, numbers and sentences in templates (a builtin library: no `{% load %}` needed)."""

from collections.abc import Sized
from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from pricing import typography
from pricing.dates import date_format

register = template.Library()

KILO = 1000
#: « 1,5 litre », « 2 litres ».
PLURAL_FROM = 2


@register.filter
def euros(amount: Decimal | None) -> str:
    """`{{ total|euros }}` → 30,00 €; nothing for no amount (never 0)."""
    return "" if amount is None else typography.euros(amount)


@register.filter
def decimal_fr(value: Decimal | int | None) -> str:
    """`{{ quantity|decimal_fr }}` → 1,5"""
    return "" if value is None else typography.quantity(Decimal(value))


@register.filter("date", expects_localtime=True)
def written_date(value: object, pattern: str = "j F Y") -> str:
    """`{{ day|date:"j F Y" }}` → 1er novembre 2026; nothing for no date."""
    return date_format(value, pattern) if isinstance(value, date) else ""


@register.filter
def pluralize(value: object, suffixes: str = "s") -> str:
    """`0 offre`, `1 offre`, `2 offres`: in French, nothing is singular."""
    singular, _comma, plural = suffixes.rpartition(",")
    return plural if _number(value) >= PLURAL_FROM else singular


@register.filter
def filesizeformat(size: int) -> str:
    """`33 Ko`, `1,2 Mo`: thousands of bytes, as people count them."""
    if size < KILO:
        return typography.french(f"{size} o")
    if size < KILO**2:
        return typography.french(f"{round(size / KILO)} Ko")
    return typography.french(f"{typography.quantity(Decimal(size * 10 // KILO**2) / 10)} Mo")


@register.filter
def nbsp(text: object) -> str:
    """`{{ sentence|nbsp }}`: French spaces in a text typed by a person. Escaping stays to the template."""
    given = str(text)  # a lazy text may be safe too: only its string says so
    spaced = typography.french(given)
    return SafeString(spaced) if isinstance(given, SafeString) else spaced


@register.filter
def of(name: object) -> str:
    """`Le devis {{ hoster.name|of }}` → Le devis d’Artifaille"""
    return typography.of(str(name))


@register.filter
def minutes(count: int) -> str:
    """`{{ remaining|minutes }}` → 1 h 30"""
    return typography.minutes(count)


def _number(value: object) -> float:
    """A number, or how many a list holds; 0 for anything else."""
    if isinstance(value, int | float | Decimal):
        return abs(float(value))
    return len(value) if isinstance(value, Sized) else 0
