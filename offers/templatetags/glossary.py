"""`{% load glossary %}`: technical words that explain themselves."""

from django import template
from django.utils.safestring import SafeString

from offers.glossary.explaining import PageGlossary

register = template.Library()


@register.filter
def explained(text: object, glossary: PageGlossary) -> SafeString:
    """`{{ offer.purpose|nbsp|explained:glossary }}`: escaped, with each word explained once on the page."""
    return glossary.explain(text)
