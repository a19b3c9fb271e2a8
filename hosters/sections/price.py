from typing import Any

from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from hosters.promise import FAMILIES
from hosters.sections.fields import HosterForm, ParagraphField


class PriceForm(HosterForm):
    """Why it is not free, and what a hundred euros pay for (002-023, 002-083, 002-099)."""

    to_publish = frozenset({"why_paid"})

    why_paid = ParagraphField(
        label=_("Pourquoi c’est payant"),
        required=False,
        max_length=800,
        help_text=_("Ce que « gratuit » coûte ailleurs, et ce que le prix permet ici."),
    )
    nonprofit = ParagraphField(
        label=_("À quoi sert l’argent"),
        required=False,
        max_length=400,
        help_text=_("Laissé vide, une phrase tirée de votre forme juridique."),
    )

    class Meta:
        model = Hoster
        fields = ("why_paid", "nonprofit", *(f"cost_{family}" for family in FAMILIES))
        help_texts = {
            "cost_infrastructure": _("Serveurs, réseau, électricité, noms de domaine."),
            "cost_salaries": _("Avec les cotisations, et le temps bénévole si vous le comptez."),
            "cost_operations": _("Local, assurance, banque, déplacements."),
            "cost_savings": _("De quoi remplacer le matériel et passer un mauvais mois."),
        }

    def clean(self) -> dict[str, Any]:
        """The four parts are told together, and close on a hundred."""
        cleaned = super().clean() or self.cleaned_data
        names = [f"cost_{family}" for family in FAMILIES]
        if any(name in self.errors for name in names):
            return cleaned
        told = [cleaned[name] for name in names if cleaned.get(name) is not None]
        if told and (len(told) < len(names) or sum(told) != 100):
            message = _(
                "Les quatre parts font %(sum)s %% : il faut les quatre, et 100 %% en tout (0 est permis)."
            )
            self.add_error("cost_savings", message % {"sum": sum(told)})
        return cleaned
