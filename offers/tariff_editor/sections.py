"""The whole form of a tariff file, the simple things first."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.models.offer import Segment
from offers.tariff_editor.charge_fields import TYPES, charge_card, shape_parts
from offers.tariff_editor.extras import fees, limits, trial
from offers.tariff_editor.kinds import Choice, Figure, Percentage, Whole
from offers.tariff_editor.maker import CADENCES, Maker
from offers.tariff_editor.own_prices import has_own_price
from offers.tariff_editor.paths import lookup, rows
from offers.tariff_editor.sheet import Adder, Box, EditorField, Label, Section, Table
from pricing.engine.text import per_period, span

PERIODS = (
    (1, gettext_lazy("par mois")),
    (3, gettext_lazy("par trimestre")),
    (12, gettext_lazy("par an")),
)
TAXES = (
    ("included", gettext_lazy("TTC : la TVA est dedans")),
    ("excluded", gettext_lazy("HT : la TVA s’ajoute")),
)
USUAL_MONTHS = (1, 3, 6, 12, 24, 36)
#: A row of this name is a box to tick, not a key of the file: whether each price has a figure of its own there.
OWN = "~propre"
#: What can be counted, ready to be added; the last one is named by the hoster.
PRESETS: dict[str, dict[str, Any]] = {
    "users": {
        "label": "Personnes",
        "unit": "personne",
        "units": "personnes",
        "minimum": "1",
        "default": "5",
        "nominative": True,
    },
    "storage_gb": {
        "label": "Espace de stockage",
        "unit": "Go",
        "minimum": "0",
        "default": "20",
        "pooled": True,
    },
    "mail_addresses": {"label": "Boîtes aux lettres", "unit": "boîte", "units": "boîtes", "default": "5"},
    "domains": {"label": "Noms de domaine", "unit": "domaine", "units": "domaines", "default": "1"},
    "ram_gb": {"label": "Mémoire", "unit": "Go de mémoire", "default": "2"},
    "hours": {"label": "Heures", "unit": "heure", "units": "heures", "default": "2", "step": "0.5"},
}
OTHER = "autre"


def sections_of(raw: dict[str, Any], *, charges_vat: bool) -> list[Section]:
    """The form. `charges_vat`: the hoster charges VAT, so HT and TTC differ."""
    maker = Maker(raw)
    return [
        _charges(maker, charges_vat),
        _metrics(maker),
        _terms(maker),
        fees(maker),
        _options(maker),
        limits(maker),
        trial(maker),
        _segments(maker),
    ]


def _charges(maker: Maker, charges_vat: bool) -> Section:
    fields = [maker.field("period_months", gettext_lazy("Les prix sont donnés"), Choice(PERIODS), default=1)]
    if charges_vat or maker.raw.get("tax") == "excluded":
        fields.append(maker.field("tax", gettext_lazy("Ces prix sont"), Choice(TAXES), default="included"))
    cards = [charge_card(maker, index) for index in range(len(rows(maker.raw, "charges")))]
    adder = Adder("charges", gettext_lazy("Ajouter un supplément"), list(TYPES.items()))
    return Section(
        "charges", gettext_lazy("Ce qui fait le prix"), fields=fields, cards=cards, adder=adder, folded=False
    )


def _metrics(maker: Maker) -> Section:
    section = Section("metrics", gettext_lazy("Ce que l’on compte"))
    section.lead = gettext_lazy("Personnes, Go, boîtes… Le visiteur règle ces quantités pour voir son prix.")
    section.cards = [_metric(maker, index) for index in range(len(rows(maker.raw, "metrics")))]
    choices = [(code, preset["label"]) for code, preset in PRESETS.items()]
    name = gettext_lazy("Nom, si c’est autre chose")
    section.adder = Adder(
        "metrics", gettext_lazy("Compter aussi"), [*choices, (OTHER, _("autre chose"))], name
    )
    section.summary = ", ".join(label for _code, label in maker.metrics) or _(
        "rien : le prix est le même pour toutes"
    )
    return section


def _metric(maker: Maker, index: int) -> Box:
    path = f"metrics[{index}]"
    code = lookup(maker.raw, f"{path}.code")
    fields = [
        maker.words(f"{path}.label", gettext_lazy("Nom")),
        maker.count(f"{path}.default", gettext_lazy("Quantité proposée au départ"), code),
        maker.count(
            f"{path}.maximum", gettext_lazy("Maximum"), code, help=gettext_lazy("Vide : pas de maximum.")
        ),
    ]
    more = [
        maker.words(
            f"{path}.unit", gettext_lazy("Une seule se dit"), help=gettext_lazy("personne, Go, boîte…")
        ),
        maker.words(
            f"{path}.units",
            gettext_lazy("Plusieurs se disent"),
            help=gettext_lazy("personnes, boîtes… Vide : pareil."),
        ),
        maker.count(f"{path}.minimum", gettext_lazy("Minimum"), code, default=0),
        maker.field(f"{path}.step", gettext_lazy("De combien en combien"), Figure(), default=1),
        maker.flag(f"{path}.nominative", gettext_lazy("Une par personne nommée")),
        maker.flag(f"{path}.pooled", gettext_lazy("Partagé par toute l’association")),
    ]
    return Box(path, str(lookup(maker.raw, f"{path}.label") or code), fields, more)


def _terms(maker: Maker) -> Section:
    boxes = [_term(maker, index) for index in range(len(rows(maker.raw, "terms")))]
    table = Table("terms", gettext_lazy("Durées"), gettext_lazy("Ajouter une durée"), boxes)
    lead = gettext_lazy(
        "Ce que l’association paie d’avance. Sans remise, le prix de l’année est douze fois celui du mois. "
        "Pour 100 € l’année quand le mois est à 10 €, écrivez « payer seulement 10 mois » : le calcul se fait seul."
    )
    months = [row.get("months") for row in rows(maker.raw, "terms")] or [
        lookup(maker.raw, "period_months") or 1
    ]
    told = [per_period(each) for each in months if isinstance(each, int) and each > 0]
    return Section("terms", gettext_lazy("Durées et remises"), lead, table=table, summary=", ".join(told))


def _term(maker: Maker, index: int) -> Box:
    path = f"terms[{index}]"
    months = lookup(maker.raw, f"{path}.months")
    options = [(each, span(each)) for each in USUAL_MONTHS]
    fields = [
        maker.field(f"{path}.months", gettext_lazy("Durée"), Choice(options)),
        maker.field(f"{path}.discount", gettext_lazy("Remise"), Percentage(), suffix="%"),
        maker.field(f"{path}.charged_months", gettext_lazy("ou payer seulement"), Whole(), suffix=_("mois")),
    ]
    if months != (lookup(maker.raw, "period_months") or 1):
        own = "on" if has_own_price(maker.raw, str(months)) else ""
        label = gettext_lazy("ou écrire chaque prix")
        fields.append(EditorField(f"{path}.{OWN}", label, maker.flag(path, "").kind, own))
    return Box(path, _("Durée %(n)s") % {"n": index + 1}, fields)


def _segments(maker: Maker) -> Section:
    boxes = []
    for index, row in enumerate(rows(maker.raw, "segments")):
        path = f"segments[{index}]"
        own = "on" if has_own_price(maker.raw, str(row.get("code"))) else ""
        boxes.append(
            Box(
                path,
                str(row.get("label") or row.get("code")),
                [
                    maker.words(f"{path}.label", gettext_lazy("Public")),
                    maker.field(f"{path}.discount", gettext_lazy("Remise"), Percentage(), suffix="%"),
                    EditorField(
                        f"{path}.{OWN}", gettext_lazy("ou écrire chaque prix"), maker.flag(path, "").kind, own
                    ),
                ],
            )
        )
    section = Section("segments", gettext_lazy("Selon le public"), cards=boxes)
    section.lead = gettext_lazy("Un prix ou une remise pour les associations, un autre pour les entreprises…")
    choices: list[tuple[str, Label]] = [(value, label) for value, label in Segment.choices]
    section.adder = Adder("segments", gettext_lazy("Ajouter un public"), choices)
    section.summary = ", ".join(box.title for box in boxes) or _("le même prix pour tous")  # type: ignore[misc]
    return section


def _options(maker: Maker) -> Section:
    cards = [_option(maker, index) for index in range(len(rows(maker.raw, "options")))]
    section = Section("options", gettext_lazy("Options au choix"), cards=cards)
    section.lead = gettext_lazy("Ce que l’association peut ajouter elle-même à sa commande.")
    section.adder = Adder(
        "options", gettext_lazy("Ajouter une option"), name_label=gettext_lazy("Nom de l’option")
    )
    section.summary = ", ".join(str(card.title) for card in cards) or _("aucune")
    return section


def _option(maker: Maker, index: int) -> Box:
    path = f"options[{index}]"
    raw = lookup(maker.raw, path)
    kind = str(raw.get("type", "per_unit"))
    parts = shape_parts(maker, path, kind, counts_itself=True)
    brings = [
        maker.count(
            f"{path}.adds.{code}", _("Chaque unité apporte, en plus : %(metric)s") % {"metric": label}, code
        )
        for code, label in maker.metrics
    ]
    more = [
        maker.words(f"{path}.unit", gettext_lazy("Une seule se dit")),
        maker.words(f"{path}.units", gettext_lazy("Plusieurs se disent")),
        maker.field(f"{path}.maximum", gettext_lazy("Au plus"), Figure()),
        maker.field(
            f"{path}.cadence", gettext_lazy("Payé"), Choice(list(CADENCES.items())), default="period"
        ),
        maker.vat(f"{path}.vat"),
        *brings,
    ]
    name = maker.words(f"{path}.label", gettext_lazy("Nom"))
    return Box(
        path,
        str(raw.get("label") or raw.get("code")),
        [name, *parts.fields],
        more,
        list(parts.after),
        parts.table,
    )
