"""What is read by people: French sentences, French typography, translators plugged in."""

import ast
import re
from pathlib import Path

import pytest

from pricing.engine import euros, parse_tariff, text, use_translations
from tests.pricing.engine.tariffs import LIABLE, ask, course, course_slugs, euro, tariff
from tests.pricing.engine.test_codec import EVERYTHING

ENGINE = Path(text.__file__).parent
# A plain space before these signs would let a line break separate them from their word.
BAD_SPACE = re.compile(r" [:;?!€%»]|« ")


def sentences() -> list[str]:
    told = [course(slug).story() for slug in course_slugs()]
    told += [parse_tariff(EVERYTHING).story(segment) for segment in ("", "association", "company")]
    for slug in course_slugs():
        for asked in ({}, {"term_months": 12}, {"term_months": 7}):
            answer = ask(course(slug), LIABLE, **asked)
            told += [answer.reason, *answer.next_changes, *(line.rule for line in answer.lines)]
    return told


def test_french_typography_everywhere() -> None:
    assert [sentence for sentence in sentences() if BAD_SPACE.search(sentence)] == []


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("5", "5,00\u00a0€"),
        ("1234.5", "1\u202f234,50\u00a0€"),
        ("0.005", "0,005\u00a0€"),
        ("-12", "\u221212,00\u00a0€"),
    ],
)
def test_amount_is_written_in_french(amount: str, written: str) -> None:
    assert euros(euro(amount)) == written


def test_story_of_marmule_tells_every_figure() -> None:
    story = course("marmule").story()
    for figure in ("10,00", "50,00", "20,00", "lot de 5", "lot de 10"):
        assert figure in story.replace("\u00a0", " ")


def test_story_speaks_to_a_public() -> None:
    story = parse_tariff(EVERYTHING).story("company")
    assert "20,00" in story
    assert "Associations" not in story


def test_rule_shows_the_whole_sum() -> None:
    (line,) = ask(
        tariff({"type": "blocks", "metric": "users", "included": 5, "size": 5, "price": "5"}), users=12
    ).lines
    assert line.rule.replace("\u00a0", " ") == (
        "12 personnes − 5 personnes du forfait, soit 2 lots de 5 personnes × 5,00 € = 10,00 €"
    )


def test_translators_are_used_when_a_sentence_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_translators", text._translators)
    use_translations(lambda message: f"[{message}]", lambda one, many, n: f"[{one if n == 1 else many}]")
    assert text._("gratuit") == "[gratuit]"
    assert text.span(24) == "[2\u00a0ans]"


def test_engine_imports_nothing_but_plain_python() -> None:
    """CARD-004."""
    allowed = {"pricing", "collections", "dataclasses", "decimal", "enum", "functools", "typing", "itertools"}
    allowed |= {"re", "unicodedata", "difflib", "datetime", "abc"}
    for path in ENGINE.rglob("*.py"):
        if path.name == "bench.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in allowed, (path, name)
                assert not name.startswith("pricing") or name.startswith("pricing.engine"), (path, name)
