"""`{% load menu %}`: which entry of a menu the open page belongs to."""

from django import template

register = template.Library()


@register.filter
def belongs_to(here: str, words: str) -> bool:
    """Whether the URL name of the open page holds one of these words: `"staff:new_need"|belongs_to:"offer need"`."""
    return any(word in here for word in words.split())
