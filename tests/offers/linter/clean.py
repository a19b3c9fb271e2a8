"""Two offers without a fault in the database, in which each test plants one."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster, Statement
from offers.models import Component, Entitlement, Need, Offer, OfferComponent, OfferStudy
from offers.versions import publish_version
from tests.factories import make_offer, make_study


def tariff(monthly: str, yearly: str, gb: str, **more: Any) -> dict[str, Any]:
    return {
        "metrics": [{"code": "storage_gb", "label": "Espace", "unit": "Go"}],
        "charges": [{"type": "flat", "label": "Abonnement", "price": {"1": monthly, "12": yearly}}],
        "includes": [{"metric": "storage_gb", "quantity": gb}],
        "terms": [{"months": 1}, {"months": 12}],
    } | more


def make_clean(artifaille: Hoster) -> Hoster:
    """Two offers of a range, the dearer with everything of the other and more, studied and accompanied."""
    with scope(hoster=artifaille):
        Statement.objects.create(
            hoster=artifaille, kind=Statement.Kind.LIMIT, title="Personne la nuit", is_public=True
        )
        range_ = artifaille.ranges.create(slug="nids", name="Les nids")
        files, help_given = make_answer(artifaille, "Ranger"), make_answer(artifaille, "Apprendre")
        Component.objects.filter(pk=help_given.pk).update(
            kind="prestation", function="Une formation de deux heures", software=""
        )
        for rank, (slug, name, prices) in enumerate(
            [
                ("petit", "Brindille", ("10.00", "100.00", "20")),
                ("grand", "Ramure", ("20.00", "200.00", "90")),
            ]
        ):
            offer = make_offer(artifaille, slug=slug, name=name, tariff=tariff(*prices), position=rank)
            offer.parts.all().delete()
            Offer.objects.filter(pk=offer.pk).update(
                range=range_, not_included="La reprise se chiffre à part.", purpose="Ranger vos documents."
            )
            part = OfferComponent.objects.create(offer=offer, component=files, position=1)
            Entitlement.objects.create(part=part, metric="storage_gb")
            OfferComponent.objects.create(offer=offer, component=help_given, position=2)
            publish_version(offer=Offer.objects.get(pk=offer.pk))
            _studied(offer, rank)
        return Hoster.objects.get(pk=artifaille.pk)


def _studied(offer: Offer, rank: int) -> None:
    if rank == 0:
        make_study(offer)
        offer.hoster.cost_lines.all().delete()
    else:
        OfferStudy.objects.create(offer=offer, strategy="higher", argument="local")
        competitor = offer.hoster.competitors.get()
        competitor.observations.create(offer=offer, amount=Decimal(18), seen_on=timezone.localdate())


def make_answer(hoster: Hoster, title: str) -> Component:
    need = Need.objects.create(hoster=hoster, title=f"{title} à plusieurs")
    return Component.objects.create(
        hoster=hoster, need=need, slug=title.lower(), function="Un espace commun", kind="produit"
    )
