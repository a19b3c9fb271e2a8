"""Publishing an offer: what stands in the way, what a reason in writing may set aside (002-001, 002-126, 002-154)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hosters.missing import Missing
from hosters.models import Hoster, User
from hosters.publishing import TERMS, missing_to_publish
from hosters.sections.registry import SECTIONS
from offers.finding_links import LinkedFinding, findings_of
from offers.models import Offer, OfferVersion
from offers.parts import all_parts
from offers.revenue import revenue_sources
from offers.tariffs import tariff_in_force, tariffs_to_come
from offers.versions import publish_version
from offers.workshop_steps import is_published_as_is, missing_end
from pricing.engine import Severity

#: What no reason sets aside: one must know what it is for, what it costs or who prices it, and how it ends.
NEVER_SET_ASIDE = frozenset({"Q-WHAT", "Q-EXIT"})
LONGEST_REASON = 300


class PublicationRefused(ValueError):
    """The offer may not be published as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Obstacle:
    """Something without which nothing is published. `url`: the page, and the field, where it is mended; `of_house`:
    the hoster says it once for all its offers."""

    text: str
    url: str
    label: str
    of_house: bool = False


@dataclass(frozen=True)
class Readiness:
    """Everything that the page « Publier » shows of an offer."""

    offer: Offer
    findings: Sequence[LinkedFinding]
    obstacles: Sequence[Obstacle]

    @property
    def of_offer(self) -> list[Obstacle]:
        return [each for each in self.obstacles if not each.of_house]

    @property
    def of_house(self) -> list[Obstacle]:
        return [each for each in self.obstacles if each.of_house]

    @cached_property
    def to_justify(self) -> list[LinkedFinding]:
        """The errors that a person may set aside by writing why."""
        return [
            each
            for each in self.findings
            if each.finding.severity is Severity.ERROR
            and each.finding.check not in NEVER_SET_ASIDE
            and not (each.finding.field == "tariff" and tariff_in_force(self.offer) is None)
        ]

    @cached_property
    def revenue(self) -> list[str]:
        """What makes the offer live, in words (002-001)."""
        return revenue_sources(self.offer)

    @property
    def advice(self) -> list[LinkedFinding]:
        """Warnings and information: read, and up to the team."""
        return [each for each in self.findings if each.finding.severity is not Severity.ERROR]

    @cached_property
    def nothing_new(self) -> bool:
        """Whether there is nothing to publish."""
        return is_published_as_is(self.offer)

    @property
    def publishable(self) -> bool:
        """Whether only reasons in writing may still be asked for."""
        return not self.obstacles and not self.nothing_new


def readiness(offer: Offer) -> Readiness:
    """Look at the working copy of an offer before it is published."""
    return Readiness(offer, findings_of(offer), list(_obstacles(offer)))


def _obstacles(offer: Offer) -> list[Obstacle]:
    slug = {"slug": offer.slug}
    found = []
    if not offer.purpose.strip() or not offer.audience.strip():
        text = _("L’offre ne dit pas à qui elle s’adresse ni à quoi elle sert.")
        found.append(Obstacle(text, reverse("staff:offer_about", kwargs=slug), _("L’écrire")))
    if not all_parts(offer):
        text = _("L’offre n’a aucun composant : rien ne dit ce que l’on y trouve.")
        found.append(Obstacle(text, reverse("staff:offer_parts", kwargs=slug), _("Choisir les composants")))
    if tariff_in_force(offer) is None:
        text = _(
            "L’offre n’a pas de tarif en vigueur. S’il n’y a pas de prix public, publiez un tarif « sur devis »."
        )
        if coming := tariffs_to_come(offer):
            text = _("Le tarif n’entre en vigueur que le %(day)s.") % {
                "day": coming[0].in_force_from.strftime("%d/%m/%Y")
            }
        found.append(Obstacle(text, reverse("staff:offer_tariff", kwargs=slug), _("Écrire le tarif")))
    elif not revenue_sources(offer):
        text = _("Rien ne fait vivre cette offre : son tarif est gratuit, et rien ne dit ce qui la paie.")
        model = reverse("staff:offer_model", kwargs=slug)
        found.append(Obstacle(text, model, _("Dire ce qui la paie")))
    if missing := missing_end(offer):
        text = _("La fin de contrat ne dit pas %(missing)s.") % {"missing": ", ".join(missing)}
        found.append(
            Obstacle(text, reverse("staff:offer_exit", kwargs=slug), _("Compléter la fin de contrat"))
        )
    return [*found, *_unsaid(offer.hoster)]


def _unsaid(hoster: Hoster) -> Iterator[Obstacle]:
    """What the hoster has not said of itself, once for each page of the settings, at the first field to fill in."""
    pages: dict[str, list[Missing]] = {}
    for each in missing_to_publish(hoster):
        pages.setdefault(each.section, []).append(each)
    titles = {each.url_name: _("Réglages, « %(page)s »") % {"page": each.title} for each in SECTIONS.values()}
    titles[TERMS] = _("Conditions que vos clients acceptent")
    for page, gaps in pages.items():
        told = {"page": titles[page], "missing": ", ".join(gap.label for gap in gaps)}
        text = _("%(page)s. Il manque : %(missing)s.") % told
        yield Obstacle(text, gaps[0].url, _("Compléter cette page"), of_house=True)


@transaction.atomic
def publish_offer(*, offer: Offer, by: User, note: str, reasons: Mapping[str, str]) -> OfferVersion:
    """Publish the working copy when nothing stands in the way. `reasons`: by key of the finding set aside.

    Raises:
        PublicationRefused: something is missing, or an error of the linter has no reason.
    """
    ready = readiness(offer)
    if ready.obstacles:
        raise PublicationRefused(ready.obstacles[0].text)
    overrides = []
    for each in ready.to_justify:
        reason = reasons.get(each.key, "").strip()[:LONGEST_REASON]
        if not reason:
            raise PublicationRefused(
                _("Un contrôle s’y oppose : corrigez l’offre, ou écrivez pourquoi vous la gardez ainsi.")
            )
        told = {"check": each.finding.check, "message": each.finding.message, "reason": reason}
        overrides.append(told)
    return publish_version(offer=offer, by=by, note=note, overrides=overrides)
