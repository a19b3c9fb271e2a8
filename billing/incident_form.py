"""A breakdown as staff write it down, in Paris time."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.incidents import Breakdown

LONGEST = 366  # days: beyond, somebody mistyped a year


class MomentInput(forms.DateTimeInput):
    """A day and an hour, picked or typed."""

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class IncidentForm(forms.Form):
    told_at = forms.DateTimeField(label=_("Panne signalée le"), widget=MomentInput)
    taken_at = forms.DateTimeField(label=_("Prise en charge le"), widget=MomentInput)
    restored_at = forms.DateTimeField(label=_("Rétablie le"), widget=MomentInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Told, taken, restored: in this order, and not in the future."""
        given = super().clean() or {}
        moments = [given.get(name) for name in ("told_at", "taken_at", "restored_at")]
        told, taken, restored = moments
        if told is None or taken is None or restored is None:
            return given
        if not told <= taken <= restored <= timezone.now():
            self.add_error(
                None, _("Signalée, prise en charge, rétablie : dans cet ordre, et pas après aujourd’hui.")
            )
        elif (restored - told).days > LONGEST:
            self.add_error("told_at", _("Plus d’un an : vérifiez l’année."))
        return given

    def breakdown(self) -> Breakdown:
        """The moments as clocks of Paris showed them. Only on a valid form."""
        names = ("told_at", "taken_at", "restored_at")
        return Breakdown(*(timezone.make_naive(self.cleaned_data[name]) for name in names))
