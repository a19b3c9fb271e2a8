"""Settings written with their author: what was, what is, who changed it."""

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scope

from hosters.models import Hoster, SettingChange, User

LONGEST = 200  # characters kept of a value


def record_change(
    *, hoster: Hoster, by: User | None, section: str, what: str, before: str = "", after: str = ""
) -> None:
    """Keep that somebody changed something. `section` and `what` are French, as read in the list."""
    with scope(hoster=hoster):
        SettingChange.objects.create(
            hoster=hoster,
            by=by,
            section=section,
            what=what[:LONGEST],
            before=before[:LONGEST],
            after=after[:LONGEST],
        )


def recent_changes(hoster: Hoster, number: int = 20) -> QuerySet[SettingChange]:
    """The latest first."""
    return SettingChange.objects.filter(hoster=hoster).select_related("by")[:number]


@transaction.atomic
def save_section(*, form: forms.ModelForm, section: str, by: User) -> int:
    """Write what a valid form changed of its hoster, and nothing else; says how many fields changed."""
    labels = {field.name: str(field.verbose_name) for field in Hoster._meta.fields}
    before = Hoster.objects.select_for_update(of=("self",)).get(pk=form.instance.pk)
    told = [name for name in form.fields if name in labels]
    names = [name for name in told if getattr(before, name) != getattr(form.instance, name)]
    for name in names:
        old, new = shown(before, name), shown(form.instance, name)
        record_change(hoster=before, by=by, section=section, what=labels[name], before=old, after=new)
    if names:
        form.instance.save(update_fields=names)
    return len(names)


def shown(hoster: Hoster, name: str) -> str:
    """A setting as a person reads it; « – » when empty."""
    display = getattr(hoster, f"get_{name}_display", None)
    value: Any = display() if display else getattr(hoster, name)
    return "–" if value in (None, "") else str(value)
