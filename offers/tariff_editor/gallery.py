"""Shapes of tariff to start from: a drawing, a sentence, and figures that already hold together."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offers.tariff_editor.new_charges import HOURS, LINES, PEOPLE, SPACE
from offers.tariff_editor.sections import PRESETS


@dataclass(frozen=True)
class GalleryShape:
    """`suits`: when to choose it, and when not. `drawing`: the price (upwards) against the quantity, as lines in a
    box of 96 × 56; `filled`: areas."""

    code: str
    title: str | Promise
    sentence: str | Promise
    suits: str | Promise
    drawing: str
    definition: dict[str, Any]
    filled: str = ""
    axis: str = "M8 4V50H92"

    def start(self) -> dict[str, Any]:
        """A tariff of this shape, to be changed at will."""
        return deepcopy(self.definition)


def _metrics(*codes: str, **changes: str) -> list[dict[str, Any]]:
    """Metrics ready made; `changes` sets their quantity proposed at first."""
    return [
        {"code": code, **PRESETS[code], **({"default": changes[code]} if code in changes else {})}
        for code in codes
    ]


def _tariff(metrics: list[dict[str, Any]], *charges: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"metrics": metrics, "charges": list(charges), "terms": [{"months": 1}]} | more


def _line(kind: str, **changes: Any) -> dict[str, Any]:
    return {"type": kind, **LINES[kind], **changes}


_PEOPLE = {"metric": PEOPLE, "label": "Personnes"}

SHAPES: tuple[GalleryShape, ...] = (
    GalleryShape(
        "par-personne",
        _("Par personne"),
        _("Chaque personne coûte le même prix : 3 € par personne et par mois."),
        _(
            "Si chaque personne vous coûte à peu près autant : un compte, une boîte. "
            "Facile à comprendre, mais l’association surveille ses comptes."
        ),
        "M8 48L88 8",
        _tariff(_metrics(PEOPLE), _line("per_unit", **_PEOPLE)),
    ),
    GalleryShape(
        "premiers-gratuits",
        _("Premiers gratuits"),
        _("Les premières personnes ne paient rien, les suivantes un prix chacune."),
        _("Si vous voulez que les toutes petites associations commencent sans hésiter."),
        "M8 48H38L88 10",
        _tariff(_metrics(PEOPLE), _line("per_unit", **_PEOPLE, free="2")),
    ),
    GalleryShape(
        "paliers",
        _("Par paliers"),
        _("Le palier atteint donne le prix de l’ensemble : 30 € jusqu’à 6 personnes, 40 € jusqu’à 15."),
        _(
            "Si vous voulez qu’une association grandisse un peu sans que son prix bouge. "
            "Attention au saut d’un palier à l’autre."
        ),
        "M8 44H34V28H62V10H88",
        _tariff(_metrics(PEOPLE), _line("volume", **_PEOPLE)),
    ),
    GalleryShape(
        "tranches",
        _("Par tranches"),
        _("Chaque tranche a son prix, comme pour l’impôt : les premières à 4 €, les suivantes à 3 €."),
        _("Si vous voulez récompenser les grandes associations sans jamais faire de saut de prix."),
        "M8 48L36 22L62 11L88 6",
        _tariff(_metrics(PEOPLE), _line("graduated", **_PEOPLE)),
    ),
    GalleryShape(
        "pack-et-lots",
        _("Pack et suppléments par lots"),
        _("Un pack comprend 5 personnes et 20 Go ; au-delà, par lots de 5 personnes ou de 10 Go."),
        _("Le plus courant pour un pack asso : un prix de base que l’on retient, et des suppléments ronds."),
        "M8 40H40V28H64V16H88",
        _tariff(
            _metrics(PEOPLE, SPACE),
            _line("flat", label="Pack de base", price="10.00"),
            _line("blocks", metric=PEOPLE, label="Personnes en plus"),
            _line("blocks", metric=SPACE, label="Espace en plus", included="20", size="10"),
        ),
        "M8 40H40V50H8Z",
    ),
    GalleryShape(
        "pack-accompagne",
        _("Pack, heures d’aide et formation"),
        _(
            "Chaque mois, un pack et deux heures d’aide ; une formation au début, payée une fois. "
            "Les personnes et l’espace en plus viennent par lots."
        ),
        _(
            "Si quelqu’un accompagne l’association. Le temps passé a sa ligne et son prix : "
            "il coûte souvent plus que l’hébergement."
        ),
        "M8 50V8H22V30H88",
        _tariff(
            _metrics(PEOPLE, SPACE, HOURS),
            _line("flat", label="Pack de base", price="10.00"),
            _line("flat", label="Aide d’une personne", price="50.00"),
            _line("allowance", metric=HOURS, label="Temps d’aide compris"),
            _line("flat", label="Formation de départ", price="180.00", cadence="one_off"),
            _line("blocks", metric=PEOPLE, label="Personnes en plus"),
            _line("blocks", metric=SPACE, label="Espace en plus", included="20", size="10"),
            terms=[{"months": 1}, {"months": 12, "discount": "5"}],
        ),
        "M22 30H88V50H22Z",
    ),
    GalleryShape(
        "compris-puis-unite",
        _("Compris, puis à l’unité"),
        _("Un forfait comprend 100 Go ; chaque Go de plus coûte 0,50 €."),
        _(
            "Si la plupart des associations tiennent dans le forfait et que quelques-unes ont besoin de plus de place."
        ),
        "M8 36H46L88 10",
        _tariff(
            _metrics(SPACE, storage_gb="100"),
            _line("flat", label="Forfait", price="30.00"),
            _line("per_extra_unit", metric=SPACE, label="Espace en plus"),
        ),
        "M8 36H46V50H8Z",
    ),
    GalleryShape(
        "equipe",
        _("Équipe avec maximum"),
        _("Un prix pour l’équipe entière, jusqu’à 6 personnes et pas au-delà."),
        _("Si vous vendez à de petites équipes et que vous ne voulez pas compter les personnes."),
        "M8 24H64M64 14V50",
        _tariff(
            [{**metric, "maximum": "6"} for metric in _metrics(PEOPLE)],
            _line("flat", label="Équipe", price="30.00"),
        ),
    ),
    GalleryShape(
        "go-par-personne",
        _("Au Go par personne"),
        _("Deux quantités multipliées : 1,50 € par personne et par 10 Go entamés."),
        _(
            "Rare : seulement si l’espace est vraiment réservé à chaque personne. Difficile à prévoir pour un budget."
        ),
        "M8 50L88 34M8 50L88 20M8 50L88 6",
        _tariff(_metrics(PEOPLE, SPACE), _line("product")),
    ),
    GalleryShape(
        "tailles",
        _("Tailles S, M, L"),
        _("La plus petite taille qui convient, en personnes et en Go, donne le prix."),
        _("Si vous voulez que l’on choisisse en un coup d’œil, comme une taille de vêtement."),
        "M10 50V34H30V50ZM38 50V24H58V50ZM66 50V10H86V50Z",
        _tariff(_metrics(PEOPLE, SPACE), _line("packs")),
    ),
    GalleryShape(
        "forfait",
        _("Forfait illimité"),
        _("Le même prix pour toutes, quel que soit le nombre de personnes."),
        _(
            "Le plus simple à comprendre et à voter. "
            "À condition que les grandes associations ne vous coûtent pas plus que leur prix."
        ),
        "M8 26H88",
        _tariff(_metrics(PEOPLE), _line("flat", label="Forfait", price="10.00")),
    ),
    GalleryShape(
        "prix-libre",
        _("Prix libre"),
        _("L’association choisit ce qu’elle paie ; vous conseillez un montant, avec ou sans minimum."),
        _("Si votre public a des moyens très différents et que vous connaissez votre coût."),
        "M8 30C28 4 40 52 58 28S80 14 88 22",
        _tariff([], _line("free_price", floor="2.00")),
    ),
    GalleryShape(
        "prestation",
        _("Prestation, payée une fois"),
        _("Une formation, une installation : un prix par heure ou au forfait, sur une seule facture."),
        _("Pour ce qui se fait une fois : formation, installation, reprise de données."),
        "M40 50V14H58V50",
        {
            "metrics": _metrics("hours"),
            "charges": [
                _line("per_unit", metric="hours", label="Accompagnement", price="60.00", cadence="one_off")
            ],
        },
    ),
    GalleryShape(
        "sur-devis",
        _("Sur devis"),
        _("Pas de prix public : la demande vous arrive, vous chiffrez."),
        _("En dernier recours : sans prix affiché, beaucoup d’associations ne demandent rien."),
        "M14 12H82V38H44L30 50V38H14ZM28 22H68M28 30H56",
        {"metrics": _metrics(PEOPLE), "charges": [_line("on_quote")]},
        axis="",
    ),
    GalleryShape(
        "essai",
        _("Offre d’essai"),
        _("Gratuit pendant un mois, sans suite si l’on ne commande rien."),
        _("À côté d’une offre payante vendue à l’année, pour que l’on essaie avant de s’engager."),
        "M8 46H48M48 46V16H88",
        {"trial": {"months": 1, "plan": True}},
    ),
)


#: What one asks oneself first, and the shapes that answer, the most usual first.
_SHELVES: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Pour un pack, le plus souvent"), ("pack-accompagne", "pack-et-lots", "forfait", "equipe")),
    (_("Le prix suit le nombre de personnes"), ("par-personne", "paliers", "tranches", "premiers-gratuits")),
    (
        _("Le prix suit l’espace, seul ou avec les personnes"),
        ("compris-puis-unite", "tailles", "go-par-personne"),
    ),
    (_("Ce qui n’est pas un abonnement ordinaire"), ("prestation", "essai", "prix-libre", "sur-devis")),
)


def shelves() -> list[tuple[str, list[GalleryShape]]]:
    """The gallery by question: every shape once."""
    known = {shape.code: shape for shape in SHAPES}
    return [(str(title), [known[code] for code in codes]) for title, codes in _SHELVES]


def shape_of(code: str) -> GalleryShape | None:
    """The shape of that code."""
    return next((shape for shape in SHAPES if shape.code == code), None)
