"""A file that is wrong says where, in French, and every error at once."""

import json
from typing import Any

import pytest

from offers.catalogue import LARGEST, CatalogueError, read_catalogue
from tests.offers.catalogue.files import as_bytes, smallest


def errors_of(raw: bytes) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(raw)
    return caught.value.lines()


def changed(change: str, value: Any) -> bytes:
    """The smallest catalogue with the value at a path (`offers.0.slug`) replaced."""
    data: Any = smallest()
    *way, last = change.split(".")
    here = data
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    here[last] = value
    return as_bytes(data)


def test_error_names_line_and_path() -> None:
    raw = as_bytes(smallest()).replace(b'"price": "10.00"', b'"price": "dix"')
    line = raw.decode().splitlines().index('            "price": "dix"') + 1
    (error,) = errors_of(raw)
    assert error.startswith(f"ligne {line}, offers[0].tariff.charges[0].price\u00a0: ")


@pytest.mark.parametrize(
    ("change", "value", "path", "words"),
    [
        ("offers.0.nom", "Pack", "offers[0].nom", "name"),
        ("offers.0.slug", "Mon Pack", "offers[0].slug", "minuscules"),
        ("offers.0.name", 3, "offers[0].name", "texte"),
        ("offers.0.name", " ", "offers[0].name", "vide"),
        ("offers.0.name", "x" * 61, "offers[0].name", "60"),
        ("offers.0.purpose", "deux\nlignes", "offers[0].purpose", "ligne"),
        ("offers.0.state", "publiée", "offers[0].state", "published"),
        ("offers.0.state", "published", "offers[0].export_formats", "formats"),
        ("offers.0.range", "autre", "offers[0].range", "ranges"),
        ("offers.0.is_example", "oui", "offers[0].is_example", "vrai ou faux"),
        ("offers.0.notice_days", -1, "offers[0].notice_days", "entier"),
        ("offers.0.parts.0.component", "absent", "offers[0].parts[0].component", "components"),
        ("offers.0.parts.0.entitlements", [{}], "offers[0].parts[0].entitlements[0]", "metric"),
        (
            "offers.0.parts.0.entitlements",
            [{"metric": "boxes"}],
            "offers[0].parts[0].entitlements[0].metric",
            "tariff.metrics",
        ),
        ("offers.0.tariff", [], "offers[0].tariff", "objet"),
        ("offers.0.tariff.charges", [], "offers[0].tariff.charges", "ligne de prix"),
        (
            "offers.0.tariff.includes",
            [{"metric": "boxes", "quantity": 1}],
            "offers[0].tariff.includes[0].metric",
            "metrics",
        ),
        ("offers", {}, "offers", "liste"),
        ("components.0.need", "Voler", "components[0].need", "needs"),
        ("components.0.kind", "outil", "components[0].kind", "prestation"),
        ("needs.0.icon", "pas-un-dessin", "needs[0].icon", "lucide"),
        ("needs.0.icon", "../../etc", "needs[0].icon", "lucide"),
        ("hoster.email", "pas une adresse", "hoster.email", "valide"),
        ("hoster.siren", "123456789", "hoster.siren", "SIREN"),
        ("hoster.brand_color", "bleu", "hoster.brand_color", "couleur"),
        ("hoster.vat_regime", "exonéré", "hoster.vat_regime", "redevable"),
        ("format", 2, "format", "1"),
    ],
)
def test_wrong_value_is_refused(change: str, value: Any, path: str, words: str) -> None:
    (error,) = errors_of(changed(change, value))
    assert f", {path}\u00a0: " in error
    assert words in error


@pytest.mark.parametrize("family", ["needs", "components", "ranges", "offers"])
def test_same_name_twice_is_refused(family: str) -> None:
    data = smallest()
    data[family].append(data[family][0])
    assert any(f"{family}[1]." in error and "déjà pris" in error for error in errors_of(as_bytes(data)))


def test_same_component_twice_in_an_offer_is_refused() -> None:
    data = smallest()
    data["offers"][0]["parts"].append({"component": "fichiers"})
    assert "offers[0].parts[1].component" in errors_of(as_bytes(data))[0]


def test_key_given_twice_is_refused_at_its_second_line() -> None:
    raw = as_bytes(smallest()).replace(b'"slug": "pack",', b'"slug": "pack",\n      "slug": "autre",')
    line = raw.decode().splitlines().index('      "slug": "autre",') + 1
    assert errors_of(raw) == [f"ligne {line}, offers[0].slug\u00a0: Ce nom est donné deux fois."]


def test_missing_key_is_told_where_the_object_is() -> None:
    data = smallest()
    del data["offers"][0]["audience"]
    raw = as_bytes(data)
    (error,) = errors_of(raw)
    line = int(error.split(",")[0].removeprefix("ligne "))
    assert raw.decode().splitlines()[line - 1].strip() == "{"
    assert "offers[0].audience" in error


def test_every_error_is_told_at_once_in_the_order_of_the_file() -> None:
    data = smallest()
    data["hoster"]["slug"] = "É"
    data["offers"][0]["name"] = ""
    data["offers"][0]["tariff"]["charges"][0]["price"] = -1
    paths = [error.split(", ")[1].split("\u00a0")[0] for error in errors_of(as_bytes(data))]
    assert paths == ["hoster.slug", "offers[0].name", "offers[0].tariff.charges[0].price"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "avant la fin"),
        (b"{", "guillemets"),
        (b'{"offers": [', "avant la fin"),
        (b'{"offers": [],}', "virgule de trop"),
        (b'{"offers": [] "needs": []}', "virgule"),
        (b'{"offers" []}', "deux-points"),
        (b"{'offers': []}", "guillemets droits"),
        (b'{"offers": oui}', "oui"),
        (b'{"offers": NaN}', "NaN"),
        (b'{"offers": 1e999}', "trop grand"),
        (b'{"offers": 01}', "01"),
        (b'{"offers": "\n"}', "guillemet"),
        (b'{"offers": "\\ud800"}', "enregistr"),
        (b'{"offers": "\\u0000"}', "enregistr"),
        (b"{} {}", "fin du catalogue"),
        (b"[]", "objet"),
        (b'{"offers": []}'.replace(b"[", b"\xe9["), "UTF-8"),
        ('{"offers": []}'.encode("utf-16"), "UTF-16"),
        (b"[" * 100_000, "trop d’objets"),
        (b'{"a":' * 100_000, "trop d’objets"),
        (b" " * (LARGEST + 1), "mégaoctet"),
        (b"{" + b",".join(b'"k%d":1' % n for n in range(600)) + b"}", "trop de noms"),
        (b'{"%s": 1}' % (b"k" * 200), "trop long"),
        (as_bytes({"offers": [{}] * 300}), "200"),
    ],
    ids=range(24),
)
def test_text_that_is_no_catalogue_is_refused(raw: bytes, words: str) -> None:
    error = " ".join(errors_of(raw))
    assert error.startswith("ligne ")
    assert words in error


def test_utf8_mark_is_accepted() -> None:
    assert read_catalogue(b"\xef\xbb\xbf" + as_bytes(smallest())) == read_catalogue(as_bytes(smallest()))


def test_no_break_spaces_of_french_are_accepted() -> None:
    found = read_catalogue(changed("offers.0.purpose", "Prêt\u202f? «\u00a0Oui\u00a0»."))
    assert found.offers[0].purpose == "Prêt\u202f? «\u00a0Oui\u00a0»."


def test_many_errors_are_counted_rather_than_all_told() -> None:
    data = smallest() | {"needs": [{"titre": 1}] * 150}
    lines = errors_of(json.dumps(data).encode())
    assert len(lines) == 101
    assert lines[-1].startswith("… et ")
