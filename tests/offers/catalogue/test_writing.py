"""Export then import gives the same file; import twice changes nothing; a tariff in force is never edited."""

from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope

from hosters.models import Hoster
from offers.catalogue import import_catalogue, read_catalogue, shipped, stored_catalogue, write_catalogue
from offers.models import Component, Need, Offer, TariffVersion
from tests.offers.catalogue.files import as_bytes, smallest

pytestmark = pytest.mark.django_db


def load(data: dict[str, Any], hoster: Hoster | None = None) -> Hoster:
    return import_catalogue(catalogue=read_catalogue(as_bytes(data)), hoster=hoster)


def versions_of(hoster: Hoster) -> list[TariffVersion]:
    with scope(hoster=hoster):
        return list(TariffVersion.objects.order_by("number"))


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_shipped_catalogue_comes_back_identical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    hoster = import_catalogue(catalogue=read_catalogue(text.encode()))
    assert write_catalogue(stored_catalogue(hoster)) == text


def test_canonical_text_reads_as_the_same_catalogue() -> None:
    catalogue = read_catalogue(as_bytes(smallest()))
    assert read_catalogue(write_catalogue(catalogue).encode()) == catalogue


def test_importing_twice_changes_nothing() -> None:
    hoster = load(smallest())
    before = write_catalogue(stored_catalogue(hoster))
    load(smallest())
    assert write_catalogue(stored_catalogue(hoster)) == before
    assert len(versions_of(hoster)) == 1


def test_changed_tariff_is_another_version() -> None:
    hoster = load(smallest())
    data = smallest()
    data["offers"][0]["tariff"]["charges"][0]["price"] = "12.00"
    load(data)
    first, second = versions_of(hoster)
    assert first.definition["charges"][0]["price"] == "10.00"
    assert second.definition["charges"][0]["price"] == "12.00"
    assert write_catalogue(stored_catalogue(hoster)) == write_catalogue(read_catalogue(as_bytes(data)))


def test_same_tariff_written_otherwise_is_no_version() -> None:
    hoster = load(smallest())
    data = smallest()
    data["offers"][0]["tariff"]["charges"][0]["price"] = "10,00 €"
    data["offers"][0]["tariff"]["period_months"] = 1
    load(data)
    assert len(versions_of(hoster)) == 1


def test_what_the_file_does_not_name_stays() -> None:
    hoster = load(smallest())
    load(smallest() | {"offers": []})
    with scope(hoster=hoster):
        assert Offer.objects.filter(slug="pack").exists()


def test_component_taken_out_of_an_offer_leaves_it() -> None:
    hoster = load(smallest())
    data = smallest()
    data["offers"][0]["parts"] = []
    load(data)
    with scope(hoster=hoster):
        assert Offer.objects.get().parts.count() == 0
        assert Component.objects.count() == 1


def test_offers_given_to_a_hoster_leave_its_identity(artifaille: Hoster) -> None:
    load(smallest(), artifaille)
    artifaille.refresh_from_db()
    assert artifaille.name == "Artifaille"
    assert Need.objects.filter(hoster=artifaille, title="Partager").exists()
    assert not Hoster.objects.filter(slug="essai").exists()


def test_order_of_the_file_is_kept_when_it_changes() -> None:
    data = smallest()
    data["needs"] += [{"title": "Écrire"}, {"title": "Aider"}]
    hoster = load(data)
    data["needs"].reverse()
    load(data)
    assert [need.title for need in stored_catalogue(hoster).needs] == ["Aider", "Écrire", "Partager"]


def test_offer_without_tariff_is_exported_and_read_again() -> None:
    data = smallest()
    del data["offers"][0]["tariff"]
    data["offers"][0]["parts"] = []
    hoster = load(data)
    assert read_catalogue(write_catalogue(stored_catalogue(hoster)).encode()).offers[0].tariff is None
