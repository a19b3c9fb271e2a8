"""From the database to facts, in a number of queries that does not depend on how much there is.

Left to its default in `facts`: contact, since our own pages have the three ways out.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django_scopes import scope

from hosters.models import Hoster
from hosters.promise import public_limits
from offers.linter.facts import (
    ComponentFacts,
    ExitFacts,
    HosterFacts,
    OfferFacts,
    RangeFacts,
    RightFacts,
    TariffFacts,
    TextFacts,
    UsageFacts,
)
from offers.linter.study_facts import StudyFacts, study_facts
from offers.models import Offer, OfferComponent
from offers.models.offer import along_lineage
from offers.parts import all_parts
from offers.tariff_editor.cleaning import cleaned
from offers.tariffs import tariff_in_force
from pricing.engine import Tariff, TariffError, parse_tariff

Definition = Mapping[str, Any]


def hoster_facts(
    hoster: Hoster,
    *,
    today: date,
    offers: Sequence[Offer] | None = None,
    drafts: Mapping[int, Definition] | None = None,
    typed: Offer | None = None,
) -> HosterFacts:
    """Everything the hoster sells or prepares, with the tariffs in force `today`: seven queries, and three for each
    step of inheritance that is used.

    `offers`: all of them, when they were read `for_linting` already: three queries are left. `drafts`: tariffs in
    preparation by offer, looked at in place of those in force; an offer without a tariff is read with the one that it
    prepares. `typed`: an offer whose texts are looked at as they stand on this object, saved or not.
    """
    prepared = drafts or {}
    with scope(hoster=hoster):
        if offers is None:
            offers = list(for_linting(Offer.objects.order_by("position", "pk")))
        for row in offers:
            row.hoster = hoster
            if typed is not None and row.pk == typed.pk:
                _retype(row, typed)
        limits = public_limits(hoster)
        noted = study_facts(hoster, offers, today)
        facts = tuple(_offer(row, prepared.get(row.pk), limits, today, noted) for row in offers)
    ranges = {
        row.range.slug: RangeFacts(row.range.slug, row.range.name, row.range.prefix or None)
        for row in offers
        if row.range
    }
    return HosterFacts(
        slug=hoster.slug,
        name=hoster.name,
        offers=facts,
        ranges=ranges,
        vat=hoster.vat_policy,
        glossary=noted.glossary,
        usage=UsageFacts(noted.sales.quotes, noted.sales.bespoke),
    )


def for_linting(rows: "QuerySet[Offer]") -> "QuerySet[Offer]":
    """Offers with all that the checks read of them: four queries, and three for each step of inheritance."""
    with_need = OfferComponent.objects.select_related("component__need")
    parts = [Prefetch(lookup, with_need) for lookup in along_lineage("parts")]
    rights = along_lineage("parts__entitlements")
    read = rows.select_related("range", "study", "tariff_draft")
    return read.prefetch_related(*parts, *rights, "tariff_versions")


def _retype(row: Offer, typed: Offer) -> None:
    for field in Offer._meta.concrete_fields:
        if not field.is_relation:
            setattr(row, field.name, getattr(typed, field.name))
    if row.range_id != typed.range_id:
        row.range = typed.range


def _offer(
    row: Offer, draft: Definition | None, limits: tuple[str, ...], today: date, noted: StudyFacts
) -> OfferFacts:
    tariff = _tariff(row, draft, today)
    parts = tuple(map(_part, all_parts(row)))
    return OfferFacts(
        slug=row.slug,
        name=row.name,
        segment=row.segment,
        published=row.state == Offer.State.PUBLISHED,
        draft=row.state == Offer.State.DRAFT,
        range=row.range.slug if row.range else "",
        purpose=row.purpose,
        not_included=row.not_included,
        parts=parts,
        tariff=tariff,
        availability=row.hoster.availability_target,
        limits=(*limits, *(told for part in all_parts(row) if (told := part.component.prerequisites))),
        texts=tuple(_texts(row, parts, tariff.tariff if tariff else None)),
        exit=ExitFacts(
            notice_days=row.notice_days,
            export_formats=row.export_formats,
            retrieval_days=row.retrieval_days,
            erasure_days=row.erasure_days,
            termination=row.termination_procedure,
            change=row.change_procedure,
        ),
        footnotes={note["mark"]: note["text"] for note in row.footnotes},
        is_trial=row.is_trial,
        review_on=row.review_on,
        market=noted.market(row, tariff.tariff if tariff else None),
        costs=noted.cost(row),
        evidence=noted.evidence(row),
        usage=noted.usage(row),
    )


def _tariff(row: Offer, draft: Definition | None, today: date) -> TariffFacts | None:
    """The one in preparation when it is asked for or when nothing else is in force."""
    version = tariff_in_force(row, on=today)
    if draft is None and version is None and hasattr(row, "tariff_draft"):
        draft = cleaned(row.tariff_draft.definition)
    try:
        if draft is not None:
            return TariffFacts(parse_tariff(draft))
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
        availability=component.availability,
    )


def _texts(row: Offer, parts: tuple[ComponentFacts, ...], tariff: Tariff | None) -> Iterator[TextFacts]:
    """Every text that a visitor reads on the page of an offer; the remark of the team is not one."""
    own = (
        "audience",
        "purpose",
        "not_included",
        "export_formats",
        "exit_help",
        "data_location",
        "termination_procedure",
        "change_procedure",
    )
    yield from (TextFacts(field, getattr(row, field)) for field in own)
    for index, (part, fact) in enumerate(zip(all_parts(row), parts, strict=True)):
        yield TextFacts(f"parts[{index}].need", f"{fact.title}\n{part.component.need.explanation}")
        yield TextFacts(f"parts[{index}].function", fact.function)
        yield TextFacts(f"parts[{index}].detail", fact.detail)
        yield TextFacts(f"parts[{index}].prerequisites", part.component.prerequisites)
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
