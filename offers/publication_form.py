"""The last questions before an offer is published."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from offers.finding_links import LinkedFinding
from offers.offer_forms import OneLine
from offers.publication import LONGEST_REASON, Readiness

REASON = "raison-"


class PublicationForm(forms.Form):
    """What changes, for the team; and a reason for each error set aside, the one of the last version kept."""

    note = OneLine(
        label=gettext_lazy("Ce qui change"),
        help_text=gettext_lazy(
            "Pour l’équipe, dans l’historique. Par exemple : deux heures de support au lieu d’une."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, ready: Readiness, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.to_justify = ready.to_justify
        before = ready.offer.public_version
        given = {each["message"]: each["reason"] for each in before.overrides} if before else {}
        for each in self.to_justify:
            self.fields[REASON + each.key] = OneLine(
                label=gettext_lazy("Pourquoi publier malgré ce contrôle"),
                max_length=LONGEST_REASON,
                initial=given.get(each.finding.message, ""),
            )

    @property
    def justified(self) -> list[tuple[LinkedFinding, forms.BoundField]]:
        """Each error with the field of its reason."""
        return [(each, self[REASON + each.key]) for each in self.to_justify]

    def reasons(self) -> dict[str, str]:
        """By key of the finding. Only on a valid form."""
        return {
            name.removeprefix(REASON): text
            for name, text in self.cleaned_data.items()
            if name.startswith(REASON)
        }
