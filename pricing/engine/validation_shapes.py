"""Tiers and packs: increasing, reachable, without a hole (Q-TIERS)."""

from collections.abc import Iterator
from decimal import Decimal

from pricing.engine.charges import Allowance, Blocks, FreePrice, Packs, Product, Shape
from pricing.engine.charges.tiers import Tiered
from pricing.engine.metrics import Metric
from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, euros, quoted

Q_TIERS = "Q-TIERS"


def shape_problems(tariff: Tariff) -> Iterator[Problem]:
    for index, charge in enumerate(tariff.charges):
        yield from _problems(tariff, charge.shape, f"charges[{index}]", {})
    for index, option in enumerate(tariff.options):
        yield from _problems(tariff, option.shape, f"options[{index}]", {option.code: option.metric})


def _problems(tariff: Tariff, shape: Shape, path: str, own: dict[str, Metric]) -> Iterator[Problem]:
    metrics = {**tariff.metrics_by_code, **own}
    if isinstance(shape, Tiered):
        yield from _tiers(shape, metrics[shape.metric], path)
    elif isinstance(shape, Packs):
        yield from _packs(shape, path)
    elif isinstance(shape, Product):
        for index, factor in enumerate(shape.of):
            yield from _positive(factor.size, f"{path}.of[{index}].size")
    elif isinstance(shape, Blocks | Allowance):
        yield from _positive(shape.size, f"{path}.size")
    elif isinstance(shape, FreePrice):
        yield from _free_price(shape, path)


def _positive(size: Decimal, path: str) -> Iterator[Problem]:
    if size <= 0:
        yield Problem(path, _("« size » doit être plus grand que 0."))


def _tiers(shape: Tiered, metric: Metric, path: str) -> Iterator[Problem]:
    bottom: Decimal | None = None
    for index, tier in enumerate(shape.tiers):
        place = f"{path}.tiers[{index}].up_to"
        last = index == len(shape.tiers) - 1
        if tier.up_to is None:
            if not last:
                yield Problem(place, _("Seul le dernier palier peut rester sans « up_to »."), code=Q_TIERS)
            return
        if bottom is not None and tier.up_to <= bottom:
            message = _("Les paliers doivent monter : {up_to} n’est pas au-dessus de {bottom}.")
            yield Problem(place, message.format(up_to=tier.up_to, bottom=bottom), code=Q_TIERS)
            return
        yield from _unreachable(metric, bottom, tier.up_to, place)
        bottom = tier.up_to


def _unreachable(metric: Metric, bottom: Decimal | None, top: Decimal, place: str) -> Iterator[Problem]:
    """A tier that no quantity on sale can reach."""
    if top < metric.minimum:
        message = _("Palier inaccessible : le minimum est de {minimum}.")
        yield Problem(place, message.format(minimum=metric.words(metric.minimum)), code=Q_TIERS)
    elif bottom is not None and metric.maximum is not None and bottom >= metric.maximum:
        message = _("Palier inaccessible : le maximum est de {maximum}.")
        yield Problem(place, message.format(maximum=metric.words(metric.maximum)), code=Q_TIERS)
    elif bottom is not None and top // metric.step == bottom // metric.step:
        yield Problem(place, _("Palier inaccessible : aucune quantité ne tombe dedans."), code=Q_TIERS)


def _packs(shape: Packs, path: str) -> Iterator[Problem]:
    for index, pack in enumerate(shape.packs):
        held = dict(pack.holds)
        for earlier in shape.packs[:index]:
            if all(held.get(metric) is not None and held[metric] <= top for metric, top in earlier.holds):
                message = _("Taille inaccessible : {earlier} tient déjà tout cela.")
                yield Problem(f"{path}.packs[{index}].holds", message.format(earlier=quoted(earlier.label)))
                break


def _free_price(shape: FreePrice, path: str) -> Iterator[Problem]:
    if shape.floor is None or shape.floor.base is None or shape.suggested.base is None:
        return
    if shape.floor.base > shape.suggested.base:
        message = _("Le montant conseillé est sous le plancher de {floor}.")
        yield Problem(f"{path}.suggested", message.format(floor=euros(shape.floor.base)))
