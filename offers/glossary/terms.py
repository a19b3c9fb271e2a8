"""The words that come with the application, for a hoster that starts its glossary."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from hosters.models import Hoster
from offers.linter import Finding
from offers.models import GlossaryTerm

DEFAULTS = Path(__file__).with_name("defaults.json")
FIELD = "glossary."


def shipped_explanations() -> dict[str, str]:
    """Word and explanation: every technical word that the linter looks for, the software of the library, a few more."""
    told: dict[str, str] = json.loads(DEFAULTS.read_text(encoding="utf-8"))
    return told


@transaction.atomic
def load_defaults(*, hoster: Hoster) -> int:
    """Add the shipped words that the hoster has not; its own explanations stay. How many came."""
    Hoster.objects.select_for_update().get(pk=hoster.pk)  # twice at once adds once
    terms = GlossaryTerm.objects.filter(hoster=hoster)
    known = {writing.casefold() for term in terms for writing in term.writings}
    new = [
        GlossaryTerm(hoster=hoster, word=word, explanation=told)
        for word, told in shipped_explanations().items()
        if word.casefold() not in known
    ]
    return len(GlossaryTerm.objects.bulk_create(new))


def unexplained(findings: Iterable[Finding]) -> list[str]:
    """The technical words that visitors read and that nothing explains (Q-JARGON)."""
    return [each.field.removeprefix(FIELD) for each in findings if each.check == "Q-JARGON"]
