"""The fields of each way to charge, in the words of a hoster."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.tariff_editor.kinds import Choice
from offers.tariff_editor.maker import CADENCES, Maker
from offers.tariff_editor.paths import lookup, rows
from offers.tariff_editor.sheet import Box, EditorField, Table

#: What each way to charge is called.
TYPES: dict[str, str | Promise] = {
    "flat": gettext_lazy("Forfait"),
    "per_unit": gettext_lazy("Prix par unité"),
    "blocks": gettext_lazy("Supplément par lots"),
    "per_extra_unit": gettext_lazy("Supplément à l’unité"),
    "volume": gettext_lazy("Paliers"),
    "graduated": gettext_lazy("Tranches"),
    "product": gettext_lazy("Produit de deux quantités"),
    "packs": gettext_lazy("Tailles"),
    "free_price": gettext_lazy("Prix libre"),
    "allowance": gettext_lazy("Quantité comprise (heures d’aide…)"),
    "on_quote": gettext_lazy("Sur devis"),
}
BEYOND = (
    ("on_quote", gettext_lazy("sur devis")),
    ("maximum", gettext_lazy("ce n’est pas possible")),
)
#: How the price of a tier is told; not a key of the file: made from the keys of the tiers.
TIER_PRICE = "~prix"
TIER_PRICES = (
    ("flat", gettext_lazy("un montant")),
    ("unit", gettext_lazy("un prix par unité")),
    ("both", gettext_lazy("les deux")),
)
SPREAD = (
    (12, gettext_lazy("par an")),
    (6, gettext_lazy("par semestre")),
    (3, gettext_lazy("par trimestre")),
    (1, gettext_lazy("par mois")),
)


class Parts(NamedTuple):
    """Fields of a way to charge: before its rows, its rows, after them."""

    fields: list[EditorField]
    table: Table | None = None
    after: tuple[EditorField, ...] = ()


def charge_card(maker: Maker, index: int) -> Box:
    """The card of a line of the price."""
    path = f"charges[{index}]"
    raw = lookup(maker.raw, path)
    kind = str(raw.get("type", ""))
    name = maker.words(
        f"{path}.label", gettext_lazy("Nom de la ligne"), help=gettext_lazy("Tel que le lira l’association.")
    )
    parts = shape_parts(maker, path, kind)
    title = str(raw.get("label") or TYPES.get(kind, kind))
    card = Box(path, title, [name, *parts.fields], _more(maker, path, raw), list(parts.after), parts.table)
    card.lead = TYPES.get(kind, kind)
    card.removable = len(rows(maker.raw, "charges")) > 1
    return card


def _more(maker: Maker, path: str, raw: dict[str, Any]) -> list[EditorField]:
    """What few lines need: rhythm, who pays, VAT."""
    more = [
        maker.field(
            f"{path}.cadence", gettext_lazy("Payé"), Choice(list(CADENCES.items())), default="period"
        ),
        maker.vat(f"{path}.vat"),
    ]
    if "membership" in maker.raw or "audience" in raw:
        audiences = [
            ("everyone", _("tout le monde")),
            ("members", _("les membres")),
            ("non_members", _("qui n’est pas membre")),
        ]
        more.append(
            maker.field(f"{path}.audience", gettext_lazy("Dû par"), Choice(audiences), default="everyone")
        )
    if rows(maker.raw, "segments"):
        more.append(maker.segments(f"{path}.segments"))
    return more


def shape_parts(maker: Maker, path: str, kind: str, *, counts_itself: bool = False) -> Parts:
    """Fields and rows of a way to charge. `counts_itself`: an option, whose unit is its own."""
    make = _SHAPES.get(kind)
    parts = make(maker, path) if make else Parts([])
    if counts_itself:
        return parts._replace(fields=[field for field in parts.fields if field.path != f"{path}.metric"])
    return parts


def _flat(maker: Maker, path: str) -> Parts:
    return Parts(maker.prices(f"{path}.price", gettext_lazy("Prix")))


def _per_unit(maker: Maker, path: str) -> Parts:
    metric = lookup(maker.raw, f"{path}.metric")
    unit = maker.unit(metric)
    label = _("Prix par %(unit)s") % {"unit": unit} if unit else _("Prix de chaque unité")
    free = maker.count(f"{path}.free", gettext_lazy("Gratuits, les premiers"), metric, default=0)
    return Parts([maker.metric(f"{path}.metric"), *maker.prices(f"{path}.price", label), free])


def _blocks(maker: Maker, path: str) -> Parts:
    metric = lookup(maker.raw, f"{path}.metric")
    fields = [
        maker.metric(f"{path}.metric"),
        maker.count(f"{path}.included", gettext_lazy("Compris dans le forfait"), metric, default=0),
        maker.count(f"{path}.size", gettext_lazy("Puis, par lots de"), metric),
        *maker.prices(f"{path}.price", gettext_lazy("Prix d’un lot")),
    ]
    return Parts(fields)


def _per_extra_unit(maker: Maker, path: str) -> Parts:
    metric = lookup(maker.raw, f"{path}.metric")
    label = _("Prix par %(unit)s en plus") % {"unit": maker.unit(metric) or _("unité")}
    fields = [
        maker.metric(f"{path}.metric"),
        maker.count(f"{path}.included", gettext_lazy("Compris dans le forfait"), metric),
        *maker.prices(f"{path}.price", label),
    ]
    return Parts(fields)


def _tiers(maker: Maker, path: str) -> Parts:
    metric = lookup(maker.raw, f"{path}.metric")
    told = tier_price_of(maker.raw, path)
    beyond = maker.field(
        f"{path}.beyond", gettext_lazy("Au-delà du dernier palier"), Choice(BEYOND), default="on_quote"
    )
    price = EditorField(
        f"{path}.{TIER_PRICE}", gettext_lazy("Le prix d’un palier est"), Choice(TIER_PRICES), told
    )
    tiers = [
        Box(
            f"{path}.tiers[{index}]",
            _("Palier %(n)s") % {"n": index + 1},
            _tier(maker, f"{path}.tiers[{index}]", told, metric),
        )
        for index in range(len(rows(maker.raw, f"{path}.tiers")))
    ]
    table = Table(f"{path}.tiers", gettext_lazy("Paliers"), gettext_lazy("Ajouter un palier"), tiers)
    return Parts([maker.metric(f"{path}.metric"), price], table, (beyond,))


def _tier(maker: Maker, path: str, told: str, metric: object) -> list[EditorField]:
    fields = [maker.count(f"{path}.up_to", gettext_lazy("Jusqu’à"), metric)]
    if told in ("flat", "both"):
        fields += maker.prices(f"{path}.flat", gettext_lazy("Montant"))
    if told in ("unit", "both"):
        fields += maker.prices(
            f"{path}.unit", _("Prix par %(unit)s") % {"unit": maker.unit(metric) or _("unité")}
        )
    return fields


def tier_price_of(raw: dict[str, Any], path: str) -> str:
    """Whether the tiers there are told as amounts, as prices per unit, or both."""
    tiers = rows(raw, f"{path}.tiers")
    flat, unit = (any(key in tier for tier in tiers) for key in ("flat", "unit"))
    return "both" if flat and unit else "unit" if unit else "flat"


def _product(maker: Maker, path: str) -> Parts:
    def factor(place: str) -> list[EditorField]:
        metric = lookup(maker.raw, f"{place}.metric")
        return [
            maker.metric(f"{place}.metric", gettext_lazy("Quantité")),
            maker.count(f"{place}.size", gettext_lazy("Par lots de"), metric, default=1),
            maker.count(f"{place}.included", gettext_lazy("Dont compris"), metric, default=0),
        ]

    factors = [
        Box(f"{path}.of[{index}]", _("Quantité %(n)s") % {"n": index + 1}, factor(f"{path}.of[{index}]"))
        for index in range(len(rows(maker.raw, f"{path}.of")))
    ]
    table = Table(
        f"{path}.of", gettext_lazy("Quantités multipliées"), gettext_lazy("Ajouter une quantité"), factors
    )
    return Parts(maker.prices(f"{path}.price", gettext_lazy("Prix de chaque produit")), table)


def _packs(maker: Maker, path: str) -> Parts:
    def size(place: str) -> list[EditorField]:
        fields = [maker.words(f"{place}.label", gettext_lazy("Taille"))]
        for code, label in maker.metrics:
            fields.append(
                maker.count(f"{place}.holds.{code}", _("%(metric)s, jusqu’à") % {"metric": label}, code)
            )
        return fields + maker.prices(f"{place}.price", gettext_lazy("Prix"))

    sizes = [
        Box(f"{path}.packs[{index}]", _("Taille %(n)s") % {"n": index + 1}, size(f"{path}.packs[{index}]"))
        for index in range(len(rows(maker.raw, f"{path}.packs")))
    ]
    beyond = maker.field(
        f"{path}.beyond", gettext_lazy("Au-delà de la plus grande taille"), Choice(BEYOND), default="on_quote"
    )
    table = Table(
        f"{path}.packs",
        gettext_lazy("Tailles, de la plus petite à la plus grande"),
        gettext_lazy("Ajouter une taille"),
        sizes,
    )
    return Parts([], table, (beyond,))


def _free_price(maker: Maker, path: str) -> Parts:
    suggested = maker.prices(f"{path}.suggested", gettext_lazy("Montant conseillé"))
    floor = maker.prices(
        f"{path}.floor", gettext_lazy("Au moins"), help=gettext_lazy("Vide : aucun minimum.")
    )
    return Parts([*suggested, *floor])


def _allowance(maker: Maker, path: str) -> Parts:
    metric = lookup(maker.raw, f"{path}.metric")
    fields = [
        maker.metric(f"{path}.metric"),
        maker.count(f"{path}.included", gettext_lazy("Compris"), metric),
        maker.field(f"{path}.per_months", gettext_lazy("Combien de fois"), Choice(SPREAD), default=12),
        *maker.prices(
            f"{path}.overrun", gettext_lazy("Prix au-delà"), help=gettext_lazy("Vide : à chiffrer.")
        ),
        maker.count(f"{path}.size", gettext_lazy("Pour chaque tranche de"), metric, default=1),
    ]
    return Parts(fields)


_SHAPES: dict[str, Callable[[Maker, str], Parts]] = {
    "flat": _flat,
    "per_unit": _per_unit,
    "blocks": _blocks,
    "per_extra_unit": _per_extra_unit,
    "volume": _tiers,
    "graduated": _tiers,
    "product": _product,
    "packs": _packs,
    "free_price": _free_price,
    "allowance": _allowance,
}
