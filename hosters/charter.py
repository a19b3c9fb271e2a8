"""The ten commitments of the CHATONS charter, in short words of ours (002-086 to 002-096). The text that binds is the
collective's own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Where the charter itself is published.
ADDRESS = "https://www.chatons.org/charte"


@dataclass(frozen=True)
class Commitment:
    """`code` is stored; `title` and `meaning` are read by visitors."""

    code: str
    title: str | Promise
    meaning: str | Promise


CHARTER = (
    Commitment(
        "no-tracking",
        _("Ne pas suivre les usages"),
        _(
            "Rien n’est mesuré de ce que font les personnes, hormis ce qu’il faut pour administrer le service."
        ),
    ),
    Commitment(
        "liberties",
        _("Les libertés d’abord"),
        _("La vie privée et les libertés fondamentales passent avant le confort technique et le commerce."),
    ),
    Commitment(
        "no-ads",
        _("Pas de publicité"),
        _("Aucune régie publicitaire ; un mécène peut être nommé, sans rien savoir de vous."),
    ),
    Commitment(
        "no-resale",
        _("Ne rien vendre de vos données"),
        _("Ni les données ni ce qui les décrit ne servent à gagner de l’argent."),
    ),
    Commitment(
        "reports",
        _("Rendre compte"),
        _("Un rapport d’activité est public, avec l’état des comptes."),
    ),
    Commitment(
        "departure",
        _("Laisser partir"),
        _("Vous repartez avec vos données, dans des formats ouverts, sans obstacle."),
    ),
    Commitment(
        "no-surveillance",
        _("Ne pas surveiller"),
        _("On ne regarde vos données que pour faire marcher le service ou quand vous le demandez."),
    ),
    Commitment(
        "no-censorship",
        _("Ne pas censurer d’avance"),
        _("Aucun contenu n’est écarté avant d’être publié ; la loi s’applique ensuite."),
    ),
    Commitment(
        "fair-model",
        _("Un modèle solidaire"),
        _("Des prix proches des coûts ; le plus petit salaire atteint au moins le quart du plus grand."),
    ),
    Commitment(
        "emancipation",
        _("Apprendre ensemble"),
        _("Ateliers, formations et documentation pour que chacune et chacun gagne en autonomie."),
    ),
)
