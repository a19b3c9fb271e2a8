"""The proof of components, the axes of ranges and what offers hold, in a catalogue file and back."""

import json
from typing import Any

import pytest
from django_scopes import scope

from hosters.models import Hoster
from offers.catalogue import (
    FOLDER,
    CatalogueError,
    import_catalogue,
    read_catalogue,
    stored_catalogue,
    write_catalogue,
)
from offers.library import FILE
from offers.models import Component, Offer


def offer(slug: str, **fields: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug, "audience": "Pour essayer", "purpose": "Essayer."} | fields


def file(**changes: Any) -> bytes:
    """A small file whose every new name has a value, unless a change says otherwise."""
    component = {
        "slug": "visio",
        "need": "Se réunir",
        "function": "Une salle",
        "kind": "produit",
        "variant": "dedicated",
        "is_physical": True,
        "hours": "3.5",
        "provider": "Tuile & Zinc",
        "contact_person": "Amina",
        "data_location": "Lyon",
        "export_formats": "MP4",
        "import_formats": "ICS",
        "documentation_url": "https://aide.example/",
        "support_hours": "en semaine",
        "coverage": "weekend",
        "response_hours": 8,
        "recovery_hours": 24,
        "minor_recovery_hours": 72,
        "stock": 4,
        "other_providers": "Lucie ; Noé",
        "availability": "99.5",
        "backups": "une par nuit",
        "prerequisites": "un micro",
        "skill": "ouvrir un lien",
    }
    need = {"title": "Se réunir", "who": "Une équipe", "what": "une salle", "because": "la distance"}
    data = {
        "needs": [need],
        "components": [component],
        "ranges": [{"slug": "niveaux", "name": "Niveaux", "prefix": "k"}],
        "offers": [
            offer("grand", inherits="petit", range="niveaux", level="Or", level_rank=2, pack="Gestion"),
            offer("petit", also_for=["public"], parts=[{"component": "visio"}]),
        ],
    }
    return json.dumps(data | changes).encode()


def test_every_new_name_comes_back(artifaille: Hoster) -> None:
    """An offer may be written before the one it holds."""
    import_catalogue(catalogue=read_catalogue(file()), hoster=artifaille)
    exported = json.loads(write_catalogue(stored_catalogue(artifaille)))
    exported.pop("hoster")
    given = json.loads(file())
    given["components"][0]["availability"] = exported["components"][0]["availability"]
    assert float(exported["components"][0]["availability"]) == 99.5
    assert exported == given
    assert [each.name for each in Offer.objects.get(slug="grand").lineage] == ["petit", "grand"]


def test_import_twice_changes_nothing(artifaille: Hoster) -> None:
    for _time in range(2):
        import_catalogue(catalogue=read_catalogue(file()), hoster=artifaille)
    once = write_catalogue(stored_catalogue(artifaille))
    import_catalogue(catalogue=read_catalogue(once.encode()), hoster=artifaille)
    assert write_catalogue(stored_catalogue(artifaille)) == once


def test_held_offer_may_be_let_go(artifaille: Hoster) -> None:
    import_catalogue(catalogue=read_catalogue(file()), hoster=artifaille)
    alone = file(offers=[offer("grand"), offer("petit")])
    import_catalogue(catalogue=read_catalogue(alone), hoster=artifaille)
    assert Offer.objects.get(slug="grand").inherits is None


@pytest.mark.parametrize(
    ("offers", "told"),
    [
        ([offer("a", inherits="a")], "se contiendrait elle-même"),
        ([offer("a", inherits="b"), offer("b", inherits="a")], "se contiendrait elle-même"),
        ([offer("a", inherits="z")], "n’est pas déclaré"),
        (
            [offer("a"), *(offer(slug, inherits=held) for slug, held in ("ba", "cb", "dc", "ed"))],
            "Pas plus de 3 offres",
        ),
        ([offer("a", also_for=["chats"])], "doit être l’un de"),
    ],
)
def test_what_cannot_hold_is_refused(offers: list[dict[str, Any]], told: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(file(offers=offers))
    assert told in " ".join(refused.value.lines())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("documentation_url", "javascript:alert(1)"),
        ("documentation_url", "https://" + "a" * 300 + ".example"),
        ("availability", "101"),
        ("availability", "12"),
        ("hours", "0"),
        ("response_hours", -1),
        ("variant", "autre"),
    ],
)
def test_wrong_proof_is_refused(name: str, value: object) -> None:
    component = json.loads(file())["components"][0] | {name: value}
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(file(components=[component]))
    assert name in " ".join(refused.value.lines())


def test_statement_in_two_parts_is_refused() -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(file(needs=[{"title": "Se réunir", "who": "Une équipe"}]))


def test_library_is_a_catalogue_in_its_canonical_text(artifaille: Hoster) -> None:
    """A hoster may start from the whole file: every row fits its column."""
    assert write_catalogue(read_catalogue(FILE.read_bytes())) == FILE.read_text(encoding="utf-8")
    import_catalogue(catalogue=read_catalogue(FILE.read_bytes()), hoster=artifaille)
    for component in Component.objects.select_related("need"):
        component.full_clean()


def test_errors_that_a_file_publishes_stay_visible(db: None) -> None:
    """A year without trial is published by the file of Marsnet: its version and the list of offers say so."""
    hoster = import_catalogue(catalogue=read_catalogue((FOLDER / "marsnet.json").read_bytes()))
    with scope(hoster=hoster):
        small, training = (Offer.objects.get(slug=slug).public_version for slug in ("petit", "formation"))
        assert small is not None and training is not None
        assert [each["check"] for each in small.overrides] == ["Q-TRIAL"]
        assert "import d’un catalogue" in small.overrides[0]["reason"]
        assert training.overrides == []
        import_catalogue(catalogue=read_catalogue((FOLDER / "marsnet.json").read_bytes()))
        assert Offer.objects.get(slug="petit").versions.count() == 1
