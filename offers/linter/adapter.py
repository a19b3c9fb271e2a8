"""From the database to facts, in a number of queries that does not depend on how much there is.

Not recorded by the application yet, so left to their defaults in `facts`: contact, usage, market, costs, review date,
evidence, availability, stated limits, footnotes, glossary, prefix of a range, procedures of termination and change.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django_scopes import scope

from hosters.models import Hoster
from offers.linter.facts import (
    ComponentFacts,
    ExitFacts,
    HosterFacts,
    OfferFacts,
    RangeFacts,
    RightFacts,
    TariffFacts,
    TextFacts,
)
from offers.models import Offer, OfferComponent
from offers.tariffs import tariff_in_force
from pricing.engine import Tariff, TariffError, parse_tariff

Definition = Mapping[str, Any]


def hoster_facts(
    hoster: Hoster, *, today: date, drafts: Mapping[int, Definition] | None = None
) -> HosterFacts:
    """Everything the hoster sells or prepares, with the tariffs in force `today`: four queries.

    `drafts`: tariffs in preparation by offer, looked at in place of those in force.
    """
    prepared = drafts or {}
    with scope(hoster=hoster):
        parts = Prefetch("parts", OfferComponent.objects.select_related("component__need"))
        rows = Offer.objects.order_by("position", "pk").select_related("range")
        offers = list(rows.prefetch_related(parts, "parts__entitlements", "tariff_versions"))
        facts = tuple(_offer(row, prepared.get(row.pk), today) for row in offers)
    ranges = {row.range.slug: RangeFacts(row.range.slug, row.range.name) for row in offers if row.range}
    return HosterFacts(slug=hoster.slug, name=hoster.name, offers=facts, ranges=ranges, vat=hoster.vat_policy)


def _offer(row: Offer, draft: Definition | None, today: date) -> OfferFacts:
    tariff = _tariff(row, draft, today)
    parts = tuple(map(_part, row.parts.all()))
    return OfferFacts(
        slug=row.slug,
        name=row.name,
        segment=row.segment,
        published=row.state == Offer.State.PUBLISHED,
        range=row.range.slug if row.range else "",
        purpose=row.purpose,
        not_included=row.not_included,
        parts=parts,
        tariff=tariff,
        texts=tuple(_texts(row, parts, tariff.tariff if tariff else None)),
        exit=ExitFacts(
            notice_days=row.notice_days,
            export_formats=row.export_formats,
            retrieval_days=row.retrieval_days,
            erasure_days=row.erasure_days,
        ),
    )


def _tariff(row: Offer, draft: Definition | None, today: date) -> TariffFacts | None:
    try:
        if draft is not None:
            return TariffFacts(parse_tariff(draft))
        version = tariff_in_force(row, on=today)
        return TariffFacts(version.tariff) if version else None
    except TariffError as error:
        return TariffFacts(None, error.problems)


def _part(row: OfferComponent) -> ComponentFacts:
    component = row.component
    return ComponentFacts(
        slug=component.slug,
        title=component.need.title,
        need=component.need.title,
        function=component.function,
        software=component.software,
        kind=component.kind,
        detail=row.detail,
        rights=tuple(RightFacts(right.metric, right.label) for right in row.entitlements.all()),
    )


def _texts(row: Offer, parts: tuple[ComponentFacts, ...], tariff: Tariff | None) -> Iterator[TextFacts]:
    """Every text that a visitor reads on the page of an offer; the remark of the team is not one."""
    own = ("audience", "purpose", "not_included", "export_formats", "exit_help", "data_location")
    yield from (TextFacts(field, getattr(row, field)) for field in own)
    for index, (part, fact) in enumerate(zip(row.parts.all(), parts, strict=True)):
        yield TextFacts(f"parts[{index}].need", f"{fact.title}\n{part.component.need.explanation}")
        yield TextFacts(f"parts[{index}].function", fact.function)
        yield TextFacts(f"parts[{index}].detail", fact.detail)
        yield from (TextFacts(f"parts[{index}].rights", right.label) for right in fact.rights)
    if row.range:
        yield TextFacts("range.purpose", row.range.purpose)
    if tariff is not None:
        yield from _tariff_texts(tariff)


def _tariff_texts(tariff: Tariff) -> Iterator[TextFacts]:
    labels = {
        "metrics": [metric.label for metric in tariff.metrics],
        "charges": [charge.label for charge in tariff.charges],
        "options": [option.label for option in tariff.options],
    }
    for family, told in labels.items():
        yield from (TextFacts(f"tariff.{family}[{index}].label", label) for index, label in enumerate(told))
    yield from (
        TextFacts(f"tariff.limits[{index}].reason", each.reason) for index, each in enumerate(tariff.limits)
    )
