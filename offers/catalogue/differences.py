"""What an import would change, told before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from offers.catalogue.entries import Catalogue, OfferEntry
from offers.models import Component, Need, Offer, Range
from pricing.engine import Selection, Tariff, VatPolicy, dump_tariff, price
from pricing.typography import euros


class Effect(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True)
class Difference:
    """One thing of the catalogue. `details`: French sentences about what changes."""

    family: str
    name: str
    effect: Effect
    details: tuple[str, ...] = ()

    @property
    def effect_label(self) -> str:
        return {
            Effect.NEW: _("à créer"),
            Effect.CHANGED: _("à modifier"),
            Effect.SAME: _("inchangé"),
            Effect.KEPT: _("absent du fichier, reste comme avant"),
        }[self.effect]

    @property
    def tone(self) -> str:
        return {Effect.NEW: "success", Effect.CHANGED: "warning"}.get(self.effect, "")


def differences(before: Catalogue, after: Catalogue, *, vat: VatPolicy) -> list[Difference]:
    """Everything in `after`, then what only `before` has, by family."""
    families = [
        (_("besoin"), Need, "needs", "title", "title"),
        (_("composant"), Component, "components", "slug", "function"),
        (_("gamme"), Range, "ranges", "slug", "name"),
        (_("offre"), Offer, "offers", "slug", "name"),
    ]
    found: list[Difference] = []
    for family, model, attribute, key, label in families:
        old = {getattr(entry, key): entry for entry in getattr(before, attribute)}
        new = {getattr(entry, key): entry for entry in getattr(after, attribute)}
        found += _family(family, model, label, old, new, vat)
    return found


def changes_something(found: list[Difference]) -> bool:
    return any(each.effect in (Effect.NEW, Effect.CHANGED) for each in found)


def _family(
    family: str,
    model: type[Model],
    label: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    vat: VatPolicy,
) -> Iterator[Difference]:
    for key, entry in new.items():
        name = getattr(entry, label)
        if key not in old:
            yield Difference(family, name, Effect.NEW)
        elif details := tuple(_details(model, old[key], entry, vat)):
            yield Difference(family, name, Effect.CHANGED, details)
        else:
            yield Difference(family, name, Effect.SAME)
    for key, entry in old.items():
        if key not in new:
            yield Difference(family, getattr(entry, label), Effect.KEPT)


def _details(model: type[Model], old: Any, new: Any, vat: VatPolicy) -> Iterator[str]:
    for field in fields(new):
        was, will_be = getattr(old, field.name), getattr(new, field.name)
        if field.name == "tariff":
            yield from _tariff(old, new, vat)
        elif field.name == "parts" and was != will_be:
            yield _("composants et droits modifiés")
        elif was != will_be:
            told = {"name": _words(model, field.name), "was": was, "will_be": will_be}
            yield _("%(name)s : « %(was)s » devient « %(will_be)s »") % told


def _words(model: type[Model], name: str) -> str:
    """How the pages name a field of the file; its own name when the model has no such column."""
    try:
        return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return name


def _tariff(old: OfferEntry, new: OfferEntry, vat: VatPolicy) -> Iterator[str]:
    if new.tariff is None or (old.tariff and dump_tariff(old.tariff) == dump_tariff(new.tariff)):
        return
    if old.tariff is None:
        yield _("premier tarif, en vigueur aujourd’hui")
        return
    told = {"was": _starting(old.tariff, vat), "will_be": _starting(new.tariff, vat)}
    yield _("nouveau tarif daté d’aujourd’hui ; devis et contrats gardent l’ancien")
    if told["was"] != told["will_be"]:
        yield _("prix de départ : %(was)s devient %(will_be)s") % told


def _starting(tariff: Tariff, vat: VatPolicy) -> str:
    """The price of the smallest configuration, for its first term."""
    answer = price(tariff, Selection(term_months=tariff.terms[0].months), vat=vat)
    return _("sur devis") if answer.recurring_per_period is None else euros(answer.recurring_per_period)
