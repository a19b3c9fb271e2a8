"""The workshop holds offers, not people: the only persons are those of the team that a component names."""

from django.utils.translation import gettext_lazy as _

from hosters.retention import Ending, Rule, register, register_impersonal

#: What these tables hold says nothing of people, but for the fields named below.
IMPERSONAL = [
    "Competitor",
    "Component",
    "CostLine",
    "Entitlement",
    "FormerSlug",
    "GeneratedOffer",
    "Generation",
    "GlossaryTerm",
    "Need",
    "Observation",
    "Offer",
    "OfferComponent",
    "OfferStudy",
    "OfferVersion",
    "PublishedOffer",
    "Range",
    "RevenueSource",
    "TariffDraft",
    "TariffVersion",
]


def register_kept() -> None:
    """Declare the table of this app."""
    register(
        Rule(
            model="offers.Component",
            fields=("contact_person",),
            what=_("La personne de l’équipe qui s’occupe d’un composant"),
            why=_("savoir à qui demander"),
            basis=_("le contrat ou l’engagement bénévole"),
            how_long=_("jusqu’à ce que vous la changiez"),
            ending=Ending.PERSON_DECIDES,
        ),
        Rule(
            model="offers.OfferVersion",
            fields=("content",),
            what=_("La même, dans les versions déjà publiées d’une offre"),
            why=_("prouver ce qui était promis"),
            basis=_("notre intérêt légitime"),
            how_long=_("autant que l’offre"),
            ending=Ending.PERSON_DECIDES,
        ),
        Rule(
            model="offers.Evidence",
            fields=("finding",),
            what=_("Ce que des personnes ont dit lors d’un entretien ou d’un essai"),
            why=_("concevoir des offres qui répondent aux besoins"),
            basis=_("notre intérêt légitime"),
            how_long=_("autant que l’offre, sans nommer personne"),
            ending=Ending.PERSON_DECIDES,
        ),
    )
    register_impersonal("offers.Evidence", "title")
    for model in IMPERSONAL:
        register_impersonal(f"offers.{model}")
