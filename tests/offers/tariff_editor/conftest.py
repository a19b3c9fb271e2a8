"""An offer whose tariff is edited by Alix, who administers it, in a browser without JavaScript."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from hosters.models import Hoster, User
from offers.models import Offer, TariffDraft
from tests.factories import make_offer


class _FormReader(HTMLParser):
    """What a browser would post: the values of the fields of the form `tarif`, and its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self.buttons: list[str] = []
        self.inside = False
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("id") == "tarif"
        if not self.inside or not (given.get("name") or self.select):
            return
        name = given.get("name", "")
        if tag == "button":
            self.buttons.append(given["value"])
        elif tag == "select":
            self.select = name
        elif tag == "option" and ("selected" in given or self.select not in self.values):
            self.values[self.select] = given["value"]
        elif tag == "input" and given["type"] in ("checkbox", "radio"):
            if "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "input":
            self.values[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "form":
            self.inside = False


@dataclass
class Editor:
    """A browser without JavaScript on the editor of one offer."""

    client: Client
    offer: Offer
    page: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)

    def url(self, end: str = "brouillon/") -> str:
        return f"/chez/{self.offer.hoster.slug}/gestion/offres/{self.offer.slug}/tarif/{end}"

    def open(self) -> "Editor":
        return self._read(self.client.get(self.url()))

    def start(self, shape: str) -> "Editor":
        return self._read(self.client.post(self.url("formes/"), {"forme": shape}, follow=True))

    def press(self, action: str, **typed: Any) -> "Editor":
        """Press a button of the page after typing; `typed` names fields with __ for a dot and _N_ for [N]."""
        assert action in self.buttons, f"{action} is not a button of the page"
        return self.post(action, **typed)

    def post(self, action: str = "save", **typed: Any) -> "Editor":
        return self._read(self.client.post(self.url(), self.filled(action, **typed), follow=True))

    def filled(self, action: str = "save", **typed: Any) -> dict[str, Any]:
        named = {re.sub(r"_(\d+)_", r"[\1]", name).replace("__", "."): value for name, value in typed.items()}
        unknown = named.keys() - self.values.keys()
        assert not {name for name in unknown if named[name] != "on" and "~" not in name}, unknown
        return {**self.values, **named, "action": action}

    def live(self, **typed: Any) -> str:
        """What htmx gets for the same form."""
        answer = self.client.post(self.url(), self.filled("", **typed), headers={"HX-Request": "true"})
        assert answer.status_code == 200
        return answer.content.decode()

    @property
    def draft(self) -> dict[str, Any]:
        with scope(hoster=self.offer.hoster):
            return TariffDraft.objects.get(offer=self.offer).definition

    def _read(self, answer: Any) -> "Editor":
        self.status = answer.status_code
        self.page = answer.content.decode()
        reader = _FormReader()
        reader.feed(self.page)
        self.values, self.buttons = reader.values, reader.buttons
        return self


@pytest.fixture
def offer(artifaille: Hoster, other: Hoster) -> Offer:
    """With two hosters in the install, each is below its prefix."""
    return make_offer(artifaille, slug="marmule")


@pytest.fixture
def editor(offer: Offer, alix: User, signed_in: Callable[[User], Client]) -> Editor:
    return Editor(signed_in(alix), offer)
