"""Each shape of the gallery holds together at once, and gives the price its sentence says."""

from decimal import Decimal
from typing import Any

import pytest

from offers.models import Offer
from offers.tariff_editor.edit import edited
from offers.tariff_editor.gallery import SHAPES, GalleryShape, shelves
from pricing.engine import Selection, Severity, VatPolicy, VatRegime, check_tariff, parse_tariff, price
from tests.offers.tariff_editor.posting import posted, shape

WITHOUT_VAT = VatPolicy(VatRegime.FRANCHISE)
#: For each shape: what is asked, and the price of a period (None: no public price).
PRICES: list[tuple[str, dict[str, int], str | None]] = [
    ("par-personne", {"users": 12}, "36.00"),
    ("premiers-gratuits", {"users": 12}, "30.00"),
    ("paliers", {"users": 6}, "30.00"),
    ("paliers", {"users": 7}, "40.00"),
    ("paliers", {"users": 51}, None),
    ("tranches", {"users": 12}, "41.00"),
    ("pack-et-lots", {"users": 12, "storage_gb": 35}, "30.00"),
    ("pack-accompagne", {"users": 5, "storage_gb": 20}, "60.00"),
    ("pack-accompagne", {"users": 6, "storage_gb": 30}, "70.00"),
    ("compris-puis-unite", {"storage_gb": 120}, "40.00"),
    ("equipe", {"users": 6}, "30.00"),
    ("equipe", {"users": 7}, None),
    ("go-par-personne", {"users": 4, "storage_gb": 35}, "24.00"),
    ("tailles", {"users": 6, "storage_gb": 20}, "20.00"),
    ("forfait", {"users": 500}, "10.00"),
    ("prix-libre", {}, "10.00"),
    ("sur-devis", {"users": 3}, None),
    ("essai", {}, "0.00"),
]


@pytest.mark.parametrize(("code", "asked", "expected"), PRICES)
def test_shape_gives_the_price_it_says(code: str, asked: dict[str, int], expected: str | None) -> None:
    answer = price(parse_tariff(shape(code)), Selection(asked), vat=WITHOUT_VAT)
    assert answer.recurring_per_period == (None if expected is None else Decimal(expected))


def test_one_off_work_is_on_the_first_invoice_only() -> None:
    """000-004."""
    answer = price(parse_tariff(shape("prestation")), Selection({"hours": 3}), vat=WITHOUT_VAT)
    assert (answer.recurring_per_period, answer.first_invoice) == (Decimal("0.00"), Decimal("180.00"))


def test_pack_of_the_course_has_its_hours_and_its_training() -> None:
    """000-009, CARD-010: hosting, two hours of help each month, and a training paid once."""
    tariff = parse_tariff(shape("pack-accompagne"))
    answer = price(tariff, Selection({"users": 5, "storage_gb": 20}, term_months=12), vat=WITHOUT_VAT)
    assert (answer.recurring_per_period, answer.first_invoice) == (Decimal("684.00"), Decimal("864.00"))
    assert "2 heures par mois dans le prix" in tariff.story().replace("\u00a0", " ")


@pytest.mark.parametrize("each", SHAPES, ids=lambda each: each.code)
def test_shape_has_no_error(each: GalleryShape) -> None:
    problems = check_tariff(parse_tariff(each.start()))
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


@pytest.mark.parametrize("each", SHAPES, ids=lambda each: each.code)
def test_shape_posted_without_a_change_stays_as_it_is(each: GalleryShape) -> None:
    raw = each.start()
    assert edited(raw, posted(raw), charges_vat=True) == each.start()


def test_shape_chosen_in_the_gallery_is_the_draft(editor: Any) -> None:
    page = editor.start("pack-et-lots").press("save")
    assert (page.status, editor.draft) == (200, shape("pack-et-lots"))


def test_gallery_tells_each_shape_in_one_sentence(editor: Any, offer: Offer) -> None:
    page = editor.client.get(editor.url("formes/")).content.decode()
    assert page.count('class="tariff-shape"') == len(SHAPES)
    assert page.count('aria-hidden="true"') >= len(SHAPES)


def test_choosing_a_shape_leaves_the_tariff_in_force(editor: Any, offer: Offer) -> None:
    editor.start("forfait")
    assert offer.tariff_versions.count() == 1


def test_gallery_advises_each_shape_once() -> None:
    """Fifteen shapes are fifteen too many without a word of advice."""
    shown = [shape.code for _title, shapes in shelves() for shape in shapes]
    assert sorted(shown) == sorted(shape.code for shape in SHAPES)


@pytest.mark.django_db
def test_draft_that_cannot_be_read_is_never_called_good(editor: Any) -> None:
    """« abc » is kept for the person to mend, and said so."""
    saved = editor.start("forfait").press("save", charges_0___price="abc")
    assert "un point est à corriger" in saved.page
    assert "Brouillon enregistré." not in saved.page
