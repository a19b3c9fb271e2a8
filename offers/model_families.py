"""The families of business models that a range may follow, as the course tells them (001-001, 001-002)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class ModelFamily:
    """A way of selling: who is known for it, what it brings, and whom it suits."""

    code: str
    name: Words
    meaning: Words
    example: Words
    advantage: Words
    ideal_for: Words


FAMILIES = (
    ModelFamily(
        "d2c",
        _("Vente directe (D2C)"),
        _("Vous vendez vous-mêmes, sans intermédiaire."),
        _("Le Slip Français"),
        _("la maîtrise de votre image et de vos marges"),
        _("une structure connue, avec une offre que l’on ne trouve pas ailleurs"),
    ),
    ModelFamily(
        "abonnement",
        _("Abonnement"),
        _("On paie à chaque période, tant que l’on reste."),
        _("Deezer"),
        _("des revenus que l’on peut prévoir, et des associations fidèles"),
        _("l’hébergement, le soutien, tout ce qui sert toute l’année"),
    ),
    ModelFamily(
        "marketplace",
        _("Place de marché"),
        _("Plusieurs structures vendent au même endroit, contre une commission."),
        _("ManoMano, Vestiaire Collective"),
        _("un accès rapide à beaucoup de monde, sans stock"),
        _("plusieurs hébergeurs et partenaires qui se complètent"),
    ),
    ModelFamily(
        "saas",
        _("Logiciel en ligne (SaaS)"),
        _("Un logiciel prêt à servir, le même pour tous, loué au mois ou à l’année."),
        _("Salesforce, Qonto"),
        _("la vente et la livraison s’automatisent"),
        _("les structures qui veulent un outil sans s’occuper de technique"),
    ),
    ModelFamily(
        "recommerce",
        _("Réemploi"),
        _("Vous remettez en état, puis vous revendez."),
        _("Back Market"),
        _("un prix bas et du matériel qui dure"),
        _("les ordinateurs reconditionnés"),
    ),
    ModelFamily(
        "demande",
        _("Service à la demande"),
        _("On paie ce que l’on consomme, à l’heure ou à l’acte."),
        _("Meero, des photos à la commande"),
        _("un prix juste pour qui s’en sert peu"),
        _("le dépannage, les formations, les besoins ponctuels"),
    ),
    ModelFamily(
        "freemium",
        _("Gratuit, puis payant (freemium)"),
        _("Une petite offre gratuite, une plus grande payante."),
        _("Deezer, gratuit puis premium"),
        _("on essaie sans risque, puis on grandit"),
        _("les outils que l’on adopte en s’en servant"),
    ),
    ModelFamily(
        "reseau",
        _("Publicité ou réseau"),
        _("Le service est gratuit : l’attention ou les données des personnes le paient."),
        _("BlaBlaCar, par l’effet de réseau"),
        _("rien à payer pour s’en servir"),
        _("presque jamais un hébergeur éthique : à connaître pour expliquer votre prix"),
    ),
)
BY_CODE = {family.code: family for family in FAMILIES}
