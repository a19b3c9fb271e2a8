"""The price on the command line: the same engine, the same words, the catalogues of the course."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from offers.catalogue import import_catalogue, read_catalogue, shipped


@pytest.fixture(scope="module")
def course(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The shipped catalogues, imported once for the whole module and never written."""
    with django_db_blocker.unblock(), transaction.atomic():
        for path in shipped():
            import_catalogue(catalogue=read_catalogue(path.read_bytes()))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _course(course: None, db: None) -> None:
    """Every test reads them."""


def answer(line: str) -> dict[str, Any]:
    out = StringIO()
    call_command("price", *line.split(), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize(
    ("line", "period", "first", "year", "after"),
    [
        ("artifaille marmule users=12 storage_gb=35", "30.00", "100.00", "430.00", "380.00"),
        ("artifaille marmule users=12 storage_gb=35 --member", "30.00", "80.00", "410.00", "380.00"),
        ("infomaniak ksuite-standard users=5 --term annual", "75.84", "75.84", "75.84", "75.84"),
        ("infomaniak ksuite-pro-bienvenue users=8 --term annual", "315.84", "315.84", "315.84", "631.68"),
        ("proton family --term biennial", "479.76", "479.76", "479.76", "239.88"),
        (
            "marsnet xl storage_gb=3 domains=1 mail_addresses=2 mailing_lists=2 databases=1",
            "288.00",
            "288.00",
            "288.00",
            "288.00",
        ),
        ("sleto emeraude", "190.00", "190.00", "190.00", "190.00"),
        ("cours recurrence --trial 1", "10.00", "0.00", "110.00", "120.00"),
        ("cours stockage-au-go storage_gb=101", "30.50", "30.50", "366.00", "366.00"),
        ("cours par-utilisatrice users=3 + equipe users=6", "60.00", "60.00", "720.00", "720.00"),
    ],
)
def test_price(line: str, period: str, first: str, year: str, after: str) -> None:
    found = answer(line)
    assert found["outcome"] == "priced"
    assert found["lines"]
    totals = [
        found[name] for name in ("recurring_per_period", "first_invoice", "first_year_total", "yearly_after")
    ]
    assert totals == [period, first, year, after]


@pytest.mark.parametrize(
    ("line", "outcome", "words"),
    [
        ("artifaille marmule salles=1", "invalid", "salles"),
        ("artifaille marmule users=abc", "invalid", "abc"),
        ("artifaille marmule users=1 users=2", "invalid", "deux fois"),
        ("artifaille marmule users", "invalid", "users=12"),
        ("cours par-utilisatrice users=0", "invalid", "au moins"),
        ("cours par-utilisatrice users=-1", "invalid", "négative"),
        ("cours par-utilisatrice users=1.5", "invalid", "entier"),
        ("cours paliers-utilisatrices users=51", "on_quote", "50"),
        ("paquerette formation", "on_quote", "devis"),
        ("sleto ruby --term biennial", "on_quote", "1\u00a0an"),
        ("proton family users=7", "not_eligible", "6"),
        ("infomaniak ksuite-pro users=8 mail_addresses=41", "not_eligible", "40"),
        ("cours --feature export=1", "refused", "refuser"),
        ("marsnet --need salles=3", "invalid", "salles"),
        ("proton --need users=7", "not_eligible", "6"),
    ],
)
def test_no_price_says_why(line: str, outcome: str, words: str) -> None:
    found = answer(line)
    assert found["outcome"] == outcome
    assert words in found["reason"]
    assert found["recurring_per_period"] is None


def test_trial_plan() -> None:
    found = answer("sleto mica")
    assert (found["outcome"], found["trial_months"], found["auto_renew"]) == ("trial", 1, False)


def test_need_that_only_supplements_satisfy() -> None:
    """MSN-08: two ways cost 84 €; the one with fewer supplements wins."""
    found = answer("marsnet --need storage_gb=2 domains=1 mail_addresses=5 mailing_lists=1 databases=1")
    assert found["recurring_per_period"] == "84.00"
    assert found["best"]["offer"] == "moyen"
    assert found["best"]["addons"] == {"mail_addresses": 2}
    assert "davantage de suppléments" in found["reason"]


def test_offer_that_does_not_count_people_does_not_limit_them() -> None:
    found = answer("marsnet --need users=50 mail_addresses=5")
    assert (found["best"]["offer"], found["first_year_total"]) == ("petit", "72.00")
    assert "users" not in found["best"]["quantities"]


def test_need_is_not_rounded_up_to_a_comfortable_default() -> None:
    assert answer("artifaille --need users=2")["best"]["quantities"]["users"] == 2


def test_need_among_named_offers() -> None:
    assert answer("marsnet gros --need mail_addresses=5")["best"]["offer"] == "gros"


def test_entitlements_are_told() -> None:
    assert answer("infomaniak ksuite-pro users=8")["entitlements"] == {
        "mail_addresses": 40,
        "storage_gb": 24000,
    }


def test_line_still_to_price_leaves_a_subtotal() -> None:
    found = answer("artifaille marmule users=5 storage_gb=20 + paquerette/formation")
    assert found["outcome"] == "on_quote"
    assert found["known_subtotal"]["first_invoice"] == "80.00"
    assert not found["total_is_firm"]


def test_change_and_end_of_contract() -> None:
    assert answer("sleto opale --after-months 6 --then emeraude")["upgrade_invoice"] == "57.50"
    assert (
        answer("artifaille marmule --after-months 6 --then users=8 storage_gb=20")["first_year_total"]
        == "220.00"
    )
    assert answer("proton family --term annual --cancel-after 20")["refund"] == "287.88"


@pytest.mark.parametrize("line", ["nulle-part marmule", "artifaille nulle-part", "artifaille users=3"])
def test_what_does_not_exist_is_an_error(line: str) -> None:
    with pytest.raises(CommandError):
        call_command("price", *line.split())


def test_plain_text_tells_lines_and_totals() -> None:
    out = StringIO()
    call_command("price", "artifaille", "marmule", "users=12", "storage_gb=35", stdout=out)
    text = out.getvalue().replace("\u00a0", " ")
    assert "30,00 €  par période" in text
    assert "430,00 €  première année" in text
