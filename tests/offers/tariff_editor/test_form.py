"""Typing a tariff without JavaScript: rows come and go, nothing typed is lost, each error is beside its field."""

import re
from typing import Any

from offers.models import Offer
from offers.tariff_drafts import save_draft
from pricing.engine import parse_tariff


def errors_of(page: str, field: str) -> str:
    """What is written beside a field."""
    match = re.search(rf'id="{field}-erreurs">(.*?)</div>', page, re.DOTALL)
    assert match, f"{field} has no place for its errors"
    return re.sub(r"<[^>]+>", "", match[1]).strip()


def test_editor_opens_on_the_tariff_in_force_without_saving_it(editor: Any, offer: Offer) -> None:
    page = editor.open()
    assert page.values["charges[0].price"] == "10,00"
    assert page.values["revision"] == "0"
    assert not hasattr(Offer.objects.get(pk=offer.pk), "tariff_draft")


def test_price_is_typed_the_french_way(editor: Any) -> None:
    editor.start("forfait").press("save", charges_0___price="1 234,50 €")
    assert parse_tariff(editor.draft).charges[0].shape.prices()[0].base == 1234.5


def test_tier_is_added_and_taken_away_by_buttons(editor: Any) -> None:
    page = editor.start("paliers").press("add:charges[0].tiers", charges_0___label="Comptes")
    assert page.values["charges[0].tiers[3].up_to"] == "100"
    assert page.values["charges[0].label"] == "Comptes"
    page.press("remove:charges[0].tiers[0]", charges_0___tiers_3___flat="90")
    assert [tier["up_to"] for tier in editor.draft["charges"][0]["tiers"]] == ["15", "50", "100"]
    assert editor.draft["charges"][0]["tiers"][2]["flat"] == "90"


def test_own_measure_takes_the_name_typed(editor: Any) -> None:
    editor.start("par-personne").press(
        "add:metrics", add__metrics="autre", add__metrics__name="Salles de réunion"
    )
    assert editor.draft["metrics"][1] == {
        "code": "salles-de-reunion",
        "label": "Salles de réunion",
        "unit": "salles de réunion",
        "default": "1",
    }


def test_nothing_typed_says_what_to_write(editor: Any) -> None:
    page = editor.start("forfait").press("save", charges_0___price="")
    assert errors_of(page.page, "charges-0-price").startswith("À remplir. Écrivez un montant")


def test_null_character_is_never_stored(editor: Any) -> None:
    page = editor.start("forfait").press("save", charges_0___label="Pa\0ck")
    assert page.status == 200
    assert "\0" not in str(editor.draft)


def test_tiers_that_go_down_are_explained_in_words_of_the_form(editor: Any) -> None:
    page = editor.start("paliers").press("save", charges_0___tiers_1___up_to="4")
    assert "Les paliers doivent monter" in errors_of(page.page, "charges-0-tiers-1-up_to")


def test_period_without_other_term_becomes_the_term(editor: Any) -> None:
    editor.start("forfait").press("save", period_months="12")
    assert (editor.draft["period_months"], editor.draft["terms"]) == (12, [{"months": 12}])


def test_term_with_its_own_prices_starts_from_its_discount(editor: Any) -> None:
    page = editor.start("paliers").press("add:terms").press("save", terms_1___discount="25")
    page.press("save", **{"terms[1].~propre": "on"})
    assert editor.draft["charges"][0]["tiers"][0]["flat"] == {"1": "30.00", "12": "270.00"}
    assert editor.draft["terms"][1]["months"] == 12
    assert "discount" not in editor.draft["terms"][1]


def test_own_prices_taken_away_leave_the_price_of_the_period(editor: Any) -> None:
    page = editor.start("forfait").press("add:terms").press("save", **{"terms[1].~propre": "on"})
    del page.values["terms[1].~propre"]
    page.press("save")
    assert editor.draft["charges"][0]["price"] == "10.00"


def test_tiers_told_per_unit_keep_their_figures(editor: Any) -> None:
    editor.start("paliers").press("save", **{"charges[0].~prix": "unit"})
    assert editor.draft["charges"][0]["tiers"][0] == {"up_to": "6", "unit": "30.00"}


def test_membership_comes_and_goes_with_its_amount(editor: Any) -> None:
    page = editor.start("forfait").press("save", membership__yearly="20")
    assert "Adhésion\u00a0: 20,00\u00a0€ par an" in page.page
    page = page.press("save", membership__yearly="")
    assert "à corriger" not in page.page


def test_inverted_discount_is_said_on_its_row(editor: Any) -> None:
    page = editor.start("forfait").press("add:terms").press("save", **{"terms[1].~propre": "on"})
    page = page.press("save", charges_0___price__12="130")
    assert "Remise inversée" in errors_of(page.page, "terms-1")


def test_what_the_form_does_not_show_survives(editor: Any, offer: Offer, alix: Any) -> None:
    """A price by public and by term, a VAT rate of its own, a code: edited around, kept as they are."""
    definition = {
        "metrics": [{"code": "users", "label": "Personnes", "unit": "personne", "step": "0.5"}],
        "segments": [
            {"code": "association", "label": "Associations"},
            {"code": "company", "label": "Entreprises"},
        ],
        "charges": [
            {
                "type": "per_unit",
                "code": "compte",
                "metric": "users",
                "label": "Comptes",
                "price": {"association": {"1": "3.00", "12": "30.00"}, "default": "5.00"},
                "vat": "8.5",
                "segments": ["association"],
            }
        ],
        "terms": [{"months": 1}, {"months": 12}],
        "introductory": {"periods": 3, "discount": "10", "terms": [1]},
        "limits": [{"metric": "users", "maximum": "80", "terms": [12], "segments": ["company"]}],
    }
    save_draft(offer=offer, definition=definition, by=alix, revision=0)
    editor.open().press("save", charges_0___label="Boîtes")
    definition["charges"][0]["label"] = "Boîtes"
    assert editor.draft == definition


def test_hostile_post_reads_only_the_fields_of_the_page(editor: Any) -> None:
    page = editor.start("forfait")
    data = page.filled() | {
        "charges[99].price": "1",
        "membership.vat.x": "1",
        "__class__": "1",
        "terms[0]": "x",
    }
    data |= {f"charges[0].tiers[{index}].up_to": str(index) for index in range(500)}
    assert editor.client.post(editor.url(), data).status_code == 302
    assert "tiers" not in editor.draft["charges"][0]


def test_forged_basis_falls_back_on_the_draft(editor: Any) -> None:
    page = editor.start("forfait").post("save", base="a:b:\0", charges_0___price="12")
    assert (page.status, editor.draft["charges"][0]["price"]) == (200, "12")


def test_full_list_refuses_one_more_row_and_keeps_what_was_typed(editor: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("offers.tariff_editor.actions.MOST_ROWS", 3)
    page = editor.start("paliers").press("add:charges[0].tiers", charges_0___label="Comptes")
    assert (page.status, page.values["charges[0].label"]) == (422, "Comptes")
    assert "Pas plus de 3 lignes ici." in page.page


def test_draft_saved_elsewhere_is_told_and_nothing_is_lost(editor: Any, offer: Offer, alix: Any) -> None:
    page = editor.start("forfait")
    save_draft(offer=offer, definition={**editor.draft, "guarantee_days": 30}, by=alix, revision=1)
    page = page.press("save", charges_0___price="77")
    assert (page.status, page.values["charges[0].price"]) == (409, "77")
    assert "guarantee_days" in editor.draft
    page.press("save")
    assert editor.draft["charges"][0]["price"] == "77"


def test_linter_reads_the_tariff_that_is_typed(editor: Any, offer: Offer) -> None:
    """CARD-010: the checks run beside the price too, and what is mended here is an anchor of this page."""
    page = editor.start("forfait")
    assert "Ce que la relecture voit" in page.page and "n’a pas de prix à l’année" in page.page
    assert 'href="#terms"' in page.page and 'id="terms"' in page.page
    dearer = page.live(charges_0___price="1000")
    assert "n’a pas de prix à l’année" in dearer and "/tarif/brouillon/" not in dearer
    yearly = page.press("add:terms").live(terms_1___months="12", terms_1___charged_months="10")
    assert "n’a pas de prix à l’année" not in yearly


def test_what_stands_on_the_form_is_said_once(editor: Any) -> None:
    page = editor.start("forfait").press("add:terms").press("save", **{"terms[1].~propre": "on"})
    page = page.press("save", charges_0___price__12="130")
    assert page.page.count("Remise inversée") == 2  # beside its row and in the list on top


def test_tariff_is_one_of_the_steps(editor: Any) -> None:
    """002-001: the steps stay in sight while the price is written."""
    page = editor.start("forfait").page
    assert "Étapes de l’offre" in page and 'aria-current="step"' in page
    for end in ("formes/", "texte/", "publier/"):
        assert 'aria-current="step"' in editor.client.get(editor.url(end)).content.decode(), end
