"""The draft of a tariff: kept as typed, published as a dated version when it holds together."""

from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hosters.models import User
from offers.models import Offer, TariffDraft, TariffVersion
from offers.tariff_editor.bounds import tariff_of
from offers.tariff_editor.cleaning import cleaned
from offers.tariffs import publish_tariff, tariff_in_force
from pricing.engine import Problem, Severity, Tariff, TariffError, check_tariff


class DraftChanged(Exception):
    """Somebody saved, published or threw away the draft since this page was shown."""


class PublicationRefused(ValueError):
    """The draft may not be published as asked; the message says why and what to do."""


def draft_of(offer: Offer) -> TariffDraft | None:
    """The draft being prepared, if any."""
    return TariffDraft.objects.filter(offer=offer).select_related("updated_by").first()


@transaction.atomic
def save_draft(*, offer: Offer, definition: dict[str, Any], by: User, revision: int) -> TariffDraft:
    """Keep what was typed, right or wrong. `revision` is that of the draft as shown, 0 when there was none.

    Raises:
        DraftChanged: somebody else was faster; nothing was written.
    """
    draft = TariffDraft.objects.select_for_update().filter(offer=offer).first()
    if revision != (draft.revision if draft else 0):
        raise DraftChanged
    draft = draft or TariffDraft(offer=offer, revision=0)
    draft.definition, draft.updated_by, draft.revision = definition, by, draft.revision + 1
    draft.save()
    return draft


@transaction.atomic
def start_draft(*, offer: Offer, definition: dict[str, Any], by: User) -> TariffDraft:
    """Begin anew from a shape of the gallery or from a former version; the draft there was is replaced."""
    draft = TariffDraft.objects.select_for_update().filter(offer=offer).first()
    return save_draft(offer=offer, definition=definition, by=by, revision=draft.revision if draft else 0)


@transaction.atomic
def discard_draft(*, offer: Offer) -> None:
    """Throw the draft away; the tariff in force is untouched."""
    TariffDraft.objects.filter(offer=offer).delete()


def blocking_advice(definition: dict[str, Any]) -> list[Problem]:
    """The checks of severity *error* that a reason in writing may set aside (Q-DISCOUNT).

    Raises:
        TariffError: the definition is not a tariff yet.
    """
    advice = check_tariff(tariff_of(definition))
    return [problem for problem in advice if problem.severity is Severity.ERROR]


@transaction.atomic
def publish_draft(
    *, offer: Offer, by: User, revision: int, in_force_from: date, note: str = "", override_reason: str = ""
) -> TariffVersion:
    """Turn the draft as it was shown into a version in force from that day on. The draft is gone.

    Raises:
        DraftChanged: the draft is not the one that was shown.
        PublicationRefused: the day is past, or a check blocks and no reason is given.
        TariffError: the draft is not a tariff yet.
    """
    draft = TariffDraft.objects.select_for_update().filter(offer=offer).first()
    if draft is None or draft.revision != revision:
        raise DraftChanged
    if in_force_from < timezone.localdate():
        raise PublicationRefused(_("Choisissez aujourd’hui ou un jour à venir."))
    if blocking_advice(draft.definition) and not override_reason:
        raise PublicationRefused(
            _("Un contrôle s’y oppose : corrigez le tarif, ou écrivez pourquoi vous le gardez.")
        )
    version = publish_tariff(
        offer=offer,
        definition=cleaned(draft.definition),
        in_force_from=in_force_from,
        by=by,
        note=note,
        override_reason=override_reason,
    )
    draft.delete()
    return version


def metrics_of(offer: Offer) -> list[tuple[str, str]]:
    """What the tariff counts, in force or in preparation: code and label."""
    return tariff_words(offer).metrics


class TariffWords(NamedTuple):
    """Codes and labels of what a tariff counts and of what it charges, options included."""

    metrics: list[tuple[str, str]]
    charges: list[tuple[str, str]]


def tariff_words(offer: Offer) -> TariffWords:
    """Of the tariff in force, else of the one in preparation."""
    tariff = _known_tariff(offer)
    if tariff is None:
        return TariffWords([], [])
    charges = [(each.code, each.label) for each in tariff.charges]
    charges += [(each.code, each.label) for each in tariff.options]
    return TariffWords([(metric.code, metric.label) for metric in tariff.metrics], charges)


def _known_tariff(offer: Offer) -> Tariff | None:
    """In force, else in preparation if it can be read."""
    version = tariff_in_force(offer)
    if version is not None:
        return version.tariff
    draft = draft_of(offer)
    try:
        return tariff_of(draft.definition) if draft else None
    except TariffError:
        return None
