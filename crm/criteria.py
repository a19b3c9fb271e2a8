"""The questions of qualification: twelve at most, chosen by the hoster; a first set to start from (004-019)."""

from django.db import transaction
from django.utils.translation import gettext as _

from crm.models import Criterion
from hosters.models import Hoster

MOST = 12
Must = Criterion.Must


class CriterionRefused(Exception):
    """One too many, or a required question twice; the message says what to do, in French."""


@transaction.atomic
def keep_criterion(*, criterion: Criterion) -> Criterion:
    """Write a question as a form left it.

    Raises:
        CriterionRefused: it would be the thirteenth, or another one already plays its required part.
    """
    others = Criterion.objects.filter(hoster=criterion.hoster).exclude(pk=criterion.pk)
    if criterion.pk is None:
        number = others.count()
        if number >= MOST:
            raise CriterionRefused(_("Douze critères suffisent : retirez-en un pour en ajouter un autre."))
        criterion.position = number
    if criterion.must and others.filter(must=criterion.must).exists():
        raise CriterionRefused(_("Un autre critère joue déjà ce rôle obligatoire."))
    criterion.save()
    return criterion


def remove_criterion(*, criterion: Criterion) -> None:
    """Stop asking it; its answers go with it, the history of the scores stays."""
    criterion.delete()


@transaction.atomic
def start_with_usual(*, hoster: Hoster) -> None:
    """The twelve usual questions, for a hoster that has none yet."""
    if Criterion.objects.filter(hoster=hoster).exists():
        return
    Criterion.objects.bulk_create(
        Criterion(
            hoster=hoster, question=question, weight=weight, must=must, threshold=threshold, position=position
        )
        for position, (question, weight, must, threshold) in enumerate(_usual())
    )


def _usual() -> list[tuple[str, int, str, int | None]]:
    return [
        (_("Son besoin correspond à une de nos offres"), 5, Must.NEED, None),
        (_("Son budget suffit pour cette offre"), 5, Must.BUDGET, None),
        (_("La personne décide, ou porte la décision devant le CA"), 4, Must.DECISION, None),
        (_("Une date de décision est connue"), 3, "", None),
        (_("Son outil actuel lui pose un vrai problème"), 3, "", None),
        (_("Elle tient à des outils libres"), 2, "", None),
        (_("Quelqu’un peut accompagner le changement chez elle"), 2, "", None),
        (_("Nombre de comptes à ouvrir"), 2, "", 5),
        (_("Elle est dans notre territoire"), 1, "", None),
        (_("Elle accepte nos limites (support aux heures ouvrées)"), 2, "", None),
        (_("Elle sait quelles données reprendre"), 1, "", None),
        (_("Elle nous a été recommandée"), 1, "", None),
    ]
