"""Markdown typed by a hoster, as HTML that can only be text (T04)."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from pricing.typography import french

#: Titles begin below the one of the page. No image, no raw HTML, no attribute but the address of a link.
TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "blockquote", "hr", "br", "table", "thead"}
TAGS |= {"tbody", "tr", "th", "td", "code"}
PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def rich_text(text: str, *, links: bool = True) -> SafeString:
    """The HTML of a Markdown text; `links` are left out on paper, where nothing may point outside."""
    tokens = PARSER.parse(french(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 4)}"
    html = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS | ({"a"} if links else set()),
        attributes={"a": {"href"}},
        url_schemes={"https", "mailto"},
        link_rel="nofollow noopener",
    )
    return mark_safe(clean)  # noqa: S308 - the sanitiser has just written it
