"""What a catalogue must respect beyond the shape of each value: names once, references to something, valid identity."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.catalogue.entries import Catalogue, HosterEntry, OfferEntry
from offers.models import Offer
from pricing.engine.problems import Problem


def incoherences(catalogue: Catalogue) -> Iterator[Problem]:
    """Every problem found once all values could be read."""
    if catalogue.hoster:
        yield from _identity(catalogue.hoster)
    yield from _once("needs", "title", [need.title for need in catalogue.needs])
    yield from _once("components", "slug", [component.slug for component in catalogue.components])
    yield from _once("ranges", "slug", [each.slug for each in catalogue.ranges])
    yield from _once("offers", "slug", [offer.slug for offer in catalogue.offers])
    titles = {need.title for need in catalogue.needs}
    for index, component in enumerate(catalogue.components):
        if component.need not in titles:
            yield Problem(f"components[{index}].need", _undeclared(component.need, "needs"))
    for index, offer in enumerate(catalogue.offers):
        yield from _offer(catalogue, offer, f"offers[{index}]")


def _once(name: str, key: str, values: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Problem(
                f"{name}[{index}].{key}", _("« %(value)s » est déjà pris plus haut.") % {"value": value}
            )
        seen.add(value)


def _undeclared(value: str, name: str) -> str:
    return _("« %(value)s » n’est pas déclaré dans « %(name)s ».") % {"value": value, "name": name}


def _identity(entry: HosterEntry) -> Iterator[Problem]:
    """The identity obeys the rules of the hoster's own form (SIREN, RNA, colour, e-mail)."""
    given = asdict(entry)
    entrusted = given.pop("subprocessors")
    yield from _once("hoster.subprocessors", "name", [each["name"] for each in entrusted])
    other = [field.name for field in Hoster._meta.fields if field.name not in given]
    try:
        hoster = Hoster(**given)
        hoster.clean_fields(exclude=other)
        hoster.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield Problem(f"hoster.{name}", " ".join(messages))


def _offer(catalogue: Catalogue, offer: OfferEntry, path: str) -> Iterator[Problem]:
    if offer.range and offer.range not in {each.slug for each in catalogue.ranges}:
        yield Problem(f"{path}.range", _undeclared(offer.range, "ranges"))
    if offer.state == Offer.State.PUBLISHED and not offer.export_formats:
        message = _("Une offre publiée dit sous quels formats les données sont rendues.")
        yield Problem(f"{path}.export_formats", message)
    known = {component.slug for component in catalogue.components}
    yield from _once(f"{path}.parts", "component", [part.component for part in offer.parts])
    for index, part in enumerate(offer.parts):
        if part.component not in known:
            yield Problem(f"{path}.parts[{index}].component", _undeclared(part.component, "components"))
        yield from _entitlements(offer, index, f"{path}.parts[{index}]")


def _entitlements(offer: OfferEntry, part: int, path: str) -> Iterator[Problem]:
    counted = offer.tariff.metrics_by_code if offer.tariff else {}
    for index, entitlement in enumerate(offer.parts[part].entitlements):
        here = f"{path}.entitlements[{index}]"
        if bool(entitlement.metric) == bool(entitlement.label):
            yield Problem(here, _("Donnez soit « metric », soit « label »."))
        elif entitlement.metric and entitlement.metric not in counted:
            yield Problem(f"{here}.metric", _undeclared(entitlement.metric, "tariff.metrics"))
