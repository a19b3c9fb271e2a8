"""The words of mails: ours by default, the hoster's own where they wrote some, with an allow-list of placeholders.

A text is plain paragraphs with `{{ names }}`. They are replaced in one pass by values that are already words, so
that nothing a person typed is ever read as a placeholder or as a template. A paragraph that holds nothing but
empty values disappears. Upper apps describe each kind of mail in `ready()`, beside who writes it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hosters.models import Hoster, MailText
from pricing.typography import french, of

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]{0,60}?)\s*\}\}")
AFTER_DE = re.compile(r"(\b[Dd]e )?" + PLACEHOLDER.pattern)
WRAPPING = re.compile(r"\{% (end)?autoescape( off)? %\}|\{#.*?#\}", re.DOTALL)
Words = str | Promise


@dataclass(frozen=True)
class Placeholder:
    """A name that a text may hold: what it stands for, and a sample for the preview."""

    name: str
    meaning: Words
    sample: str


@dataclass(frozen=True)
class TextKind:
    """A kind of mail whose words may be changed. `required` names what the law or the sense cannot do without."""

    kind: str
    label: Words
    to_team: bool
    subject: Words
    template: str
    placeholders: tuple[Placeholder, ...] = ()
    required: frozenset[str] = field(default_factory=frozenset)

    def names(self) -> list[str]:
        return [each.name for each in self.all_placeholders()]

    def all_placeholders(self) -> tuple[Placeholder, ...]:
        return (*self.placeholders, HOSTER)


HOSTER = Placeholder("hebergeur", gettext_lazy("votre nom"), "Artifaille")
_kinds: dict[str, TextKind] = {}


class UnknownPlaceholder(Exception):
    """A text holds a name that means nothing here, or lacks one that must stay; the message says which."""


def register_text(kind: TextKind) -> None:
    """Declare the words of a kind of mail. Called in `ready()`."""
    _kinds[kind.kind] = kind


def text_kinds() -> list[TextKind]:
    """Every kind whose words may be changed, those for associations first."""
    return sorted(_kinds.values(), key=lambda each: each.to_team)


def text_kind(kind: str) -> TextKind | None:
    return _kinds.get(kind)


def default_text(kind: TextKind) -> tuple[str, str]:
    """Subject and body that we wrote."""
    source = str(get_template(kind.template).template.source)  # type: ignore[attr-defined]  # the Django engine
    return str(kind.subject), WRAPPING.sub("", source).strip()


def text_of(hoster: Hoster, kind: TextKind) -> tuple[str, str]:
    """Subject and body in force, with French spaces: the hoster's own, else ours."""
    own = MailText.objects.filter(hoster=hoster, kind=kind.kind).first()
    subject, body = (own.subject, own.body) if own else default_text(kind)
    return french(subject), french(body)


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with its values, in one pass."""
    filled = AFTER_DE.sub(lambda found: _said(values.get(found[2], ""), found[1]), text.replace("\r\n", "\n"))
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", filled).strip()


def _said(value: object, de: str | None) -> str:
    """A value, and the « de » before it as French says it: « d’Artifaille »."""
    return f"{de[0]}{of(str(value))[1:]}" if de else str(value)


def samples(kind: TextKind, hoster: Hoster) -> dict[str, str]:
    """The values of a preview."""
    return {each.name: each.sample for each in kind.placeholders} | {HOSTER.name: hoster.name}


def check_text(kind: TextKind, *, subject: str, body: str) -> None:
    """Whether a text may replace ours.

    Raises:
        UnknownPlaceholder: a name is unknown, or one that must stay is missing.
    """
    used = set(PLACEHOLDER.findall(subject)) | set(PLACEHOLDER.findall(body))
    allowed = set(kind.names())
    if unknown := sorted(used - allowed):
        raise UnknownPlaceholder(
            _("{{ %(name)s }} n’existe pas pour ce courriel. Ceux qui existent : %(names)s.")
            % {"name": unknown[0], "names": ", ".join(kind.names())}
        )
    if missing := sorted(kind.required - set(PLACEHOLDER.findall(body))):
        raise UnknownPlaceholder(
            _("Ce courriel ne peut pas se passer de {{ %(name)s }} : remettez-le dans le texte.")
            % {"name": missing[0]}
        )


@transaction.atomic
def change_text(*, hoster: Hoster, kind: TextKind, subject: str, body: str) -> MailText:
    """Use the hoster's words from the next mail on.

    Raises:
        UnknownPlaceholder: see `check_text`.
    """
    check_text(kind, subject=subject, body=body)
    text, _new = MailText.objects.update_or_create(
        hoster=hoster, kind=kind.kind, defaults={"subject": subject, "body": body}
    )
    return text


def reset_text(*, hoster: Hoster, kind: TextKind) -> None:
    """Back to our words. Doing it twice changes nothing."""
    MailText.objects.filter(hoster=hoster, kind=kind.kind).delete()
