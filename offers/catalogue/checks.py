"""What a catalogue must respect beyond the shape of each value: names once, references to something, valid identity."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hosters.models import CharterCommitment, Hoster, Statement
from hosters.promise import FAMILIES
from offers.catalogue.entries import Catalogue, HosterEntry, OfferEntry
from offers.models import Offer
from offers.models.offer import DEEPEST
from pricing.engine.problems import Problem


def incoherences(catalogue: Catalogue) -> Iterator[Problem]:
    """Every problem found once all values could be read."""
    if catalogue.hoster:
        yield from _identity(catalogue.hoster)
    yield from _once("needs", "title", [need.title for need in catalogue.needs])
    yield from _once("components", "slug", [component.slug for component in catalogue.components])
    yield from _once("ranges", "slug", [each.slug for each in catalogue.ranges])
    yield from _once("offers", "slug", [offer.slug for offer in catalogue.offers])
    for index, need in enumerate(catalogue.needs):
        if bool(need.who) + bool(need.what) + bool(need.because) not in (0, 3):
            yield Problem(f"needs[{index}]", _("Donnez ensemble « who », « what » et « because », ou aucun."))
    titles = {need.title for need in catalogue.needs}
    for index, component in enumerate(catalogue.components):
        if component.need not in titles:
            yield Problem(f"components[{index}].need", _undeclared(component.need, "needs"))
    for index, offer in enumerate(catalogue.offers):
        yield from _offer(catalogue, offer, f"offers[{index}]")
    yield from _lineages(catalogue)


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
    entrusted, told, charter = (given.pop(name) for name in ("subprocessors", "statements", "charter"))
    yield from _once("hoster.subprocessors", "name", [each["name"] for each in entrusted])
    yield from _once("hoster.charter", "code", [each["code"] for each in charter])
    yield from _rows("hoster.statements", [Statement(**each) for each in told])
    yield from _rows("hoster.charter", [CharterCommitment(**each) for each in charter])
    yield from _titles(entry)
    yield from _shares(entry)
    other = [field.name for field in Hoster._meta.fields if field.name not in given]
    try:
        hoster = Hoster(**given)
        hoster.clean_fields(exclude=other)
        hoster.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield Problem(f"hoster.{name}", " ".join(messages))


def _rows(name: str, rows: Sequence[Statement | CharterCommitment]) -> Iterator[Problem]:
    """The rules of the forms: above all, a public proof is an address of the web."""
    for index, row in enumerate(rows):
        try:
            row.clean_fields(exclude=["hoster"])
        except ValidationError as error:
            for key, messages in error.message_dict.items():
                yield Problem(f"{name}[{index}].{key}", " ".join(messages))


def _titles(entry: HosterEntry) -> Iterator[Problem]:
    """A title once in each kind."""
    for kind in dict.fromkeys(each.kind for each in entry.statements):
        titles = [
            each.title if each.kind == kind else f"\0{index}" for index, each in enumerate(entry.statements)
        ]
        yield from _once("hoster.statements", "title", titles)


def _shares(entry: HosterEntry) -> Iterator[Problem]:
    """The four families of costs close on a hundred, or say nothing (002-083)."""
    shares = [getattr(entry, f"cost_{family}") for family in FAMILIES]
    told = [share for share in shares if share is not None]
    if told and (len(told) < len(shares) or sum(told) != 100):
        yield Problem(
            "hoster.cost_savings", _("Les quatre parts de « cost_ » font 100 en tout, ou aucune n’est dite.")
        )


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


def _lineages(catalogue: Catalogue) -> Iterator[Problem]:
    """What an offer holds is in the file, and never holds it back (002-137)."""
    held = {offer.slug: offer.inherits for offer in catalogue.offers}
    for index, offer in enumerate(catalogue.offers):
        path = f"offers[{index}].inherits"
        if offer.inherits and offer.inherits not in held:
            yield Problem(path, _undeclared(offer.inherits, "offers"))
            continue
        steps = list(islice(_steps(held, offer.slug), DEEPEST + 1))
        if offer.slug in steps:
            yield Problem(path, _("Cette offre se contiendrait elle-même."))
        elif len(steps) > DEEPEST:
            yield Problem(path, _("Pas plus de %(most)s offres l’une dans l’autre.") % {"most": DEEPEST})


def _steps(held: Mapping[str, str], slug: str) -> Iterator[str]:
    while slug := held.get(slug, ""):
        yield slug


def _entitlements(offer: OfferEntry, part: int, path: str) -> Iterator[Problem]:
    counted = offer.tariff.metrics_by_code if offer.tariff else {}
    for index, entitlement in enumerate(offer.parts[part].entitlements):
        here = f"{path}.entitlements[{index}]"
        if bool(entitlement.metric) == bool(entitlement.label):
            yield Problem(here, _("Donnez soit « metric », soit « label »."))
        elif entitlement.metric and entitlement.metric not in counted:
            yield Problem(f"{here}.metric", _undeclared(entitlement.metric, "tariff.metrics"))
