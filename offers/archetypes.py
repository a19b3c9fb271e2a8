"""The four ways of earning a living that an offer may follow, as the course tells them (000-021 to 000-027)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offers.models import ComponentKind, Offer
from offers.models.offer import HYBRID

Words = str | Promise


@dataclass(frozen=True)
class Archetype:
    """One row of the table. `kind`: what `Offer.kind` computes. The five readings are short, for a cell."""

    kind: str
    name: Words
    meaning: Words
    example: Words
    revenue: Words
    effort: Words
    automation: Words
    loyalty: Words
    risk: Words
    ideal_for: Words


ARCHETYPES = (
    Archetype(
        ComponentKind.PRESTATION.value,
        _("Prestation"),
        _("Un travail fait une fois, pour une structure précise."),
        _("reprendre d’anciens messages, installer un site, une formation d’une demi-journée"),
        _("directs : on paie la tâche ou le projet"),
        _("élevé à chaque projet"),
        _("aucune : c’est une personne qui fait"),
        _("faible : chaque projet est une nouvelle vente"),
        _("sans nouveau projet, plus rien ne rentre"),
        _("les projets ponctuels et très personnalisés, conseil ou reprise de données"),
    ),
    Archetype(
        ComponentKind.SERVICE.value,
        _("Service"),
        _("Une aide humaine, plus régulière et plus cadrée, que l’on rend à chacun."),
        _("deux heures de soutien par mois, un rendez-vous de suivi, la gestion d’un nom de domaine"),
        _("à l’acte, ou selon le temps et l’engagement"),
        _("continu : il revient avec chaque association"),
        _("partielle : rendez-vous et factures, pas l’aide elle-même"),
        _("forte : on connaît la personne qui répond"),
        _("le temps humain est compté : on peut en vendre trop"),
        _("l’accompagnement, les cours, le dépannage, le suivi"),
    ),
    Archetype(
        ComponentKind.PRODUIT.value,
        _("Produit"),
        _("Fabriqué une fois, livré pareil à tout le monde."),
        _("un espace de fichiers, des adresses e-mail, une salle de visio, un modèle de document"),
        _("récurrents : abonnements, ventes répétées"),
        _("élevé au départ, faible à chaque vente"),
        _("totale : on commande, c’est prêt"),
        _("moyenne : surveillez qui s’en va"),
        _("beaucoup de travail avant la première vente, et la comparaison des prix"),
        _("les logiciels en ligne, les contenus, les formations à suivre seul·e"),
    ),
    Archetype(
        HYBRID,
        _("Hybride"),
        _("Un mélange : un outil, et des personnes pour l’installer, l’apprendre et le suivre."),
        _("un espace de fichiers, avec sa mise en place et deux heures d’aide par mois"),
        _("mixtes et variés : abonnement, ventes, prestations"),
        _("plusieurs façons de travailler à tenir ensemble"),
        _("selon les composants : totale, partielle ou nulle"),
        _("très forte : on trouve tout au même endroit"),
        _("il faut de l’organisation, sinon le temps humain déborde"),
        _("les hébergeurs qui accompagnent, les organismes de formation, les intégrateurs"),
    ),
)
BY_KIND = {archetype.kind: archetype for archetype in ARCHETYPES}


def archetype_of(offer: Offer) -> Archetype | None:
    """What the computed kind of an offer means; None without component."""
    return BY_KIND.get(offer.kind)
