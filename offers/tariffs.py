"""Tariffs over time: which one is in force, and how a new one comes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from hosters.models import User
from offers.models import Offer, TariffVersion
from pricing.engine import dump_tariff, parse_tariff


def tariff_in_force(offer: Offer, *, on: date | None = None) -> TariffVersion | None:
    """The version to sell with on a day (today by default); None for an offer without a tariff yet."""
    day = on or timezone.localdate()
    # In Python, over the prefetched versions of a list of offers: a handful of rows, no query each.
    versions = sorted(
        offer.tariff_versions.all(), key=lambda version: (version.in_force_from, version.number)
    )
    return next((version for version in reversed(versions) if version.in_force_from <= day), None)


def tariffs_to_come(offer: Offer, *, after: date | None = None) -> list[TariffVersion]:
    """The versions that come into force after a day (today by default), the soonest first."""
    day = after or timezone.localdate()
    return list(offer.tariff_versions.filter(in_force_from__gt=day).order_by("in_force_from", "number"))


@transaction.atomic
def publish_tariff(
    *,
    offer: Offer,
    definition: dict[str, Any],
    in_force_from: date | None = None,
    by: User | None = None,
    note: str = "",
    override_reason: str = "",
) -> TariffVersion:
    """Record a new dated version. The former ones stay as they are: documents and subscriptions keep theirs.

    `note` says why for the team; `override_reason` why a check that blocks was set aside.

    Raises:
        TariffError: the definition is not a tariff; its problems name the fields.
    """
    tariff = parse_tariff(definition)
    Offer.objects.select_for_update().get(pk=offer.pk)  # two publications at once take two numbers
    last = offer.tariff_versions.order_by("-number").values_list("number", flat=True).first() or 0
    return TariffVersion.objects.create(
        offer=offer,
        number=last + 1,
        in_force_from=in_force_from or timezone.localdate(),
        definition=dump_tariff(tariff),
        published_by=by,
        note=note,
        override_reason=override_reason,
    )
