"""« Aidez-moi à choisir » : a few questions, one offer, its reason, its configurator filled in."""

import re

import pytest
from django.test import Client
from django_scopes import scope

from crm.models import Request
from hosters.models import Hoster
from offers.catalogue import import_catalogue, read_catalogue, shipped
from tests.factories import make_hoster, make_offer
from tests.pages import words

pytestmark = pytest.mark.django_db
N = "\u00a0"


def course(slug: str) -> Hoster:
    """A demonstration hoster, alone on its install."""
    (path,) = [path for path in shipped() if path.stem == slug]
    return import_catalogue(catalogue=read_catalogue(path.read_bytes()))


def page(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_questions_are_in_three_to_five_groups() -> None:
    """002-127; the figures that only some people have are folded apart."""
    course("marsnet")
    assert 3 <= page("/aide/").count("<legend>") <= 5


def test_question_about_what_no_offer_counts_is_not_asked() -> None:
    course("paquerette")
    text = page("/aide/")
    for name in ("adresses", "espace", "par_personne", "domaine"):
        assert f'name="{name}"' not in text


def test_average_association_is_already_written_with_its_source() -> None:
    """002-148: editable defaults, INJEP 2019."""
    course("artifaille")
    text = page("/aide/")
    assert re.search(r'name="benevoles"[^>]*value="15"|value="15"[^>]*name="benevoles"', text)
    assert "INJEP, 2019" in text and f"54{N}%" in text and "la moyenne est de 11" in text


def test_average_association_gets_the_marmule_at_25_euros() -> None:
    """002-002: 17 accounts within 20 GB."""
    course("artifaille")
    text = page("/aide/?benevoles=15&salaries=2&par_personne=1")
    assert ">Marmule</h2>" in text
    assert f"25,00{N}€" in text
    assert "users=17" in text
    assert "17 comptes" in text.replace(N, " ")
    assert "17 personnes, 20 Go" in words(text)  # not the 5 that the pack holds without supplement


def test_reasoning_goes_from_people_to_mailboxes() -> None:
    """002-147: how many addresses, from the people."""
    hoster = course("marsnet")
    with scope(hoster=hoster):
        need = hoster.needs.get(title="Publier un site")
    text = words(
        page(f"/aide/?benevoles=3&salaries=2&par_personne=1&besoins={need.pk}&domaine=il-en-faut-un")
    )
    for step in ("5 comptes", "6 Go", "5 comptes, 1 Go chacun, et 1 Go pour le site", "3 adresses e-mail"):
        assert step in text
    assert "Un nom de domaine se loue chaque année" in text


def test_cheapest_with_fewer_supplements_is_moyen() -> None:
    """MSN-08 as far as the form asks: 84,00 € both ways, Moyen needs fewer supplements."""
    course("marsnet")
    text = page("/aide/?personnes=1&adresses=5&espace=2&domaine=nous-en-avons")
    assert ">Moyen</h2>" in text
    assert f"84,00{N}€" in text


def test_other_offers_are_folded_with_their_cost_or_their_reason() -> None:
    course("marsnet")
    text = words(page("/aide/?personnes=1&adresses=5&espace=2&domaine=nous-en-avons"))
    assert "Les autres offres que nous avons regardées" in text
    assert "Petit : 84,00 € la première année" in text
    assert "Elle ne suffit pas." in text


def test_site_prefers_an_offer_that_has_one() -> None:
    """002-147: an offer with the site and the domain asked for."""
    hoster = course("sleto")
    with scope(hoster=hoster):
        need = hoster.needs.get(title="Publier un site")
    assert 'name="site"' not in page("/aide/"), "one of the needs asks it already"
    assert ">Opale</h2>" in page("/aide/?personnes=3")
    assert ">Émeraude</h2>" in page(f"/aide/?personnes=3&besoins={need.pk}")


def test_site_that_nobody_hosts_is_said() -> None:
    make_offer(make_hoster())
    assert "ne comprend pas de site" in page("/aide/?personnes=3&site=oui")


@pytest.mark.parametrize("answers", ["benevoles=&salaries=&personnes=", "benevoles=0&salaries=0"])
def test_empty_form_is_told_kindly(answers: str) -> None:
    course("marsnet")
    text = page(f"/aide/?{answers}")
    assert "Dites-nous à peu près combien vous êtes" in text
    assert "Nous vous conseillons" not in text


def test_advice_has_the_three_exits_with_its_configuration() -> None:
    course("artifaille")
    text = page("/aide/?benevoles=15&salaries=2&par_personne=1")
    for exit in ("/question/?offre=marmule", "/rappel/?offre=marmule", "/offres/marmule/devis/?users=17"):
        assert exit in text


def test_nothing_is_recommended_before_an_answer() -> None:
    course("marsnet")
    assert "Nous vous conseillons" not in page("/aide/")


def test_cheapest_offer_is_recommended_with_its_supplements() -> None:
    """Only supplements satisfy the need: a small plan and three addresses cost less than the plan that has five."""
    course("marsnet")
    text = page("/aide/?personnes=5&adresses=5&espace=1")
    assert ">Petit</h2>" in text
    assert f"72,00{N}€" in text
    assert "3 adresses" in text.replace(N, " ")
    assert "/offres/petit/?option_mail_addresses=3" in text


def test_offers_that_cost_the_same_give_the_one_with_fewer_supplements() -> None:
    course("marsnet")
    text = page("/aide/?personnes=1&adresses=5&espace=1").replace(N, " ")
    assert ">Petit</h2>" in text
    assert "Ensuite vient Moyen, à 84,00 €" in text


def test_recommended_configuration_costs_what_the_page_says() -> None:
    course("artifaille")
    text = page("/aide/?personnes=12&espace=20")
    assert f"25,00{N}€" not in text
    assert f"20,00{N}€" in text
    assert "users=12" in text


def test_offer_must_cover_the_needs_ticked() -> None:
    hoster = course("sleto")
    with scope(hoster=hoster):
        need = hoster.needs.get(title="Stocker et partager ses fichiers")
    text = page(f"/aide/?personnes=3&besoins={need.pk}")
    assert ">Ruby</h2>" in text


def test_needs_that_no_offer_covers_lead_to_a_person() -> None:
    hoster = course("paquerette")
    with scope(hoster=hoster):
        needs = "&".join(f"besoins={need.pk}" for need in hoster.needs.all())
    text = page(f"/aide/?personnes=3&{needs}")
    assert "Parlons-en" in text
    assert "/demande/?" in text


def test_need_above_every_offer_leads_to_a_person_with_the_reason() -> None:
    course("proton")
    text = page("/aide/?personnes=9").replace(N, " ")
    assert "cette offre s’arrête à 6 personnes" in text
    assert "/demande/?personnes=9&amp;pour=aide" in text


def test_offer_on_quote_may_be_recommended() -> None:
    course("paquerette")
    text = page("/aide/?personnes=3&accompagnement=oui")
    assert ">Stocker et partager</h2>" in text, "worth the same: the order of the hoster decides"
    assert f"0,00{N}€" not in text


def test_accompaniment_prefers_an_offer_with_a_person() -> None:
    course("demo")
    assert ">Perchoir</h2>" in page("/aide/?personnes=3")
    assert ">Grenier</h2>" in page("/aide/?personnes=3&accompagnement=oui")


@pytest.mark.parametrize(
    "answers",
    [
        "personnes=",
        "personnes=abc",
        "benevoles=-1",
        "benevoles=5&salaries=deux",
        "personnes=0",
        "personnes=-3",
        "personnes=5&espace=0",
        "personnes=5&par_personne=7",
        "personnes=5&besoins=999",
    ],
)
def test_wrong_answer_is_shown_beside_its_question(answers: str) -> None:
    course("marsnet")
    text = page(f"/aide/?{answers}")
    assert "field__errors" in text or "errorlist" in text
    assert "Nous vous conseillons" not in text


def test_answers_set_no_cookie() -> None:
    course("marsnet")
    assert not Client().get("/aide/?personnes=5").cookies


ASKED = {
    "organization": "Les Amis du lavoir", "street": "3 place du Marché", "postcode": "69003", "town": "Lyon",
    "country": "FR", "name": "Dominique Petit", "email": "dominique@lavoir.example", "message": "Merci",
    "key": "7f1b0c52-6f0e-4a53-9a3b-4f8a4a1c8d10",
}  # fmt: skip


def test_request_to_a_person_keeps_the_answers() -> None:
    hoster = course("proton")
    for _time in range(2):
        answer = Client().post("/demande/?personnes=9&espace=500&pour=aide", ASKED)
        assert answer.status_code == 302
    with scope(hoster=hoster):
        request = Request.objects.get()
    assert "Nombre de comptes 9" in request.message
    assert request.message.endswith("Merci")
