"""The same tariff as a text: whatever the form does not show can be written there."""

import json
from typing import Any

import pytest

from offers.models import Offer
from offers.tariff_editor.text import TextRefused, read_text
from tests.factories import MARMULE

HOSTILE = [
    "",
    "[]",
    "null",
    "{",
    '{"charges": NaN}',
    '{"charges": [{"type": "flat", "price": 1e400}]}',
    '{"charges": [{"type": "flat", "label": "\\ud800", "price": "1"}]}',
    '{"charges": [{"type": "flat", "label": "a\\u0000b", "price": "1"}]}',
    '{"charges": [{"type": "flat", "price": "-1"}]}',
    "[" * 100_000,
    "9" * 10_000,
    " " * 200_001,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_that_is_no_tariff_is_refused_with_reasons(text: str) -> None:
    with pytest.raises(TextRefused) as refusal:
        read_text(text)
    assert all(problem.message and problem.line >= 1 for problem in refusal.value.problems)


def test_error_names_line_and_path() -> None:
    with pytest.raises(TextRefused) as refusal:
        read_text('{\n  "charges": [\n    {"type": "flat", "price": "dix"}\n  ]\n}')
    problem = refusal.value.problems[0]
    assert (problem.line, problem.path) == (3, "charges[0].price")


def test_text_is_saved_as_the_draft(editor: Any, offer: Offer) -> None:
    answer = editor.client.post(editor.url("texte/"), {"texte": json.dumps(MARMULE), "revision": "0"})
    assert answer.status_code == 302
    assert editor.draft["setup_fee"] == "50.00"


def test_refused_text_stays_on_the_page(editor: Any) -> None:
    answer = editor.client.post(editor.url("texte/"), {"texte": "{ presque", "revision": "0"})
    assert answer.status_code == 422
    assert "{ presque" in answer.content.decode()


def test_text_shows_the_tariff_in_force_before_any_draft(editor: Any) -> None:
    assert (
        "&quot;setup_fee&quot;: &quot;50.00&quot;" in editor.client.get(editor.url("texte/")).content.decode()
    )


def test_tariff_too_large_to_be_checked_is_refused() -> None:
    terms = [{"months": months} for months in range(1, 101)]
    with pytest.raises(TextRefused, match="Pas plus de 12 lignes"):
        read_text(json.dumps({**MARMULE, "terms": terms}))
