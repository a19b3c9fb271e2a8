"""Whatever is typed in the address of an offer: a clear message in French, never an error of ours."""

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.models import Offer
from tests.factories import MARMULE, make_offer
from tests.pages import region, words

OPTION = {"code": "sauvegarde", "label": "Sauvegarde", "price": "4.00", "maximum": "3"}


@pytest.fixture(autouse=True)
def marmule(artifaille: Hoster) -> Offer:
    tariff = MARMULE | {"options": [OPTION], "terms": [{"months": 1}, {"months": 12}]}
    return make_offer(artifaille, slug="marmule", tariff=tariff)


PLAIN = "Écrivez un nombre en chiffres, par exemple 12."
REFUSED = {
    "0": "Il en faut au moins 1.",
    "-1": PLAIN,
    "-0": PLAIN,
    "+5": PLAIN,
    "1e9": PLAIN,
    "1_000": PLAIN,
    "²": PLAIN,
    "١٢": PLAIN,
    "12 personnes": PLAIN,
    "NaN": PLAIN,
    "Infinity": PLAIN,
    "0x10": PLAIN,
    "12\0": PLAIN,
    "\ud800": PLAIN,
    "9" * 1000: PLAIN,
    "1" * 10: PLAIN,
    "1,2345": PLAIN,
    "1.5": "Cette quantité va par pas de 1.",
    "<script>": PLAIN,
    "{{ 7|add:7 }}": PLAIN,
    "a" * 1_000_000: PLAIN,
}


@pytest.mark.parametrize("typed", REFUSED, ids=lambda typed: ascii(typed)[:20])
def test_quantity_that_is_none_gets_a_message(typed: str) -> None:
    for headers in ({}, {"hx-request": "true"}):
        query = {"users": typed.encode("utf-8", "surrogatepass"), "storage_gb": "35"}
        answer = Client(headers=headers).get("/offres/marmule/", query)
        assert answer.status_code == 200
        shown = words(answer) if headers else words(region(answer, "prix"))
        assert REFUSED[typed] in shown
        assert "Une quantité est à corriger" in shown
        assert "TTC par mois" not in shown


@pytest.mark.parametrize("typed", REFUSED, ids=lambda typed: ascii(typed)[:20])
def test_wrong_quantity_cannot_be_asked(typed: str) -> None:
    query = {"users": typed.encode("utf-8", "surrogatepass")[:2000]}
    answer = Client().get("/offres/marmule/devis/", query)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/offres/marmule/?")


def test_huge_quantity_has_a_price() -> None:
    assert "TTC par mois" in words(region(Client().get("/offres/marmule/?users=999999999"), "prix"))


def test_empty_quantity_says_what_to_write() -> None:
    assert "Écrivez une quantité, par exemple 12." in words(Client().get("/offres/marmule/?users="))


def test_unknown_parameter_changes_nothing() -> None:
    query = "/offres/marmule/?users=12&storage_gb=35"
    plain = words(region(Client().get(query), "prix"))
    strange = "&option_inconnue=3&price=0&total=1&discount=100&segment=company&vat=0&setup_fee=0&__class__=1"
    assert words(region(Client().get(query + strange), "prix")) == plain


def test_option_beyond_its_maximum_gets_a_message() -> None:
    answer = Client().get("/offres/marmule/?option_sauvegarde=4")
    assert answer.status_code == 200
    assert "TTC par mois" not in words(region(answer, "prix"))


@pytest.mark.parametrize("term", ["0", "7", "-12", "abc", "²", "12\0", "1e1"])
def test_term_that_is_not_sold_gets_a_message(term: str) -> None:
    answer = Client().get("/offres/marmule/", {"engagement": term})
    assert answer.status_code == 200
    assert "TTC" not in words(region(answer, "prix")).replace("TTC par mois.", "")


@pytest.mark.parametrize("via", ["a" * 41, "flyer\n", "x' OR 1=1", "é", "<b>", "\0", "A"])
def test_source_that_is_none_is_forgotten(via: str) -> None:
    answer = Client().get("/offres/marmule/", {"via": via})
    assert answer.status_code == 200
    assert 'name="via"' not in answer.content.decode()


@pytest.mark.parametrize("referer", ["http://[", "\xff", "javascript:alert(1)", "", "x" * 5000])
def test_strange_referer_is_a_visit(referer: str, browser: Client) -> None:
    headers = {"referer": referer, "user-agent": "Mozilla/5.0 (Firefox)"}
    assert Client(headers=headers).get("/offres/marmule/").status_code == 200


def test_too_many_parameters_are_refused() -> None:
    query = "&".join(f"x{n}=1" for n in range(1001))
    assert Client().get(f"/offres/marmule/?{query}").status_code == 400


@pytest.mark.parametrize("slug", ["a" * 3000, "marmule%00", "..%2f..%2fetc%2fpasswd", "é", "marmule%0a", "١"])
def test_strange_slug_does_not_exist(slug: str) -> None:
    assert Client().get(f"/offres/{slug}/").status_code == 404
