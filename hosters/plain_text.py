"""A Markdown text as a mail in plain text says it: no sign of the markup is left to read."""

import re
from collections.abc import Sequence

from markdown_it.token import Token

from hosters.rich_text import PARSER
from pricing.typography import french

_GAPS = re.compile(r"\n{3,}")
RULE = "-" * 40


def plain_text(text: str) -> str:
    """Titles underlined, links with their address, lists with their dashes and numbers, pictures by their words."""
    written: list[str] = []
    marks: list[str] = []  # of the lists and quotations that are open
    item = ""  # the dash or number of an item that has not begun yet
    for token in PARSER.parse(french(text)):
        match token.type:
            case "bullet_list_open" | "ordered_list_open" | "blockquote_open":
                marks.append("> " if token.type == "blockquote_open" else "  ")
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                marks.pop()
                written.append("")
            case "list_item_open":
                item = f"{token.info}. " if token.info else "- "
            case "inline" | "fence" | "code_block":
                said = _inline(token.children) if token.children else token.content.rstrip()
                margin = "".join(marks)
                first = margin[:-2] + item if item else margin
                written.append(first + said.replace("\n", f"\n{margin}"))
                item = ""
            case "heading_close":
                written += ["-" * len(written[-1]), ""]
            case "hr":
                written += [RULE, ""]
            case "paragraph_close" if not token.hidden:
                written.append("")
            case "tr_close":
                written.append("")
    return _GAPS.sub("\n\n", "\n".join(written)).strip()


def _inline(children: Sequence[Token]) -> str:
    said, address = "", ""
    for token in children:
        if token.type == "link_open":
            address = str(token.attrs["href"])
        elif token.type == "link_close":
            said += "" if said.endswith(address) else f" ({address})"
        elif token.type in ("softbreak", "hardbreak"):
            said += "\n"
        else:
            said += token.content
    return said
