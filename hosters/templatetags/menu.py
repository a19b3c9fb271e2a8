"""`{% load menu %}`: the menu of the team, and which of its entries the open page belongs to."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def belongs_to(here: str, words: str) -> bool:
    """Whether the URL name of the open page holds one of these words: `"staff:new_need"|belongs_to:"offer need"`."""
    return any(word in here for word in words.split())


@register.simple_tag
def staff_links(*, here: str, role: str) -> SafeString:
    """The links of the team. Pages have them twice, for wide and narrow screens; they are drawn once for all pages of
    that name, where drawing them took a third of the time of a page."""
    return _drawn(get_script_prefix(), get_urlconf(), here, role)


@lru_cache(maxsize=256)
def _drawn(_prefix: str, _urlconf: str | None, here: str, role: str) -> SafeString:
    return render_to_string("components/staff_nav.html", {"here": here, "role": role})
