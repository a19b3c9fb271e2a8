"""Thirty-six hostile snippets in every text that a team may type: the pages only show them."""

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django_scopes import scope, scopes_disabled

from hosters.models import CharterCommitment, Hoster, Statement, User
from offers.models import (
    Competitor,
    Component,
    CostLine,
    Entitlement,
    Evidence,
    GlossaryTerm,
    Need,
    Observation,
    Offer,
    OfferComponent,
    OfferStudy,
    Range,
)
from offers.versions import publish_version
from tests.billing.documents.hostile import Canary, snippets
from tests.factories import make_offer, make_study

EVIL = "evil.example"
SNIPPETS = snippets(Canary(f"https://{EVIL}", Path("/etc/evil.example"), "secret"))
PUBLIC = [
    "",
    "offres/",
    "offres/x/",
    "offres/x/devis/",
    "offres/x/depart/",
    "gammes/g/",
    "aide/",
    "glossaire/",
]
PUBLIC += ["sur-mesure/", "reversibilite/", "nos-engagements/", "mentions-legales/", "sitemap.xml"]
STAFF = [
    "offres/",
    "offres/x/",
    "offres/x/composants/",
    "offres/x/relire/",
    "offres/x/publier/",
    "composants/",
]
STAFF += ["offres/x/apercu/", "offres/x/versions/", "besoins/", "gammes/", "glossaire/", "etude/marche/"]
STAFF += [
    "etude/couts/",
    "etude/enquetes/",
    "etude/offres/x/",
    "reglages/forces-et-limites/",
    "reglages/charte/",
]
PAGES = [*PUBLIC, *(f"gestion/{page}" for page in STAFF)]
ROWS: list[type[models.Model]] = [Need, Component, Range, Offer, OfferComponent, Entitlement, GlossaryTerm]
ROWS += [Competitor, Observation, CostLine, Evidence, OfferStudy, Statement, CharterCommitment]
#: What the team never types freely: short names, addresses checked by a form, codes, drawings.
CODES = {
    "slug",
    "icon",
    "metric",
    "code",
    "website",
    "source_url",
    "documentation_url",
    "evidence_url",
    "url",
}
OF_THE_HOSTER = ["tagline", "contact_person", "contact_hours", "footer_text", "response_time", "days_off"]
OF_THE_HOSTER += [
    "area_served",
    "data_place",
    "foreign_access",
    "availability_why",
    "backup_place",
    "nonprofit",
    "why_paid",
]


class Reader(HTMLParser):
    """Notes what a browser would obey."""

    def __init__(self) -> None:
        super().__init__()
        self.obeyed: list[str] = []
        self.titles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.titles += tag == "title"
        if tag in {"base", "object", "embed", "iframe", "style", "image"}:
            self.obeyed.append(tag)
        for name, value in attrs:
            address = name in {"src", "href", "action", "style", "srcset", "xlink:href"}
            if name.startswith("on") or (address and EVIL in (value or "")):
                self.obeyed.append(f"{tag} {name}")

    def handle_comment(self, data: str) -> None:
        if "commentaire ouvert" in data:
            self.obeyed.append("comment")


def poison(hoster: Hoster, snippet: str) -> None:
    """Each text of each row, cut where its column ends."""
    for model in ROWS:
        for number, row in enumerate(model._default_manager.all()):
            names = [field for field in model._meta.concrete_fields if _is_typed(field)]
            values = {each.name: f"{number}{snippet}"[: each.max_length or 400] for each in names}
            if isinstance(row, Entitlement):
                values = {"label": values["label"]} if row.label else {}
            if values:
                model._default_manager.filter(pk=row.pk).update(**values)
    texts = {name: snippet[: Hoster._meta.get_field(name).max_length or 80] for name in OF_THE_HOSTER}
    Hoster.objects.filter(pk=hoster.pk).update(**texts)


def _is_typed(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.URLField)
    return text and not field.choices and field.name not in CODES


@pytest.fixture
def everything(artifaille: Hoster) -> Offer:
    with scope(hoster=artifaille):
        range_ = Range.objects.create(hoster=artifaille, slug="g", name="Gamme")
        offer = make_offer(artifaille, slug="x", range=range_, footnotes=[{"mark": "*", "text": "note"}])
        make_study(offer)
        Entitlement.objects.create(part=offer.parts.get(), label="votre logo")
        Statement.objects.create(hoster=artifaille, kind="limit", title="Limite", text="Limite")
        CharterCommitment.objects.create(hoster=artifaille, code="advertising", status="kept", text="Oui")
    return offer


@pytest.mark.parametrize(
    "snippet", [SNIPPETS[0], SNIPPETS[3], SNIPPETS[30]], ids=["img", "onerror", "script"]
)
def test_typed_text_is_never_obeyed(everything: Offer, alix: User, signed_in: Any, snippet: str) -> None:
    client = signed_in(alix)
    assert obeyed(everything, client, snippet) == []
    shown = client.get("/offres/x/").content.decode()
    assert shown.count("&lt;") > 10  # what was typed is there, as words


@pytest.mark.thorough
def test_no_snippet_is_ever_obeyed(everything: Offer, alix: User, signed_in: Any) -> None:
    client = signed_in(alix)
    assert [found for snippet in SNIPPETS if (found := obeyed(everything, client, snippet))] == []


def obeyed(offer: Offer, client: Client, snippet: str) -> list[str]:
    """Pages that fail, or that hold markup somebody typed."""
    with scope(hoster=offer.hoster):
        poison(offer.hoster, snippet)
        publish_version(offer=Offer.objects.get(pk=offer.pk))
    found = []
    for page in PAGES:
        with scopes_disabled():
            answer = client.get(f"/{page}")
        if answer.status_code != 200:
            found.append(f"{page} {answer.status_code}")
            continue
        reader = Reader()
        reader.feed(answer.content.decode())
        found += [f"{page} {each}" for each in reader.obeyed]
        if reader.titles > 1:
            found.append(f"{page} title")
    return found
