"""Two rows become one organisation: what moves is said before, kept, and given back when it was a mistake.

Upper apps register their tables in `ready()`, so that crm knows none of them. Documents are frozen: only the row they
hang on changes, never what they say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.derived import derive
from crm.models import (
    Answer,
    Contact,
    FollowUp,
    Interaction,
    Merge,
    Opportunity,
    Organization,
    Request,
    ScoreChange,
    Stage,
    StageChange,
    WishVoice,
)
from crm.stages import ORDER, note_stage
from hosters.models import User

#: What the kept row takes from the other one where it knew nothing itself.
FILLED = [
    "street",
    "postcode",
    "town",
    "delivery_street",
    "delivery_postcode",
    "delivery_town",
    "rna",
    "siren",
    "siret",
    "service_code",
    "legal_form",
    "volunteers",
    "employees",
    "accounts",
    "vat_status",
    "vat_number",
    "maturity",
    "note",
    "source",
]


class MergeRefused(Exception):
    """The two rows cannot be merged, or not taken apart any more; the message says why, in French."""


@dataclass(frozen=True)
class Mover:
    """A table whose rows follow their organisation. `rows(absorbed, kept)` are those that may move."""

    label: str | Promise
    rows: Callable[[Organization, Organization], "models.QuerySet[Any]"]
    model: type[models.Model]
    field: str = "organization"
    moved: Callable[[list[int]], None] | None = None

    def move(self, keys: list[int], to: Organization) -> None:
        """Hang these rows on another organisation, and tell whoever keeps account of them."""
        self.model._default_manager.filter(pk__in=keys).update(**{self.field: to})
        if self.moved:
            self.moved(keys)


_movers: dict[str, Mover] = {}


def register_mover(
    model: type[models.Model],
    label: str | Promise,
    *,
    field: str = "organization",
    rows: Callable[[Organization, Organization], "models.QuerySet[Any]"] | None = None,
    moved: Callable[[list[int]], None] | None = None,
) -> None:
    """Say that the rows of a table follow their organisation in a merge. Called in `ready()`.

    `moved` is told the keys of the rows that moved, in the transaction that moved them.
    """

    def every(absorbed: Organization, kept: Organization) -> "models.QuerySet[Any]":
        return model._default_manager.filter(**{field: absorbed})

    name = model._meta.label if field == "organization" else f"{model._meta.label}.{field}"
    _movers[name] = Mover(label, rows or every, model, field, moved)


def movers() -> dict[str, Mover]:
    """Every table that moves, by name."""
    return dict(_movers)


@dataclass(frozen=True)
class Preview:
    """What a merge would do: how many rows of each kind move, what the kept row would learn, its stage after."""

    moving: list[tuple[str, int]]
    learnt: list[tuple[str, str]]
    stage: str


def preview(*, kept: Organization, absorbed: Organization) -> Preview:
    """What `merge` would do, without doing it."""
    counted = [(str(each.label), each.rows(absorbed, kept).count()) for each in _movers.values()]
    learnt = [(str(_column(name).verbose_name), _shown(absorbed, name)) for name in _to_fill(kept, absorbed)]
    return Preview([pair for pair in counted if pair[1]], learnt, _further(kept, absorbed))


@transaction.atomic
def merge(*, kept: Organization, absorbed: Organization, by: User) -> Merge:
    """Bring everything of `absorbed` to `kept`, which keeps what it knew and learns the rest.

    Raises:
        MergeRefused: the same row twice, two hosters, or one of them was merged already.
    """
    kept, absorbed = _locked(kept, absorbed)
    moved = {}
    for name, mover in _movers.items():
        keys = list(mover.rows(absorbed, kept).values_list("pk", flat=True))
        if keys:
            mover.move(keys, kept)
            moved[name] = keys
    filled = _fill(kept, absorbed)
    filled["stage"], filled["change"] = kept.stage, None
    further = _further(kept, absorbed)
    if further != kept.stage:
        evidence = _("fusionnée avec %(name)s") % {"name": absorbed.name}
        filled["change"] = note_stage(organization=kept, to=Stage(further), evidence=evidence, by=by).pk
    Organization.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    return Merge.objects.create(
        hoster=kept.hoster, kept=kept, absorbed=absorbed, moved=moved, filled=filled, by=by
    )


@transaction.atomic
def undo(*, merge: Merge, by: User) -> None:
    """Give back what moved, and let the kept row forget what it learnt. What came since stays with the kept row.

    Raises:
        MergeRefused: something that moved has gone elsewhere since, or it was undone already.
    """
    locked = Merge.objects.select_for_update(of=("self",)).select_related("kept", "absorbed").get(pk=merge.pk)
    kept, absorbed = locked.kept, locked.absorbed
    if locked.undone_at:
        raise MergeRefused(_("Cette fusion a déjà été annulée."))
    if kept.merged_into_id or absorbed.merged_into_id != kept.pk:
        raise MergeRefused(
            _("L’une des deux fiches a été fusionnée depuis : annulez d’abord cette fusion-là.")
        )
    for name, keys in locked.moved.items():
        mover = _movers.get(name)
        still = mover.model._default_manager.filter(pk__in=keys, **{mover.field: kept}) if mover else None
        if mover is None or still is None or still.count() != len(keys):
            label = mover.label if mover else name
            raise MergeRefused(
                _("Ce qui avait été déplacé a changé depuis (%(what)s) : séparez les fiches à la main.")
                % {"what": label}
            )
        mover.move(keys, absorbed)
    _forget(kept, absorbed, locked.filled)
    last = kept.stage_changes.order_by("-pk").first()
    if last and last.pk == locked.filled["change"]:  # nothing happened since that would prove its stage
        note_stage(organization=kept, to=Stage(locked.filled["stage"]), evidence=_("fusion annulée"), by=by)
    Organization.objects.filter(pk=absorbed.pk).update(merged_into=None)
    Merge.objects.filter(pk=locked.pk).update(undone_at=timezone.now(), undone_by=by)


def _locked(kept: Organization, absorbed: Organization) -> tuple[Organization, Organization]:
    """Both rows, locked in the order of their keys so that two merges wait for each other."""
    rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, absorbed.pk])
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) != 2 or kept.hoster_id != absorbed.hoster_id:
        raise MergeRefused(_("Choisissez deux fiches différentes."))
    if any(row.merged_into_id for row in found.values()):
        raise MergeRefused(_("L’une des deux fiches a déjà été fusionnée."))
    return found[kept.pk], found[absorbed.pk]


def _to_fill(kept: Organization, absorbed: Organization) -> list[str]:
    return [
        name
        for name in FILLED
        if getattr(kept, name) in ("", None) and getattr(absorbed, name) not in ("", None)
    ]


def _fill(kept: Organization, absorbed: Organization) -> dict[str, Any]:
    names = _to_fill(kept, absorbed)
    for name in names:
        setattr(kept, name, getattr(absorbed, name))
    derive(kept).save()
    known = set(kept.tags.values_list("pk", flat=True))
    tags = [tag for tag in absorbed.tags.values_list("pk", flat=True) if tag not in known]
    kept.tags.add(*tags)
    return {"fields": names, "tags": tags}


def _forget(kept: Organization, absorbed: Organization, filled: dict[str, Any]) -> None:
    for name in filled["fields"]:
        if getattr(kept, name) == getattr(absorbed, name):  # corrected since: it stays
            setattr(kept, name, _nothing(name))
    derive(kept).save()
    kept.tags.remove(*filled["tags"])


def _nothing(name: str) -> Any:
    return None if _column(name).null else ""


def _column(name: str) -> "models.Field[Any, Any]":
    column = Organization._meta.get_field(name)
    assert isinstance(column, models.Field)
    return column


def _further(kept: Organization, absorbed: Organization) -> str:
    return max(kept.stage, absorbed.stage, key=lambda stage: ORDER.index(Stage(stage)))


def _shown(organization: Organization, name: str) -> str:
    display = getattr(organization, f"get_{name}_display", None)
    return str(display() if display else getattr(organization, name))


def _unanswered(absorbed: Organization, kept: Organization) -> "models.QuerySet[Answer]":
    """Answers to criteria that the kept row has not answered itself."""
    known = Answer.objects.filter(organization=kept).values("criterion")
    return Answer.objects.filter(organization=absorbed).exclude(criterion__in=known)


def _unheard(absorbed: Organization, kept: Organization) -> "models.QuerySet[WishVoice]":
    """Wishes that the kept row has not expressed itself."""
    known = WishVoice.objects.filter(organization=kept).values("wish")
    return WishVoice.objects.filter(organization=absorbed).exclude(wish__in=known)


register_mover(Contact, gettext_lazy("personnes"))
register_mover(Contact, gettext_lazy("parrainages"), field="referred_by")
register_mover(Request, gettext_lazy("demandes"))
register_mover(Interaction, gettext_lazy("échanges"))
register_mover(FollowUp, gettext_lazy("relances"))
register_mover(Opportunity, gettext_lazy("affaires"))
register_mover(StageChange, gettext_lazy("changements d’étape"))
register_mover(Answer, gettext_lazy("réponses de qualification"), rows=_unanswered)
register_mover(WishVoice, gettext_lazy("souhaits"), rows=_unheard)
register_mover(ScoreChange, gettext_lazy("changements de note"))
