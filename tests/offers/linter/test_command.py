"""`manage.py lint_offers`: for people, for programs, for a pipeline."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hosters.models import Hoster
from offers.models import Offer
from tests.factories import make_offer

pytestmark = pytest.mark.django_db


def told(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("lint_offers", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    """Hosting alone, by the month only; nothing that blocks."""
    return make_offer(artifaille, slug="marmule")


def test_listing_is_grouped_by_offer_in_french(marmule: Offer) -> None:
    make_offer(marmule.hoster, slug="autre", name="Perchoir", purpose="")
    listing = told("artifaille")
    assert listing.index("\nMarmule\n") < listing.index("\nPerchoir\n")
    assert "  avertissement Q-ACCOMP" in listing
    assert "  erreur        Q-WHAT        «\u00a0Perchoir\u00a0»" in listing
    assert listing.rstrip().endswith("Erreurs\u00a0: 1, avertissements\u00a0: 6, conseils\u00a0: 6.")


def test_one_offer(marmule: Offer) -> None:
    make_offer(marmule.hoster, slug="autre", name="Perchoir", purpose="")
    assert "Perchoir" not in told("artifaille", "marmule")


def test_json_has_findings_and_counts(marmule: Offer) -> None:
    answer = json.loads(told("artifaille", json=True))
    assert answer["hoster"] == "artifaille"
    assert answer["counts"] == {"error": 0, "warning": 3, "info": 3}
    (found,) = [each for each in answer["findings"] if each["check"] == "Q-PERIODS"]
    assert found == {
        "check": "Q-PERIODS",
        "severity": "warning",
        "message": found["message"],
        "quality": "Une récurrence au choix",
        "field": "tariff.terms",
        "offer": "marmule",
    }


@pytest.mark.parametrize(("limit", "fails"), [("error", False), ("warning", True), ("info", True)])
def test_fail_on_a_severity(marmule: Offer, limit: str, fails: bool) -> None:
    if not fails:
        assert told("artifaille", fail_on=limit)
        return
    with pytest.raises(SystemExit) as stopped:
        told("artifaille", fail_on=limit)
    assert stopped.value.code == 1


def test_listing_comes_before_the_failure(marmule: Offer) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("lint_offers", "artifaille", json=True, fail_on="warning", stdout=out)
    assert json.loads(out.getvalue())["counts"]["warning"] == 3


def test_unknown_hoster_is_named(db: None) -> None:
    with pytest.raises(CommandError, match="Aucun hébergeur « nulle-part »"):
        told("nulle-part")


def test_unknown_offer_is_named(artifaille: Hoster) -> None:
    with pytest.raises(CommandError, match="Artifaille n’a pas d’offre « rien »"):
        told("artifaille", "rien")


def test_hoster_without_offer_has_nothing_to_mend(artifaille: Hoster) -> None:
    assert told("artifaille").strip() == "Rien à redire."
