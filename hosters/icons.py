"""The tag `{% lucide %}`, which draws each icon once: a staff page has about ninety, and drawing them took a quarter of
its time. It takes the place of the library of that name (`TEMPLATES` in the settings)."""

from functools import lru_cache

from django import template
from lucide.templatetags.lucide import lucide

register = template.Library()
#: An icon is the same for the same arguments; they are escaped as attributes of its SVG.
register.simple_tag(lru_cache(maxsize=1024)(lucide), name="lucide")
