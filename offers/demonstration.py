"""What the team of the demonstration has noted: words, competitors, costs, people asked. Invented, and said so."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster
from offers.glossary.terms import load_defaults
from offers.models import (
    Argument,
    Competitor,
    CostLine,
    Evidence,
    Observation,
    Offer,
    OfferStudy,
    RevenueKind,
    RevenueSource,
    Strategy,
)

REMARK = "Nom et chiffres inventés pour la démonstration."
COMPETITORS = (
    ("Le Nuage voisin", Competitor.Relation.COOPETITOR, 2016, 4, 210),
    ("Grande Plateforme", Competitor.Relation.COMPETITOR, 2004, 900, 80_000),
    ("Atelier Libre", Competitor.Relation.PARTNER, 2019, 2, 60),
)
#: EUR TTC a month for the reference need, by offer then in the order of the competitors.
PRICES = {"perchoir": ("8", "5.50", "9"), "grenier": ("72", "49", "105")}
COSTS = (
    ("infrastructure", "Deux serveurs et leur copie de secours", "4200", "fixed"),
    ("infrastructure", "Noms et certificats", "6", "per_client"),
    ("payroll", "Une personne à mi-temps", "18500", "fixed"),
    ("running", "Assurance, banque, local", "2400", "fixed"),
    ("savings", "De quoi tenir trois mois", "3000", "fixed"),
)
STUDIES = {
    "perchoir": (Strategy.ALIGN, "", "", 6, 50, 120, "Le Grenier paie la différence : le Perchoir fait connaître."),
    "grenier": (
        Strategy.HIGHER, Argument.ACCOMPANIMENT, "deux heures par mois avec la même personne", 15, 200, 45, ""
    ),
}  # fmt: skip
#: The revenue of a year as planned: source, of whom, EUR, what came of it without an invoice.
SOURCES = (
    (RevenueKind.MEMBERSHIP, "", 1_500, 0),
    (RevenueKind.SUBSCRIPTION, "", 18_000, 0),
    (RevenueKind.SERVICES, "formations et diagnostics", 5_000, 0),
    (RevenueKind.SUBSIDY, "la ville, pour l’inclusion numérique", 5_000, 2_500),
)


@transaction.atomic
def note_study(*, hoster: Hoster) -> None:
    """Fill the glossary, and the study of the hoster `demo`, once: what was noted since stays."""
    with scope(hoster=hoster):
        if not hoster.glossary_terms.exists():
            load_defaults(hoster=hoster)
        if hoster.slug == "demo" and not hoster.competitors.exists():
            _note_market(hoster)
            _note_costs(hoster)
            _note_revenue(hoster)
            _note_people(hoster)


def _note_market(hoster: Hoster) -> None:
    today = timezone.localdate()
    offers = {offer.slug: offer for offer in Offer.objects.filter(slug__in=PRICES)}
    for place, (name, relation, founded, employees, clients) in enumerate(COMPETITORS):
        competitor = Competitor.objects.create(
            hoster=hoster,
            name=name,
            relation=relation,
            founded=founded,
            employees=employees,
            clients=clients,
            remark=REMARK,
        )
        for slug, offer in offers.items():
            Observation.objects.create(
                competitor=competitor,
                offer=offer,
                amount=Decimal(PRICES[slug][place]),
                seen_on=today - timedelta(days=20 * (place + 1)),
            )
    for slug, offer in offers.items():
        strategy, argument, told, people, space, clients, accepted = STUDIES[slug]
        OfferStudy.objects.create(
            offer=offer,
            strategy=strategy,
            argument=argument,
            argument_words=told,
            reference_people=people,
            reference_gb=space,
            planned_clients=clients,
            accepted_reason=accepted,
            lives_on=[RevenueKind.SUBSCRIPTION.value, RevenueKind.SERVICES.value],
        )


def _note_costs(hoster: Hoster) -> None:
    year = timezone.localdate().year
    for family, label, amount, nature in COSTS:
        CostLine.objects.create(
            hoster=hoster, year=year, family=family, label=label, amount=Decimal(amount), nature=nature
        )


def _note_revenue(hoster: Hoster) -> None:
    year = timezone.localdate().year
    for kind, label, planned, received in SOURCES:
        RevenueSource.objects.create(
            hoster=hoster,
            year=year,
            kind=kind,
            label=label,
            planned=Decimal(planned),
            received=Decimal(received),
        )


def _note_people(hoster: Hoster) -> None:
    Evidence.objects.create(
        hoster=hoster,
        kind=Evidence.Kind.FOCUS_GROUP,
        title="Six associations du quartier autour d’une table",
        held_on=timezone.localdate() - timedelta(days=60),
        people=6,
        minutes=120,
        finding="Le prix compte moins que de savoir à qui téléphoner. Personne ne connaissait le mot « instance ».",
    )
