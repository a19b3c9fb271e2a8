"""House rules of templates: all used, all found, nothing inline, everything works without JavaScript."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs

from tests.conventions.sources import TEMPLATES, python_files, template_files

#: One process reads all the pages, once.
pytestmark = pytest.mark.xdist_group("templates")

PAGES = [path for path in template_files() if path.suffix == ".html"]
NAMES = {str(path.relative_to(TEMPLATES)) for path in template_files()}
#: Found by Django, allauth or the renderer of forms under these names, which nobody writes.
FOUND_BY_NAME = re.compile(r"^(4\d\d|5\d\d)\.html$|^(account|allauth|mfa|usersessions|forms|django)/")
QUOTED = re.compile(r"""["']([\w/.-]+\.(?:html|txt|css|xml|svg))(?:#[\w-]+)?["']""")
#: Markup that we trust: the QR code drawn by the library of the second factor, from a key of its own.
TRUSTED_MARKUP = {"mfa/totp/activate_form.html"}
#: Read by search engines, executed by nobody: the policy of the site does not concern it.
DATA_BLOCK = "application/ld+json"
EVENT = re.compile(r"^on[a-z]+$|^hx-on")


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def test_names_in_python_and_templates_exist() -> None:
    assert {
        used for used in _quoted_names() if used.endswith((".html", ".txt"))
    } - NAMES - _of_libraries() == set()


def test_every_template_is_used() -> None:
    used = _quoted_names()
    assert {each for each in NAMES if each not in used and not FOUND_BY_NAME.match(each)} == set()


def test_templates_compile() -> None:
    for path in PAGES:
        try:
            get_template(name(path))
        except TemplateSyntaxError as error:
            pytest.fail(f"{name(path)}: {error}")


def test_templates_have_nothing_inline() -> None:
    """The CSP would refuse it: no script or style in the page, no `style=`, no `on…=`."""
    assert [where for where, tag, attributes in written_tags() if _is_inline(tag, attributes)] == []


def test_only_reviewed_templates_trust_markup() -> None:
    trusting = {
        name(path)
        for path in PAGES
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text(encoding="utf-8"))
    }
    assert trusting <= TRUSTED_MARKUP


def test_templates_ask_nobody_else() -> None:
    """002-088: No address of another site is fetched by a page."""
    fetched = {"src", "srcset", "action", "formaction", "poster", "data", "hx-get", "hx-post"}
    for where, tag, attributes in written_tags():
        for attribute, value in attributes.items():
            if attribute in fetched or (
                tag == "link" and attribute == "href" and attributes.get("rel") != "canonical"
            ):
                assert not re.match(r"(https?:)?//", value), f"{where} {attribute}={value}"


def test_htmx_has_a_plain_twin() -> None:
    """CARD-001: What htmx asks, a link or a form asks too: everything works without JavaScript."""
    for where, tag, attributes in written_tags():
        if "hx-get" in attributes:
            assert attributes.get("href") or tag == "form" or _refreshes_itself(attributes), where
        if "hx-post" in attributes:
            assert tag == "form" and attributes.get("method") == "post", where


def _refreshes_itself(attributes: dict[str, str]) -> bool:
    """A region that polls its own page: reloading does the same."""
    return attributes["hx-get"].startswith(("{{ request", ".")) or "every" in attributes.get("hx-trigger", "")


def _is_inline(tag: str, attributes: dict[str, str]) -> bool:
    return (
        tag == "style"
        or (tag == "script" and "src" not in attributes and attributes.get("type") != DATA_BLOCK)
        or "style" in attributes
        or any(EVENT.match(attribute) for attribute in attributes)
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {attribute: value or "" for attribute, value in attrs}))

    handle_startendtag = handle_starttag


@cache
def written_tags() -> list[tuple[str, str, dict[str, str]]]:
    """Each tag of each page, with where it is."""
    return [
        (f"{name(path)}: <{tag}>", tag, attributes) for path in PAGES for tag, attributes in tags_of(path)
    ]


def tags_of(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Tags with their attributes; template tags are taken off first."""
    source = re.sub(r"\{%.*?%\}|\{#.*?#\}", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    parser = _Tags()
    parser.feed(re.sub(r"\{\{.*?\}\}", "x", source))
    return parser.found


def _quoted_names() -> set[str]:
    def quoted() -> Iterator[str]:
        for path in (*python_files(), *template_files()):
            for match in QUOTED.finditer(path.read_text(encoding="utf-8")):
                yield match[1]

    return set(quoted())


def _of_libraries() -> set[str]:
    """Templates of the libraries that ours extend or include."""
    folders = [Path(folder) for folder in get_app_template_dirs("templates")]
    return {str(path.relative_to(folder)) for folder in folders for path in folder.rglob("*.html")}
