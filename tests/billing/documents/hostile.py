"""What somebody may type to make a PDF renderer read a file, call a server or swallow an attachment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Canary:
    """A server and a file that nothing may touch."""

    url: str
    file: Path
    secret: str


def snippets(canary: Canary) -> list[str]:
    """Thirty-six of them, each with the address of the server or of the file where it has one."""
    url, file = canary.url, canary.file.as_uri()
    return [
        f'<img src="{url}/a.png">',
        f'<img src="{file}">',
        f'<img src="{canary.file}">',
        f"<img src=x onerror=\"fetch('{url}')\">",
        '<img src="data:image/png;base64,iVBORw0KGgo=">',
        f'<image href="{url}/b"/>',
        f'<link rel=attachment href="{file}">',
        f'<a rel=attachment href="{file}">pièce</a>',
        f'<link rel=stylesheet href="{url}/c.css">',
        f'<link rel="shortcut icon" href="{url}/d.ico">',
        f"<style>@import url({url}/e.css);</style>",
        f"<style>@import '{file}';</style>",
        f"<style>body{{background:url({url}/f)}}</style>",
        f"<style>@font-face{{font-family:x;src:url({file})}} *{{font-family:x}}</style>",
        "<style>@font-face{font-family:y;src:local('DejaVu Sans')} *{font-family:y}</style>",
        "<style>*{display:none}</style>",
        "<style>*{font-size:1e9px}</style>",
        f'<p style="background:url({url}/g)">x</p>',
        f'<p style="list-style-image:url({file})">x</p>',
        f"<p style='content:url({url}/h)'>x</p>",
        f'<svg><image xlink:href="{file}"/></svg>',
        f'<svg><use href="{url}/i.svg#a"/></svg>',
        f'<!DOCTYPE x [<!ENTITY z SYSTEM "{file}">]><x>&z;</x>',
        f'<object data="{file}"></object>',
        f'<embed src="{url}/j">',
        f'<iframe src="{file}"></iframe>',
        f'<base href="{url}/">',
        f'<meta http-equiv=refresh content="0;url={url}">',
        "<meta name=author content=Pirate>",
        "<title>Autre titre</title>",
        f"<script>location='{url}'</script>",
        "</td></tr></table></body></html>",
        "<!-- commentaire ouvert",
        "{{ settings.SECRET_KEY }}{% debug %}${7*7}",
        f"background:url({url}/k);}} */ @import url({url}/l)",
        "&lt;b&gt; &#60;img&#62; ]]>",
    ]


def poisoned(value: Any, text: Callable[[], str]) -> Any:
    """The same structure, where every text is another one."""
    if isinstance(value, str):
        return text()
    if isinstance(value, list):
        return [poisoned(each, text) for each in value]
    if isinstance(value, dict):
        return {key: poisoned(each, text) for key, each in value.items()}
    return value
