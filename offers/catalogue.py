"""A hoster's catalogue as one text file: who sells, needs, components, offers and their tariffs."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django_scopes import scope

from hosters.models import Hoster
from offers.models import Component, Need, Offer, OfferComponent
from offers.tariffs import publish_tariff, tariff_in_force
from pricing.engine import dump_tariff, parse_tariff

FOLDER = Path(__file__).parent / "catalogues"


def shipped() -> list[Path]:
    """The example catalogues that come with Chatière."""
    return sorted(FOLDER.glob("*.json"))


@transaction.atomic
def import_catalogue(path: Path) -> Hoster:
    """Create or update what the file describes; doing it twice changes nothing.

    Raises:
        TariffError: a tariff is wrong; nothing was written.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    identity = dict(data["hoster"])
    hoster, _created = Hoster.objects.update_or_create(slug=identity.pop("slug"), defaults=identity)
    with scope(hoster=hoster):
        for need in data["needs"]:
            Need.objects.update_or_create(hoster=hoster, title=need["title"], defaults=need)
        for component in data["components"]:
            _import_component(hoster, dict(component))
        for position, offer in enumerate(data["offers"], start=1):
            _import_offer(hoster, position, dict(offer))
    return hoster


def _import_component(hoster: Hoster, data: dict[str, Any]) -> None:
    data["need"] = Need.objects.get(hoster=hoster, title=data["need"])
    Component.objects.update_or_create(hoster=hoster, slug=data.pop("slug"), defaults=data)


def _import_offer(hoster: Hoster, position: int, data: dict[str, Any]) -> None:
    parts, definition = data.pop("parts"), data.pop("tariff")
    values = {"position": position, **data}
    offer, _created = Offer.objects.update_or_create(hoster=hoster, slug=values.pop("slug"), defaults=values)
    for rank, part in enumerate(parts, start=1):
        component = Component.objects.get(hoster=hoster, slug=part["component"])
        given = {"detail": part["detail"], "position": rank}
        OfferComponent.objects.update_or_create(offer=offer, component=component, defaults=given)
    in_force = tariff_in_force(offer)
    if in_force is None or in_force.definition != dump_tariff(parse_tariff(definition)):
        publish_tariff(offer=offer, definition=definition)
