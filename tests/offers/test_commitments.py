"""What the hoster promises, where associations read it, in a catalogue file, and under the eye of the linter."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from hosters.models import CharterCommitment, Hoster, Statement
from offers.catalogue import import_catalogue, read_catalogue
from offers.catalogue.problems import CatalogueError
from offers.catalogue.stored import stored_catalogue
from offers.linter.adapter import hoster_facts
from tests.factories import make_offer
from tests.offers.catalogue.files import as_bytes, smallest
from tests.pages import words

SHARES = {"cost_infrastructure": 20, "cost_salaries": 60, "cost_operations": 10, "cost_savings": 10}
PROMISED: dict[str, Any] = {
    "availability_target": "99.5",
    "backup_copies": 3,
    "backup_frequency": "chaque nuit",
    "data_place": "Lyon",
    "why_paid": "Des personnes vous répondent.",
    **SHARES,
    "statements": [{"kind": "limit", "title": "Fermé la nuit", "text": "Une panne attend le matin."}],
    "charter": [{"code": "no-ads", "status": "kept", "evidence_url": "https://exemple.example/charte"}],
}


def described(**said: Any) -> bytes:
    data = smallest()
    data["hoster"] |= said
    return as_bytes(data)


def test_page_says_the_downtime_the_price_and_the_limits(artifaille: Hoster) -> None:
    """002-081, 002-083, 002-084, 002-085, 002-097."""
    Hoster.objects.update(
        availability_target=Decimal("99.9"),
        contact_person="Noé",
        backup_copies=2,
        data_place="Lyon",
        **SHARES,
    )
    Statement.objects.create(hoster=artifaille, kind="limit", title="Fermé la nuit")
    make_offer(artifaille, slug="marmule")
    page = words(Client().get("/nos-engagements/"))
    for said in ("8 h 46", "Fermé la nuit", "Noé", "Pas de robot", "60 €", "but non lucratif", "Copies 2"):
        assert said in page.replace("\u00a0", " ")
    offer = words(Client().get("/offres/marmule/")).replace("\u00a0", " ")
    for said in ("Qui est derrière", "8 h 46", "Fermé la nuit", "Où vont 100 euros"):
        assert said in offer


def test_offer_page_says_who_stands_behind_it(artifaille: Hoster) -> None:
    """002-081, 002-083, 002-097, 002-098, 002-106, 003-027: who, when, where, what is not done, why it costs."""
    Hoster.objects.update(
        contact_person="Noé",
        contact_hours="le matin",
        phone="02 00 00 00 00",
        continuity_people=3,
        continuity="Tuile & Zinc nous remplace.",
        area_served="le Rhône",
        data_place="Lyon",
        why_paid="Des personnes vous répondent.",
    )
    Statement.objects.create(hoster=artifaille, kind="limit", title="Fermé la nuit", text="Sauf incendie.")
    make_offer(artifaille, slug="marmule", not_included="Le nom de domaine reste à votre charge.")
    offer = words(Client().get("/offres/marmule/"))
    for said in (
        "Noé , 02 00 00 00 00 , le matin",
        "3 personnes peuvent intervenir sur vos services. Tuile & Zinc nous remplace.",
        "Territoire servi : le Rhône",
        "Vos données : Lyon",
        "Fermé la nuit Sauf incendie.",
        "Pourquoi c’est payant Des personnes vous répondent.",
        "Le nom de domaine reste à votre charge.",
    ):
        assert said in offer


def test_values_and_commitments_have_their_proof(artifaille: Hoster) -> None:
    """CHA-01. 002-096: what we hold dear, with the text and the address where anybody may check it."""
    address = "https://exemple.example/comptes"
    for kind in ("value", "label"):
        Statement.objects.create(
            hoster=artifaille, kind=kind, title=f"Ouverts {kind}", text="Nos comptes.", evidence_url=address
        )
    page = Client().get("/nos-engagements/")
    assert (
        words(page).count("Nos comptes. La preuve") == page.content.decode().count(f'href="{address}"') == 2
    )


def test_page_of_a_hoster_that_said_nothing_is_still_a_page(artifaille: Hoster) -> None:
    page = words(Client().get("/nos-engagements/"))
    assert "Des gens au bout du fil" in page
    assert "Où nous en sommes de la charte" not in page


def test_promise_of_another_hoster_is_not_shown(artifaille: Hoster, other: Hoster) -> None:
    Statement.objects.create(hoster=artifaille, kind="limit", title="CANARI")
    assert "CANARI" not in words(Client().get("/chez/gouttiere/nos-engagements/"))


def test_price_asked_by_htmx_does_not_read_the_promise(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")
    answer = Client().get("/offres/marmule/?users=7", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "Qui est derrière" not in answer.content.decode()


def test_linter_knows_the_target_and_the_limits(artifaille: Hoster) -> None:
    """Q-HONEST."""
    make_offer(artifaille)
    artifaille.availability_target = Decimal("99.99")
    Statement.objects.create(hoster=artifaille, kind="limit", title="Fermé la nuit", text="Vraiment.")
    Statement.objects.create(hoster=artifaille, kind="limit", title="Secret", is_public=False)
    [offer] = hoster_facts(artifaille, today=date(2026, 11, 22)).offers
    assert offer.availability == Decimal("99.99")
    assert offer.limits == ("Fermé la nuit Vraiment.",)


@pytest.mark.django_db
def test_file_brings_the_promise_and_gives_it_back() -> None:
    hoster = import_catalogue(catalogue=read_catalogue(described(**PROMISED)))
    stored = stored_catalogue(hoster).hoster
    assert stored is not None
    assert (stored.availability_target, stored.cost_salaries) == (Decimal("99.5"), 60)
    assert [each.title for each in stored.statements] == ["Fermé la nuit"]
    assert [each.code for each in stored.charter] == ["no-ads"]


@pytest.mark.django_db
def test_older_file_erases_nothing_of_the_promise() -> None:
    import_catalogue(catalogue=read_catalogue(described(**PROMISED, footer_text="Bonjour")))
    hoster = import_catalogue(catalogue=read_catalogue(described(tagline="Autre")))
    hoster.refresh_from_db()
    assert (hoster.tagline, hoster.footer_text, hoster.data_place) == ("Autre", "Bonjour", "Lyon")
    assert len(stored_catalogue(hoster).hoster.charter) == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("said", "path"),
    [
        (
            {"statements": [{"kind": "limit", "title": "A", "evidence_url": "javascript:alert(1)"}]},
            "evidence_url",
        ),
        (
            {"charter": [{"code": "no-ads", "status": "kept", "evidence_url": "data:text/html,x"}]},
            "evidence_url",
        ),
        ({"charter": [{"code": "autre", "status": "kept"}]}, "code"),
        ({"charter": [{"code": "no-ads", "status": "kept"}] * 2}, "code"),
        ({"statements": [{"kind": "limit", "title": "A"}] * 2}, "title"),
        ({"cost_salaries": 60}, "cost_savings"),
        (SHARES | {"cost_savings": 11}, "cost_savings"),
        ({"accent_color": "rouge"}, "accent_color"),
        ({"availability_target": "101"}, "availability_target"),
    ],
)
def test_file_that_would_lie_or_attack_is_refused(said: dict[str, Any], path: str) -> None:
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(described(**said))
    assert any(path in problem.path for problem in refused.value.problems), json.dumps(said)


def test_status_of_the_charter_is_a_word_not_a_colour_alone(artifaille: Hoster) -> None:
    CharterCommitment.objects.create(hoster=artifaille, code="no-ads", status="no", text="Un mécène.")
    assert "pas aujourd’hui" in words(Client().get("/nos-engagements/"))
