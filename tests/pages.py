"""Reading pages as a person does: words without markup, with plain spaces; and forms as a browser sends them."""

import re
from html import unescape
from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {"input", "meta", "link", "img", "br", "hr", "source", "wbr", "area", "col", "embed", "base", "track"}


def words(answer: HttpResponse | str) -> str:
    """The text of a page; every kind of space is one plain space."""
    page = answer if isinstance(answer, str) else answer.content.decode()
    body = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def region(answer: HttpResponse | str, id: str) -> str:
    """The inside of the element that has this id."""
    page = answer if isinstance(answer, str) else answer.content.decode()
    parser = _Region(page, id)
    parser.feed(page)
    assert parser.end, f"no element #{id}"
    return page[parser.start : parser.end]


def normal(markup: str) -> str:
    """Markup whose spaces between tags do not count."""
    return re.sub(r">\s+<", "><", " ".join(markup.split())).strip()


def hidden_fields(answer: HttpResponse) -> dict[str, str]:
    """Name and value of the hidden inputs of a page, the CSRF token excepted."""
    parser = _Hidden()
    parser.feed(answer.content.decode())
    return parser.values


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name") != "csrfmiddlewaretoken":
            self.values.setdefault(str(given["name"]), given.get("value") or "")


class _Region(HTMLParser):
    def __init__(self, page: str, id: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in page.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.id, self.depth, self.start, self.end = id, 0, 0, 0

    def _position(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.start and not self.end:
            self.depth += tag not in VOID
        elif not self.end and dict(attrs).get("id") == self.id:
            self.start = self._position() + len(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that closes itself holds nothing (drawings)."""

    def handle_endtag(self, tag: str) -> None:
        if self.start and not self.end:
            if self.depth == 0:
                self.end = self._position()
            self.depth -= 1


def filled(answer: HttpResponse, field: str, **typed: object) -> dict[str, object]:
    """What a browser posts of the form that has this field: what it shows, with what a person typed over."""
    parser = _Forms()
    parser.feed(answer.content.decode())
    form = next((values for values, names in parser.forms if field in names), None)
    assert form is not None, f"no form has a field {field}"
    return {**form, **typed}


class _Forms(HTMLParser):
    """Each form of a page: the values that it would send, and the names of all its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, object], set[str]]] = [({}, set())]
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(({}, set()))
        values, names = self.forms[-1]
        name = given.get("name", "")
        if tag == "option" and self.select and ("selected" in given or self.select not in values):
            values[self.select] = given.get("value", "")
        if tag not in ("input", "select", "textarea") or not name or name == "csrfmiddlewaretoken":
            return
        names.add(name)
        if tag == "select":
            self.select = name
        elif tag == "textarea":
            self.area, values[name] = name, ""
        elif given.get("type") not in ("checkbox", "radio"):
            values[name] = given.get("value", "")
        elif "checked" in given:
            before = values.get(name)
            kept = before if isinstance(before, list) else []
            values[name] = [*kept, given.get("value", "on")]

    def handle_data(self, data: str) -> None:
        if self.area:
            values = self.forms[-1][0]
            values[self.area] = f"{values[self.area]}{data}".removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""
