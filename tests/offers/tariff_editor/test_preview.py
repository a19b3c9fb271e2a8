"""The figures beside the form: the same live and after saving, and the engine's own."""

import re
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest

from offers.tariff_editor.simulation import simulate
from pricing.engine import Selection, parse_tariff, price
from tests.offers.tariff_editor.posting import OFFER, shape

REGION = re.compile(r'<div id="apercu" data-dim>(.*?)</div>\s*</aside>', re.DOTALL)


def region_of(page: str) -> str:
    match = REGION.search(page)
    assert match
    return match[1].strip()


def test_live_preview_is_the_region_of_the_page(editor: Any) -> None:
    """CARD-010: the price moves while one writes."""
    page = editor.start("pack-et-lots")
    for typed in ("12,50", "douze"):
        live = page.live(charges_0___price=typed)
        saved = page.press("save", charges_0___price=typed)
        assert live.strip().startswith(region_of(saved.page))
        page = saved


def test_live_preview_saves_nothing(editor: Any) -> None:
    page = editor.start("forfait")
    page.live(charges_0___price="99")
    assert editor.draft["charges"][0]["price"] == "10.00"


def test_live_preview_writes_errors_beside_their_fields(editor: Any) -> None:
    live = editor.start("forfait").live(charges_0___price="dix")
    assert re.search(r'id="charges-0-price-erreurs" hx-swap-oob="true"><ul[^>]*><li>Écrivez un montant', live)


@pytest.mark.parametrize("code", ["paliers", "tranches", "pack-et-lots", "tailles", "par-personne"])
def test_curve_table_is_the_engine_s(code: str) -> None:
    tariff = parse_tariff(shape(code))
    lines = simulate(OFFER, tariff, "users").lines
    asked = {metric.code: metric.starting for metric in tariff.metrics}
    expected = [
        price(
            tariff, Selection({**asked, "users": Decimal(n)}), vat=OFFER.hoster.vat_policy
        ).recurring_per_period
        for n in range(1, 61)
    ]
    assert [line.total for line in lines] == expected


def test_cliff_is_marked_and_told() -> None:
    found = simulate(OFFER, parse_tariff(shape("paliers")), "users")
    assert found.drawing is not None
    assert [mark.words for mark in found.drawing.cliffs] == ["16"]
    assert [line.words for line in found.lines if line.cliff] == ["16\u00a0personnes"]
    assert any("40,6" in note for note in found.drawing.notes)


def test_choice_beaten_by_a_larger_one_is_told() -> None:
    definition = shape("paliers")
    definition["charges"][0]["tiers"][1]["flat"] = "20.00"
    found = simulate(OFFER, parse_tariff(definition), "users")
    assert found.drawing is not None and found.drawing.dominated
    assert [line.cheaper for line in found.lines][:7] == ["7\u00a0personnes"] * 6 + [""]


def test_curve_is_an_image_with_words_and_without_style(editor: Any) -> None:
    page = editor.start("paliers").page
    match = re.search(r'<svg class="tariff-curve".*?</svg>', page, re.DOTALL)
    assert match and "style=" not in match[0]
    drawing = ElementTree.fromstring(match[0])
    assert drawing.find("title").text and drawing.find("desc").text  # type: ignore[union-attr]
    numbers = re.findall(r'(?<= )(?:x|y|x1|y2|cx|width)="([^"]*)"', match[0])
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", number) for number in numbers)


def test_measure_drawn_can_be_chosen(editor: Any) -> None:
    page = editor.start("pack-et-lots").press("show", mesure="storage_gb")
    assert '<option value="storage_gb" selected>' in page.page
    assert "selon la quantité\u00a0: Espace de stockage" in page.page.replace(" :", "\u00a0:")


def test_visitor_s_page_shows_the_draft_and_orders_nothing(editor: Any) -> None:
    editor.start("forfait").press("save", charges_0___price="43,21")
    page = editor.client.get(editor.url("apercu/")).content.decode()
    assert "43,21" in page
    assert "Demander ce devis" not in page


def test_visitor_s_page_of_a_draft_to_mend_goes_back_to_the_form(editor: Any) -> None:
    editor.start("forfait").press("save", charges_0___price="dix")
    assert editor.client.get(editor.url("apercu/")).status_code == 302


def test_offer_that_nobody_could_order_is_told(editor: Any) -> None:
    """A tariff for companies only, on an offer for associations."""
    page = editor.start("forfait").press("add:segments", add__segments="company")
    assert "la page de l’offre ne donne pas de prix" in page.page
