"""The lists that a hoster keeps: replaced whole, so that two rows may exchange their names."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_scopes import scope

from hosters.charter import CHARTER
from hosters.models import CharterCommitment, Hoster, Statement, Subprocessor, User
from hosters.setting_changes import record_change

Row = Mapping[str, Any]
SUBPROCESSOR = ("name", "purpose", "data", "country")
STATEMENT = ("kind", "title", "text", "evidence_url", "is_public")
COMMITMENT = ("code", "status", "text", "evidence_url")


def subprocessor_rows(hoster: Hoster) -> list[dict[str, Any]]:
    """Whom data are entrusted to, in order."""
    return list(Subprocessor.objects.filter(hoster=hoster).values(*SUBPROCESSOR))


def statement_rows(hoster: Hoster) -> list[dict[str, Any]]:
    """Strengths, limits, values and labels, in order."""
    return list(Statement.objects.filter(hoster=hoster).values(*STATEMENT))


def charter_rows(hoster: Hoster) -> list[dict[str, Any]]:
    """One row for each of the ten commitments, empty where nothing was said."""
    told = {row["code"]: row for row in CharterCommitment.objects.filter(hoster=hoster).values(*COMMITMENT)}
    return [told.get(each.code, {"code": each.code}) for each in CHARTER]


@transaction.atomic
def replace_subprocessors(*, hoster: Hoster, rows: Sequence[Row], by: User | None) -> None:
    """The whole list as it is today; keeping it, even empty, dates it (CON-12)."""
    with scope(hoster=hoster):
        before = [_line(row) for row in subprocessor_rows(hoster)]
        Subprocessor.objects.all().delete()
        Subprocessor.objects.bulk_create(
            Subprocessor(hoster=hoster, position=rank, **row) for rank, row in enumerate(rows, 1)
        )
    Hoster.objects.filter(pk=hoster.pk).update(subprocessors_on=timezone.localdate())
    _recorded(hoster, by, _("Sous-traitants"), before, [_line(row) for row in rows])


@transaction.atomic
def replace_statements(*, hoster: Hoster, rows: Sequence[Row], by: User | None) -> None:
    """Strengths, limits, values and labels, in the order given."""
    with scope(hoster=hoster):
        before = [_line(row) for row in statement_rows(hoster)]
        Statement.objects.all().delete()
        Statement.objects.bulk_create(
            Statement(hoster=hoster, position=rank, **row) for rank, row in enumerate(rows, 1)
        )
    _recorded(hoster, by, _("Forces, limites et valeurs"), before, [_line(row) for row in rows])


@transaction.atomic
def replace_charter(*, hoster: Hoster, rows: Sequence[Row], by: User | None) -> None:
    """Where the hoster stands, commitment by commitment; a row without status says nothing and is not kept."""
    said = [row for row in rows if row.get("status")]
    with scope(hoster=hoster):
        before = [_standing(row) for row in charter_rows(hoster) if row.get("status")]
        CharterCommitment.objects.all().delete()
        CharterCommitment.objects.bulk_create(CharterCommitment(hoster=hoster, **row) for row in said)
    _recorded(hoster, by, _("Charte des CHATONS"), before, [_standing(row) for row in said])


def _line(row: Row) -> str:
    """A row in a few words, different as soon as anything of it differs."""
    name, *rest = [str(value) for key, value in row.items() if key not in ("kind", "is_public")]
    told = f"{name} ({', '.join(filter(None, rest))})" if any(rest) else name
    return told if row.get("is_public", True) else _("%(told)s [non montré]") % {"told": told}


def _standing(row: Row) -> str:
    title = next(each.title for each in CHARTER if each.code == row["code"])
    status = CharterCommitment.Status(row["status"]).label
    proof = " ".join(filter(None, [row.get("text"), row.get("evidence_url")]))
    return f"{title} : {status}" + (f" ({proof})" if proof else "")


def _recorded(hoster: Hoster, by: User | None, section: str, before: list[str], after: list[str]) -> None:
    """What left the list and what came into it; a list sent as it was is no change."""
    gone = ", ".join(each for each in before if each not in after)
    new = ", ".join(each for each in after if each not in before)
    if before != after:
        what = ngettext("%(n)s ligne", "%(n)s lignes", len(after)) % {"n": len(after)}
        record_change(hoster=hoster, by=by, section=section, what=what, before=gone, after=new)
