"""An undefined variable in one of our templates fails the test that renders it.

Django prints nothing for a name that does not exist, so a renamed context variable shows an empty page.
`{% if name %}` and `{{ name|default:… }}` stay allowed: they say that the name may be missing. So does an
attribute of something that is None.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.template import Context, VariableDoesNotExist, base, defaultfilters

TOLERANT = {defaultfilters.default, defaultfilters.default_if_none}


class UndefinedVariable(AssertionError):
    """A template of ours prints a name that its context does not have."""


@contextmanager
def strict_templates() -> Iterator[None]:
    original = base.FilterExpression.resolve

    def resolve(self: Any, context: Context, ignore_failures: bool = False) -> Any:
        if ignore_failures or not self.is_var or not _is_ours(context):
            return original(self, context, ignore_failures)
        if any(filter in TOLERANT for filter, _arguments in self.filters):
            return original(self, context, ignore_failures=True)
        known = copy.copy(self)
        known.is_var = False
        try:
            known.var = self.var.resolve(context)
        except VariableDoesNotExist as error:
            if error.params[-1] is None:
                return original(self, context, ignore_failures)
            raise UndefinedVariable(f"{_template_name(context)}: {self.token}: {error}") from error
        return original(known, context, ignore_failures)

    base.FilterExpression.resolve = resolve
    try:
        yield
    finally:
        base.FilterExpression.resolve = original


def _template_name(context: Context) -> str:
    template = context.render_context.template
    return template.origin.name if template is not None and template.origin else ""


def _is_ours(context: Context) -> bool:
    return _template_name(context).startswith(str(settings.BASE_DIR / "templates"))
