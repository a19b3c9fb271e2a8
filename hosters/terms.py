"""The texts that clients accept: written as a draft, read again, published for ever (LEG-02, CON-12)."""

import hashlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from hosters.models import Hoster, Subprocessor, TermsDraft, TermsKind, TermsVersion, User

#: The texts shipped, filled with the hoster's identity: short, plain, lawful; the hoster may change every word.
STARTING = {
    TermsKind.SALE: "terms/cgv.txt",
    TermsKind.PROCESSING: "terms/sous-traitance.txt",
    TermsKind.CHARTER: "terms/charte.txt",
}
#: Those without which nothing is sold: the conditions of sale, and the agreement of article 28 of the GDPR.
WANTED = (TermsKind.SALE, TermsKind.PROCESSING)


class DraftChanged(Exception):
    """The draft is not the one that was read: it must be read again before it is published."""


class NothingNew(Exception):
    """The draft says what the version in force already says."""


def digest(text: str) -> str:
    """SHA-256 of a text, of its UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def current_terms(hoster: Hoster) -> dict[str, TermsVersion]:
    """The version in force of each kind that has one, by kind, in the order of the kinds."""
    latest: dict[str, TermsVersion] = {}
    for version in TermsVersion.objects.filter(hoster=hoster).order_by("number"):
        latest[version.kind] = version
    return {kind: latest[kind] for kind in TermsKind.values if kind in latest}


def terms_kinds(hoster: Hoster) -> "QuerySet[TermsVersion, str]":
    """The kinds of the texts that were published."""
    return TermsVersion.objects.filter(hoster=hoster).order_by().values_list("kind", flat=True).distinct()


def missing_terms(published: Iterable[str]) -> list[str]:
    """The texts that the law wants with a quote and that were never published (LEG-02, CON-12), in words."""
    return [str(kind.label) for kind in WANTED if kind not in published]


def starting_text(hoster: Hoster, kind: TermsKind) -> str:
    """What a draft starts from: the version in force, or the text shipped, filled with the hoster's identity."""
    if version := current_terms(hoster).get(kind):
        return version.text
    context = {
        "hoster": hoster,
        "subprocessors": Subprocessor.objects.filter(hoster=hoster),
        "today": timezone.localdate(),
    }
    return render_to_string(STARTING[kind], context).strip() + "\n"


def draft_of(hoster: Hoster, kind: TermsKind) -> TermsDraft | None:
    """The draft of a kind, if somebody began one."""
    return TermsDraft.objects.filter(hoster=hoster, kind=kind).first()


@transaction.atomic
def save_draft(*, hoster: Hoster, kind: TermsKind, text: str) -> TermsDraft:
    """Keep what staff wrote, with the line ends of Unix, so that its SHA-256 does not depend on a browser."""
    written = "\n".join(text.splitlines()).strip() + "\n"
    draft, _created = TermsDraft.objects.update_or_create(
        hoster=hoster, kind=kind, defaults={"text": written}
    )
    return draft


@transaction.atomic
def publish_terms(*, hoster: Hoster, kind: TermsKind, read: str, by: User | None) -> TermsVersion:
    """Publish the draft whose SHA-256 is `read`: it becomes the version in force, and the draft is gone.

    Raises:
        DraftChanged: there is no draft any more, or somebody changed it since it was read.
        NothingNew: the version in force has the very same text.
    """
    Hoster.objects.select_for_update().get(pk=hoster.pk)  # two people who publish at once take two numbers
    draft = draft_of(hoster, kind)
    if draft is None or digest(draft.text) != read:
        raise DraftChanged
    former = current_terms(hoster).get(kind)
    if former and former.sha256 == read:
        raise NothingNew
    version = TermsVersion.objects.create(
        hoster=hoster,
        kind=kind,
        number=former.number + 1 if former else 1,
        text=draft.text,
        sha256=read,
        published_by=by,
    )
    draft.delete()
    return version


@transaction.atomic
def discard_draft(*, hoster: Hoster, kind: TermsKind) -> None:
    """Forget what was being written; published versions stay."""
    TermsDraft.objects.filter(hoster=hoster, kind=kind).delete()


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """What changes between two texts, by paragraph: (`del` or `ins`, the paragraph)."""
    return list(_differences(_paragraphs(before), _paragraphs(after)))


def _differences(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for change, start, end, new_start, new_end in SequenceMatcher(a=before, b=after).get_opcodes():
        if change != "equal":
            yield from (("del", each) for each in before[start:end])
            yield from (("ins", each) for each in after[new_start:new_end])


def _paragraphs(text: str) -> list[str]:
    return [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
