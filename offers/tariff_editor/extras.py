"""The parts of a tariff that many do without: set-up, membership, limits, what comes with it, trial, welcome."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offers.tariff_editor.kinds import Choice, Percentage, Whole
from offers.tariff_editor.maker import Maker
from offers.tariff_editor.paths import lookup, rows
from offers.tariff_editor.sheet import Box, EditorField, Section, Table
from pricing.engine.text import span

#: Whether the membership is at a free price; not a key of the file: made from the keys of the membership.
FREE_MEMBERSHIP = "membership.~libre"
OUTCOMES = (
    ("not_eligible", gettext_lazy("cette offre ne convient plus")),
    ("on_quote", gettext_lazy("sur devis")),
    ("refused", gettext_lazy("refusé")),
)


def fees(maker: Maker) -> Section:
    """Set-up and membership."""
    setup = maker.prices(
        "setup_fee",
        gettext_lazy("Frais de mise en place"),
        help=gettext_lazy("Une seule fois. Vide : aucun."),
    )
    section = Section("fees", gettext_lazy("Mise en place et adhésion"), fields=[*setup, *_membership(maker)])
    told = [_figure(maker, "setup_fee", _("%(amount)s € à l’installation"))]
    yearly = "membership.suggested" if _is_free(maker) else "membership.yearly"
    told.append(_figure(maker, yearly, _("adhésion à %(amount)s € par an")))
    section.summary = ", ".join(each for each in told if each) or _("aucune")
    return section


def _figure(maker: Maker, path: str, words: str) -> str:
    raw = lookup(maker.raw, path)
    return words % {"amount": str(raw).replace(".", ",")} if isinstance(raw, str | int) and raw else ""


def _is_free(maker: Maker) -> bool:
    membership = maker.raw.get("membership")
    return isinstance(membership, dict) and "suggested" in membership


def _membership(maker: Maker) -> list[EditorField]:
    free = _is_free(maker)
    if free:
        amounts = maker.prices("membership.suggested", gettext_lazy("Adhésion conseillée, par an"))
        amounts += maker.prices("membership.floor", gettext_lazy("Adhésion, au moins"))
    else:
        empty = gettext_lazy("De l’association, une fois par an. Vide : aucune.")
        amounts = maker.prices("membership.yearly", gettext_lazy("Adhésion, par an"), help=empty)
    libre = EditorField(
        FREE_MEMBERSHIP, gettext_lazy("Adhésion à prix libre"), maker.flag("~", "").kind, "on" if free else ""
    )
    return [
        *amounts,
        libre,
        maker.flag("membership.required", gettext_lazy("Adhésion obligatoire"), default=True),
        maker.words("membership.label", gettext_lazy("Nom de l’adhésion"), default=_("Adhésion")),
        maker.vat("membership.vat", "out_of_scope"),
    ]


def limits(maker: Maker) -> Section:
    """Limits, then what comes with the offer without changing its price: two tables of two cards."""
    section = Section("limits", gettext_lazy("Limites et quantités comprises"))
    section.cards = [_limits_card(maker), _includes_card(maker)]
    count = len(rows(maker.raw, "limits")) + len(rows(maker.raw, "includes"))
    section.summary = _("%(n)s ligne(s)") % {"n": count} if count else _("aucune")
    return section


def _limits_card(maker: Maker) -> Box:
    def limit(path: str) -> list[EditorField]:
        metric = lookup(maker.raw, f"{path}.metric")
        return [
            maker.metric(f"{path}.metric"),
            maker.count(f"{path}.maximum", gettext_lazy("Au-delà de"), metric),
            maker.field(
                f"{path}.outcome", gettext_lazy("La réponse est"), Choice(OUTCOMES), default="not_eligible"
            ),
            maker.words(f"{path}.reason", gettext_lazy("Ce que nous répondons")),
        ]

    table = Table(
        "limits",
        gettext_lazy("Limites"),
        gettext_lazy("Ajouter une limite"),
        _rows(maker, "limits", _("Limite"), limit),
    )
    return Box("limits", gettext_lazy("Limites"), [], table=table, removable=False)


def _includes_card(maker: Maker) -> Box:
    def entitlement(path: str) -> list[EditorField]:
        metric = lookup(maker.raw, f"{path}.metric")
        return [
            maker.metric(f"{path}.metric"),
            maker.count(f"{path}.quantity", gettext_lazy("Compris"), metric),
            maker.metric(f"{path}.per", gettext_lazy("pour chaque"), none=_("toute l’association")),
        ]

    table = Table(
        "includes",
        gettext_lazy("Quantités comprises"),
        gettext_lazy("Ajouter une quantité comprise"),
        _rows(maker, "includes", _("Quantité"), entitlement),
    )
    lead = gettext_lazy("Ce que l’offre apporte sans que cela change son prix.")
    return Box("includes", gettext_lazy("Quantités comprises"), [], table=table, lead=lead, removable=False)


def _rows(maker: Maker, path: str, title: str, make: Any) -> list[Box]:
    count = len(rows(maker.raw, path))
    return [
        Box(f"{path}[{index}]", f"{title} {index + 1}", make(f"{path}[{index}]")) for index in range(count)
    ]


def trial(maker: Maker) -> Section:
    """Free months, welcome price, money-back days."""
    section = Section("trial", gettext_lazy("Essai, bienvenue et garantie"))
    periods = gettext_lazy("Prix de bienvenue : pendant")
    section.fields = [
        maker.field("trial.months", gettext_lazy("Mois d’essai gratuit"), Whole(), suffix=_("mois")),
        maker.flag("trial.plan", gettext_lazy("Cette offre est elle-même un essai, toujours gratuit")),
        maker.field("introductory.periods", periods, Whole(), suffix=_("périodes")),
        maker.field("introductory.discount", gettext_lazy("Remise de bienvenue"), Percentage(), suffix="%"),
        maker.money("introductory.price", gettext_lazy("ou prix de bienvenue par période")),
        maker.field(
            "guarantee_days",
            gettext_lazy("Remboursé si l’on change d’avis pendant"),
            Whole(),
            suffix=_("jours"),
            default=0,
        ),
    ]
    months = lookup(maker.raw, "trial.months")
    section.summary = _("%(span)s gratuit") % {"span": span(months)} if _sensible(months) else _("aucun")
    return section


def _sensible(months: object) -> bool:
    return isinstance(months, int) and 0 < months < 1000
