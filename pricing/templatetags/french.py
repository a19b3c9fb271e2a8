"""Amounts, numbers and sentences in templates (a builtin library: no `{% load %}` needed)."""

from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from pricing import typography

register = template.Library()


@register.filter
def euros(amount: Decimal | None) -> str:
    """`{{ total|euros }}` → 30,00 €; nothing for no amount (never 0)."""
    return "" if amount is None else typography.euros(amount)


@register.filter
def decimal_fr(value: Decimal | int | None) -> str:
    """`{{ quantity|decimal_fr }}` → 1,5"""
    return "" if value is None else typography.quantity(Decimal(value))


@register.filter
def nbsp(text: object) -> str:
    """`{{ sentence|nbsp }}`: French spaces in a text typed by a person. Escaping stays to the template."""
    given = str(text)  # a lazy text may be safe too: only its string says so
    spaced = typography.french(given)
    return SafeString(spaced) if isinstance(given, SafeString) else spaced
