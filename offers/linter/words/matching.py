"""Finding a technical word in a text: the same way for the linter and for the glossary of the public pages."""

import re
from collections.abc import Iterable
from functools import cache


@cache
def pattern_of(word: str) -> re.Pattern[str]:
    """An acronym (a capital or a figure inside) as written; other words whatever their case and plural."""
    if is_acronym(word):
        return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return re.compile(rf"(?<!\w){_inflected(word)}(?!\w)", re.IGNORECASE)


def is_acronym(word: str) -> bool:
    """`IMAP`, `MariaDB`, `2FA`: read as written only."""
    return any(sign.isupper() or sign.isdigit() for sign in word[1:])


def _inflected(words: str) -> str:
    """`bases de données`, `mutualisées`: any word may take its feminine and its plural."""
    return r"\s+".join(re.escape(word) + ("e?s?" if word.endswith("é") else "s?") for word in words.split())


def has_word_beginning(text: str, stems: Iterable[str]) -> bool:
    """Whether a word of the text begins with one of the stems, whatever its case; an apostrophe ends a word."""
    read = f" {text.casefold()}".replace("’", " ").replace("'", " ")
    return any(f" {stem}" in read for stem in stems)
