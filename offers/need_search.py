"""The cheapest offer that satisfies a need, supplements included, and the sentence that says why (002-127)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Candidate, Metric, Outcome, Proposal, Tariff, VatPolicy, rank
from pricing.typography import euros

#: Offers whose refusal is told when none fits: the nearest ones.
TOLD = 3
#: Codes that every hoster is asked to use for the same thing (`docs/catalogue.md`).
PEOPLE, ADDRESSES, SPACE, DOMAINS = "users", "mail_addresses", "storage_gb", "domains"


@dataclass(frozen=True)
class NeedAnswer:
    """Every offer looked at, the best first; `best` None when none fits. `tariffs` as they are sold."""

    ranked: tuple[Proposal, ...]
    offers: Mapping[str, Offer]
    tariffs: Mapping[str, Tariff]

    @cached_property
    def best(self) -> Proposal | None:
        return self.ranked[0] if self.ranked and self.ranked[0].fits else None

    @property
    def offer(self) -> Offer | None:
        return self.offers[self.best.candidate.code] if self.best else None

    @property
    def supplements(self) -> list[str]:
        """What must be added to the best offer, in words: `2 adresses`."""
        if self.best is None:
            return []
        options = self.best.candidate.tariff.options_by_code
        chosen = self.best.selection.options.items()
        return [options[code].metric.words(Decimal(number)) for code, number in chosen if number]

    @property
    def reason(self) -> str:
        """Why this one, or why none, in French."""
        if self.best is None:
            return _none_fits(self.ranked)
        if self.best.breakdown.outcome is Outcome.ON_QUOTE:
            return _("%(offer)s peut convenir. %(why)s") % {
                "offer": self.best.candidate.label,
                "why": self.best.breakdown.reason,
            }
        return " ".join(filter(None, [self._cheapest(), self._supplemented(), self._next()]))

    def _cheapest(self) -> str:
        assert self.best is not None
        fitting = [each for each in self.ranked if each.cost is not None]
        told = {"offer": self.best.candidate.label, "cost": euros(self.best.cost or Decimal(0))}
        if len(fitting) == 1:
            return _("%(offer)s est la seule offre qui convient : %(cost)s la première année.") % told
        told["count"] = str(len(fitting))
        return (
            _(
                "%(offer)s est la moins chère des %(count)s offres qui conviennent : %(cost)s la première année."
            )
            % told
        )

    def _supplemented(self) -> str:
        added = self.supplements
        return _("Ce prix comprend en supplément : %(added)s.") % {"added": ", ".join(added)} if added else ""

    def _next(self) -> str:
        assert self.best is not None
        others = [each for each in self.ranked[1:] if each.cost is not None]
        if not others:
            return ""
        told = {"offer": others[0].candidate.label, "cost": euros(others[0].cost or Decimal(0))}
        if others[0].cost == self.best.cost and others[0].supplements > self.best.supplements:
            return _("%(offer)s revient au même prix, avec davantage de suppléments.") % told
        return _("Ensuite vient %(offer)s, à %(cost)s.") % told


def search_need(
    offers: Iterable[Offer],
    need: Mapping[str, Decimal],
    *,
    vat: VatPolicy,
    months: int | None = None,
    segment: str = "association",
    already_member: bool = False,
) -> NeedAnswer:
    """Compare the offers that have a tariff. `need` by metric code; `months` None: the cheapest term of each."""
    candidates, known, tariffs = [], {}, {}
    for rank_shown, offer in enumerate(offers):
        version = tariff_in_force(offer)
        if version is not None:
            code = f"{rank_shown:04}"  # offers that are worth the same stay in the order of the hoster
            candidates.append(Candidate(code, offer.name, _comparable(version.tariff, need)))
            known[code] = offer
            tariffs[code] = version.tariff
    ranked = rank(candidates, need, vat, months=months, segment=segment, already_member=already_member)
    return NeedAnswer(tuple(ranked), known, tariffs)


def unknown_codes(offers: Iterable[Offer], need: Iterable[str]) -> list[str]:
    """The codes of a need that no offer counts."""
    versions = [tariff_in_force(offer) for offer in offers]
    counted = {code for version in versions if version for code in version.tariff.metrics_by_code}
    return [code for code in need if code not in counted and code != PEOPLE]


def _comparable(tariff: Tariff, need: Mapping[str, Decimal]) -> Tariff:
    """The tariff asked for the need: people whom nobody counts are free."""
    if PEOPLE not in need or PEOPLE in tariff.metrics_by_code:
        return tariff
    people = Metric(PEOPLE, _("Personnes"), _("personne"), _("personnes"))
    return replace(tariff, metrics=(*tariff.metrics, people))


def _none_fits(ranked: tuple[Proposal, ...]) -> str:
    if not ranked:
        return _("Aucune offre n’est publiée.")
    nearest = [f"{each.candidate.label} ({each.breakdown.reason.rstrip('.')})" for each in ranked[:TOLD]]
    why = " ; ".join(nearest)
    return _("Aucune offre ne convient telle quelle : %(why)s.") % {"why": why}
