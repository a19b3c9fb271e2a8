"""What an association can check of a component, in plain French: where, by whom, how to come and to leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hosters.availability import downtime_per_year, in_words
from offers.models import Component, ComponentKind, Offer, OfferComponent
from offers.parts import all_parts, inherited_parts, own_parts
from offers.service_hours import COVERAGES, deadline
from pricing.dates import date_format
from pricing.typography import NBSP, french, number, quantity

#: A Friday at five, followed by a week without holiday.
FRIDAY = datetime(2026, 6, 5, 17)


@dataclass(frozen=True)
class Proof:
    """A component with what is told of it. `facts`: pairs (what, value), never empty values."""

    component: Component
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OfferContent:
    """What the page of an offer shows of its components. `held` None: it holds no other offer.

    `partners`: who provides a part of it beside the hoster, each once (002-167).
    """

    held: Offer | None
    own: list[OfferComponent]
    inherited: list[OfferComponent]
    proofs: list[Proof]
    partners: list[str]


def content_of(offer: Offer) -> OfferContent:
    """An offer that holds another shows what it adds, then what it holds (002-137)."""
    told = [Proof(part.component, facts) for part in all_parts(offer) if (facts := proof_of(part.component))]
    partners = dict.fromkeys(part.component.provider for part in all_parts(offer) if part.component.provider)
    return OfferContent(offer.inherits, own_parts(offer), inherited_parts(offer), told, list(partners))


def proof_of(component: Component) -> tuple[tuple[str, str], ...]:
    """Only what the hoster told: nothing is promised on its behalf."""
    return tuple((label, french(value)) for label, value in _told(component) if value)


def _told(component: Component) -> Iterator[tuple[str, str]]:
    yield _("Installation"), _variant(component)
    yield _("Assuré par"), component.provider
    yield _("Ou, à votre choix, par"), ", ".join(component.providers[1:])
    yield _("Qui s’en occupe"), component.contact_person
    yield _time(component)
    yield _("On fait le point"), _reviews(component.review_months)
    yield _("Disponible"), _left(component.stock)
    yield _("Lieu des données"), component.data_location
    yield _("Développé à"), component.development_place
    yield _("On répond"), component.support_hours
    yield _("En cas de panne"), _incident(component)
    yield _("Disponibilité visée"), availability_words(component.availability)
    yield _("Copies de secours"), component.backups
    yield _("Surveillance"), component.supervision
    yield _("Reprise après un sinistre"), component.recovery_plan
    yield _("Entretien"), maintenance_words(component)
    yield _("Pour arriver"), component.import_formats
    yield _("Pour repartir"), component.export_formats
    yield _("À prévoir de votre côté"), component.prerequisites
    yield _("Savoir-faire demandé"), component.skill


def _variant(component: Component) -> str:
    return {
        Component.Variant.SHARED.value: _("mutualisée : plusieurs associations, chacune chez soi"),
        Component.Variant.DEDICATED.value: _("dédiée : une installation rien que pour vous"),
    }.get(component.variant, "")


def care_of(component: Component) -> list[tuple[str, str]]:
    """What keeps it running, for the annex of a contract (003-030, 003-037); only what was told."""
    told = [
        (_("Copies de secours"), component.backups),
        (_("Surveillance"), component.supervision),
        (_("Reprise après un sinistre"), component.recovery_plan),
        (_("Entretien"), maintenance_words(component)),
    ]
    return [(label, french(value)) for label, value in told if value]


def maintenance_words(component: Component) -> str:
    """The three parts of a maintenance, each in the price or not (003-030); "" while none is told."""
    parts = [
        (_("réparer ce qui casse"), component.get_maintenance_fixes_display()),
        (_("mises à jour de sécurité"), component.get_maintenance_security_display()),
        (_("faire évoluer"), component.get_maintenance_changes_display()),
    ]
    return " ; ".join(f"{part} : {state}" for part, state in parts if state)


def _time(component: Component) -> tuple[str, str]:
    """The estimated time of a piece of work (000-003), or what a service gives each month (000-007)."""
    monthly = component.kind == ComponentKind.SERVICE and component.billing != Component.Billing.ONE_OFF
    return _("Temps par mois") if monthly else _("Durée prévue"), _hours(component.hours)


def _reviews(months: int | None) -> str:
    if not months:
        return ""
    return ngettext("chaque mois", "tous les %(n)s mois", months) % {"n": number(months)}


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return ""
    return ngettext("%(n)s heure", "%(n)s heures", int(hours)) % {"n": quantity(hours)}


def _left(stock: int | None) -> str:
    """How many are left of an object (000-012)."""
    if stock is None:
        return ""
    if stock == 0:
        return _("plus aucun pour l’instant, demandez-nous quand il en revient")
    return ngettext("%(n)s exemplaire", "%(n)s exemplaires", stock) % {"n": number(stock)}


def _incident(component: Component) -> str:
    """The delays of a service level, by severity, with the hours that count and what it means (003-033, 003-034)."""
    words = {
        _("pris en charge en %(n)s h au plus"): component.response_hours,
        _("rétabli en %(n)s h au plus"): component.recovery_hours,
        _("une simple gêne réglée en %(n)s h au plus"): component.minor_recovery_hours,
    }
    told = [sentence % {"n": number(hours)} for sentence, hours in words.items() if hours is not None]
    if not told:
        return ""
    return ", ".join(told) + _counted(component) + _over_a_weekend(component)


def _counted(component: Component) -> str:
    if component.coverage:
        return _(", comptées %(when)s") % {"when": component.get_coverage_display()}
    return _(", comptées aux heures où l’on répond") if component.support_hours else ""


def _over_a_weekend(component: Component) -> str:
    """What the first delay means for what is told on a Friday at five, when it ends within the week."""
    if not component.coverage or component.response_hours is None:
        return ""
    until = deadline(FRIDAY, component.response_hours, COVERAGES[component.coverage])
    if until - FRIDAY >= timedelta(days=6):
        return ""
    told = {"day": date_format(until, "l"), "hour": until.hour}
    return (
        _(". Une panne dite un vendredi à 17 h est prise en charge le %(day)s à %(hour)s h au plus tard")
        % told
    )


def availability_words(percent: Decimal | None) -> str:
    """`99,9 % du temps, soit 8 h 46 d’arrêt possible par an` (002-084); "" without a target."""
    if percent is None:
        return ""
    away = downtime_per_year(percent)
    told = {
        "percent": f"{quantity(percent)}{NBSP}%",
        "year": in_words(away),
        "month": in_words(away / 12),
    }
    if percent == 100:
        return _("%(percent)s du temps") % told
    return _("%(percent)s du temps, soit %(year)s d’arrêt possible par an, %(month)s par mois") % told
