"""Texts whose technical words explain themselves, the first time that a page says each."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from offers.linter.words.matching import pattern_of
from offers.models import GlossaryTerm

#: What sticks to a word: an elided article, a bracket, a quote before it; the punctuation after it.
_LEAD = re.compile(r"[\w’'(\[«\u00a0\u202f]*$")
_TRAIL = re.compile(r"[,.;:!?…)\]»\u00a0\u202f]*")


class PageGlossary:
    """The glossary while one page is written. Nothing is asked of the database before a text needs it."""

    def __init__(self, words: Iterable[GlossaryTerm] | None = None) -> None:
        self._given = words
        self._told: set[int] = set()

    @cached_property
    def _terms(self) -> list[GlossaryTerm]:
        return list(GlossaryTerm.objects.all() if self._given is None else self._given)

    def explain(self, text: object) -> SafeString:
        """The text, escaped, where each word met for the first time on this page opens its explanation.

        A longer word wins over one that it contains (« nom de domaine » over « domaine »). Markup is left alone.
        """
        if isinstance(text, SafeString):
            return text
        read = str(text)
        found = sorted(self._first_in(read), key=lambda each: (each[0].start(), -each[0].end()))
        pieces: list[tuple[str]] = []
        position = 0
        for match, term in found:
            if match.start() < position:
                continue
            self._told.add(term.pk)
            before, after = read[position : match.start()], _TRAIL.match(read, match.end())
            assert after is not None  # it matches nothing at all too
            lead = _LEAD.search(before)
            cut = lead.start() if lead else len(before)
            pieces += [(before[:cut],), (_explained(term, before[cut:], match[0], after[0]),)]
            position = after.end()
        pieces.append((read[position:],))
        return format_html_join("", "{}", pieces)

    def _first_in(self, text: str) -> Iterator[tuple[re.Match[str], GlossaryTerm]]:
        for term in self._terms:
            if term.pk in self._told:
                continue
            matches = [match for word in term.writings if (match := pattern_of(word).search(text))]
            if matches:
                yield min(matches, key=lambda match: match.start()), term


def _explained(term: GlossaryTerm, lead: str, read: str, trail: str) -> SafeString:
    """A button that opens the explanation beside it: no script, and its text is there for who reads the page aloud.

    A line may break on both sides of a button, where it may not in the text: what sticks to the word is held.
    """
    return format_html(
        '<span class="nowrap">{0}<button type="button" class="term" popovertarget="mot-{1}">{2}'
        '<span class="visually-hidden"> ({3})</span></button>{4}</span>'
        '<span popover class="term__note" id="mot-{1}"><strong>{5}</strong><br>{6}</span>',
        lead,
        term.pk,
        read,
        _("explication"),
        trail,
        term.word,
        term.explanation,
    )
