"""The steps from a blank page to an offer on sale, in the order of the course (002-001)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from offers.linter.checks.exit import missing_ends
from offers.linter.facts import ExitFacts
from offers.models import Offer
from offers.parts import all_parts
from offers.revenue import revenue_sources
from offers.study.reading import study_of
from offers.tariffs import tariff_in_force
from offers.versions import differs


@dataclass(frozen=True)
class Step:
    """`done`: what this step asks is there. `current`: the page that is open."""

    code: str
    label: str
    url: str
    done: bool
    current: bool


def steps_of(offer: Offer, here: str) -> list[Step]:
    """For whom, what makes it live, what is in it, what it costs, how it ends; then read it again, and publish it."""
    slug = {"slug": offer.slug}
    asked = [
        ("about", _("Pour qui, pour quoi"), "staff:offer_about", bool(offer.audience and offer.purpose)),
        ("model", _("Ce qui la fait vivre"), "staff:offer_model", _lives(offer)),
        ("parts", _("Composants"), "staff:offer_parts", bool(all_parts(offer))),
        ("tariff", _("Tarif"), "staff:offer_tariff", tariff_in_force(offer) is not None),
        ("exit", _("Fin de contrat"), "staff:offer_exit", not missing_end(offer)),
        ("review", _("Relire"), "staff:offer_review", offer.review_on is not None),
        ("publish", _("Publier"), "staff:offer_publish", is_published_as_is(offer)),
    ]
    return [
        Step(code, label, reverse(page, kwargs=slug), done, code == here) for code, label, page, done in asked
    ]


def _lives(offer: Offer) -> bool:
    """Told by the team, or by the tariff in force of an offer that was on sale before the question was asked."""
    return bool(study_of(offer).lives_on or revenue_sources(offer))


def is_published_as_is(offer: Offer) -> bool:
    """Whether visitors already read exactly the working copy."""
    return offer.state == Offer.State.PUBLISHED and not differs(offer)


def missing_end(offer: Offer) -> list[str]:
    """What the end of the contract does not say yet, in words (002-154)."""
    told = ExitFacts(
        notice_days=offer.notice_days,
        export_formats=offer.export_formats,
        retrieval_days=offer.retrieval_days,
        erasure_days=offer.erasure_days,
        termination=offer.termination_procedure,
        change=offer.change_procedure,
    )
    return [words for _field, words in missing_ends(told)]
