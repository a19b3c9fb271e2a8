"""JSON read with the line of every value, so that an error can say where it is.

Stricter than the standard reader: a name given twice, a number without exact value, a text that cannot be stored
and a file made to exhaust the machine are refused, each with a French sentence.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from django.utils.translation import gettext as _

DEEPEST = 20  # the format itself needs ten levels
MOST_NAMES = 500
LONGEST_NAME = 100  # characters

BLANK = re.compile(r"[ \t\n\r]*")
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,29})(\.\d{1,30})?([eE][+-]?\d{1,3})?(?![\w.+-])", re.ASCII)
WORD = re.compile(r"[\w.+-]+")
LITERALS = {"true": True, "false": False, "null": None}


class Malformed(Exception):
    """The text is not JSON, or not of a reasonable size; reading stops there."""

    def __init__(self, line: int, path: str, message: str) -> None:
        super().__init__(message)
        self.line, self.path, self.message = line, path, message


@dataclass
class Parsed:
    """`value` as plain Python types; `lines`: the line of each path; `repeated`: paths given twice."""

    value: Any = None
    lines: dict[str, int] = field(default_factory=dict)
    repeated: list[tuple[int, str]] = field(default_factory=list)

    def line_of(self, path: str) -> int:
        """The line of a path, or of the nearest thing around it that is in the file."""
        while path not in self.lines and path:
            path = re.sub(r"(\[\d+\]|\.?[^.\[\]]+|.)$", "", path)
        return self.lines.get(path, 1)


def parse(text: str) -> Parsed:
    """Read a whole text. Raises `Malformed`."""
    return _Reader(text).document()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.newlines = [match.start() for match in re.finditer("\n", text)]
        self.parsed = Parsed()

    def document(self) -> Parsed:
        self.parsed.value = self.read("", 1)
        if self.peek():
            raise self.refuse("", _("Il reste du texte après la fin du catalogue."))
        return self.parsed

    def line(self, position: int | None = None) -> int:
        return bisect_left(self.newlines, self.at if position is None else position) + 1

    def refuse(self, path: str, message: str) -> Malformed:
        return Malformed(self.line(), path, message)

    def peek(self) -> str:
        """The next character that is not a blank; empty at the end."""
        blank = BLANK.match(self.text, self.at)
        assert blank is not None
        self.at = blank.end()
        return self.text[self.at : self.at + 1]

    def read(self, path: str, depth: int) -> Any:
        if depth > DEEPEST:
            raise self.refuse(path, _("Le fichier emboîte trop d’objets et de listes."))
        first = self.peek()
        self.parsed.lines.setdefault(path, self.line())
        if first == "{":
            return self.read_object(path, depth)
        if first == "[":
            return self.read_list(path, depth)
        if first == '"':
            return self.read_text(path)
        return self.read_word(path)

    def read_object(self, path: str, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        if self.peek() == "}":
            self.at += 1
            return found
        while True:
            name, name_line = self.read_name(path)
            inside = f"{path}.{name}" if path else name
            if name in found:
                self.parsed.repeated.append((name_line, inside))
            elif len(found) == MOST_NAMES:
                raise self.refuse(path, _("Cet objet a trop de noms."))
            self.parsed.lines.setdefault(inside, name_line)
            found[name] = self.read(inside, depth + 1)
            if self.ends("}", path):
                return found

    def read_name(self, path: str) -> tuple[str, int]:
        if self.peek() != '"':
            raise self.refuse(path, _('Il faut ici un nom entre guillemets droits, comme "name".'))
        line = self.line()
        name = self.read_text(path)
        if len(name) > LONGEST_NAME:
            raise self.refuse(path, _("Ce nom est trop long."))
        if self.peek() != ":":
            raise self.refuse(path, _("Il manque deux-points après le nom « %(name)s ».") % {"name": name})
        self.at += 1
        return name, line

    def read_list(self, path: str, depth: int) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        if self.peek() == "]":
            self.at += 1
            return found
        while True:
            found.append(self.read(f"{path}[{len(found)}]", depth + 1))
            if self.ends("]", path):
                return found

    def ends(self, closing: str, path: str) -> bool:
        """Whether the object or list closes here; a comma announces another item."""
        mark = self.peek()
        if mark not in (",", closing):
            reason = _("Il manque une virgule, ou « %(mark)s » pour finir.") % {"mark": closing}
            raise self.refuse(path, reason if mark else _("Le fichier s’arrête avant la fin."))
        self.at += 1
        if mark == "," and self.peek() in ("}", "]"):
            raise self.refuse(path, _("Il y a une virgule de trop avant la fin."))
        return mark == closing

    def read_text(self, path: str) -> str:
        try:
            text, end = scanstring(self.text, self.at + 1, True)
        except JSONDecodeError as error:
            self.at = min(error.pos, len(self.text))
            message = _(
                "Ce texte n’est pas bien écrit : guillemet oublié, retour à la ligne ou « \\ » de trop."
            )
            raise self.refuse(path, message) from None
        if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text):
            raise self.refuse(path, _("Ce texte contient un caractère qui ne peut pas être enregistré."))
        self.at = end
        return text

    def read_word(self, path: str) -> Any:
        number = NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            exact = number[1] is None and number[2] is None
            return int(number[0]) if exact else self.bounded(float(number[0]), path)
        word = WORD.match(self.text, self.at)
        if word and word[0] in LITERALS:
            self.at = word.end()
            return LITERALS[word[0]]
        if not self.peek():
            raise self.refuse(path, _("Le fichier s’arrête avant la fin."))
        shown = word[0][:40] if word else self.text[self.at]
        raise self.refuse(
            path, _("« %(word)s » ne va pas ici. Un texte se met entre guillemets droits.") % {"word": shown}
        )

    def bounded(self, number: float, path: str) -> float:
        if number in (float("inf"), float("-inf")):
            raise self.refuse(path, _("Ce nombre est trop grand."))
        return number
