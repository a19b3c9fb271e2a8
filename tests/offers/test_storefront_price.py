"""The price page of the Marmule: 12 people and 35 GB, with and without JavaScript."""

from decimal import Decimal

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.entitlements import in_words
from offers.models import Offer, Range
from pricing.engine import Metric
from tests.factories import MARMULE, make_offer
from tests.pages import normal, region, words

MARMULE_PAGE = "/offres/marmule/"
HTMX = {"hx-request": "true"}


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule")


def price_at(query: str, **headers: str) -> str:
    return words(region(Client(headers=headers).get(f"{MARMULE_PAGE}?{query}"), "prix"))


def test_twelve_people_and_35_gb(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35")
    for amount in ("30,00 € TTC par mois", "100,00 €", "430,00 €", "380,00 €"):
        assert amount in shown


def test_each_line_says_which_rule_gave_it(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35")
    for label in ("Pack de base", "Personnes", "Espace", "Frais de mise en place", "Adhésion"):
        assert label in shown
    assert "5,00 €" in shown  # of a block


def test_page_without_parameters_shows_the_smallest_configuration(marmule: Offer) -> None:
    assert "10,00 € TTC par mois" in price_at("")


@pytest.mark.parametrize(
    "spelling",
    [
        "users=12&storage_gb=35",
        "users=12.0&storage_gb=35",
        "users=12,0&storage_gb=35",
        "users=+12+&storage_gb=35",
    ],
)
def test_quantity_is_read_as_people_type_it(marmule: Offer, spelling: str) -> None:
    assert "30,00 € TTC par mois" in price_at(spelling)


def test_htmx_part_is_the_same_as_in_the_page(marmule: Offer) -> None:
    """What moves a slider and what reloads the page never drift."""
    query = f"{MARMULE_PAGE}?users=12&storage_gb=35"
    page = region(Client().get(query), "prix").replace(
        '<input type="hidden" name="premier" value="1" form="configurateur">', ""
    )
    part = Client(headers=HTMX).get(query).content.decode()
    part, announced = part.split('<span id="annonce"')
    assert normal(part) == normal(page)
    assert "30,00 € TTC par mois" in words("<span" + announced)


def test_price_that_becomes_a_quote_is_announced_too(artifaille: Hoster) -> None:
    """Who listens to the page does not keep the last price in mind."""
    limited = MARMULE | {"limits": [{"metric": "users", "maximum": "50", "outcome": "on_quote"}]}
    make_offer(artifaille, slug="marmule", tariff=limited)
    part = Client(headers=HTMX).get(f"{MARMULE_PAGE}?users=51").content.decode()
    announced = words("<span" + part.partition('<span id="annonce"')[2])
    assert "Sur devis" in announced and "€" not in announced


def test_htmx_keeps_the_configuration_in_the_address(marmule: Offer) -> None:
    answer = Client(headers=HTMX).get(f"{MARMULE_PAGE}?users=12&storage_gb=35&premier=1&inconnu=3")
    assert answer["HX-Replace-Url"] == f"{MARMULE_PAGE}?users=12&storage_gb=35"
    assert answer["Vary"] == "HX-Request" or "HX-Request" in answer["Vary"]


def test_shared_address_shows_the_same_configuration(marmule: Offer) -> None:
    address = Client(headers=HTMX).get(f"{MARMULE_PAGE}?users=12&storage_gb=35")["HX-Replace-Url"]
    page = Client().get(address).content.decode()
    assert 'value="12"' in page and 'value="35"' in page


def test_member_already_pays_no_membership_the_first_year(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35&adherent=on")
    assert "410,00 €" in shown and "380,00 €" in shown


def test_unpublished_offer_does_not_exist(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="brouillon", state=Offer.State.DRAFT)
    for path in ("/offres/brouillon/", "/offres/brouillon/devis/", "/offres/jamais/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {}).status_code in {404, 405}


def test_offer_of_another_hoster_does_not_exist(artifaille: Hoster, other: Hoster) -> None:
    make_offer(other, slug="perchoir")
    assert Client().get("/chez/gouttiere/offres/perchoir/").status_code == 200
    assert Client().get("/chez/artifaille/offres/perchoir/").status_code == 404


def test_draft_is_not_in_the_lists(artifaille: Hoster, marmule: Offer) -> None:
    make_offer(artifaille, name="Brouillon secret", state=Offer.State.DRAFT)
    for path in ("/", "/offres/"):
        page = words(Client().get(path))
        assert "Marmule" in page and "Brouillon secret" not in page


def test_franchise_says_no_ttc(artifaille: Hoster) -> None:
    """Without VAT the word TTC would be a lie; the mention replaces it (DEV-06)."""
    artifaille.vat_regime = "franchise_293b"
    artifaille.save()
    make_offer(artifaille, slug="marmule")
    shown = price_at("users=12&storage_gb=35")
    assert "TTC" not in shown
    assert "TVA non applicable, article 293 B du CGI" in shown


def test_beyond_the_last_tier_is_on_quote_and_never_zero(artifaille: Hoster) -> None:
    limited = MARMULE | {"limits": [{"metric": "users", "maximum": "50", "outcome": "on_quote"}]}
    make_offer(artifaille, slug="marmule", tariff=limited)
    shown = price_at("users=51")
    assert "Sur devis" in shown
    assert "0,00 € TTC" not in shown.replace("10,00", "")


def test_price_is_said_before_anything_else_of_the_offer(marmule: Offer) -> None:
    """002-003: nobody scrolls to know what it costs, nor guesses what that price holds."""
    page = words(Client().get(MARMULE_PAGE))
    first = page[page.index("Marmule") : page.index("Ce que vous pourrez faire")]
    assert "à partir de 10,00 € TTC par mois pour 5 personnes, 20 Go" in first
    assert "Première année, tout compris : 190,00 €" in first


def test_offer_on_quote_says_so_first(artifaille: Hoster) -> None:
    """002-014: never a zero."""
    make_offer(artifaille, slug="devis", tariff={"charges": [{"type": "on_quote", "label": "Migration"}]})
    page = words(Client().get("/offres/devis/"))
    assert "sur devis" in page[: page.index("Ce que vous pourrez faire")]


def test_each_part_of_the_price_is_told_on_its_own_line(marmule: Offer) -> None:
    """002-119, 002-060: one sentence for each part of the tariff, none lost."""
    page = Client().get(MARMULE_PAGE).content.decode()
    told = page[page.index('id="comment"') : page.index('id="derriere"')]
    version = marmule.tariff_versions.get()
    assert told.count("<li>") == len(version.tariff.sentences("association")) > 3
    assert all(sentence in words(told) for sentence in ("Frais de mise en place : 50,00 € une seule fois.",))


@pytest.mark.parametrize(
    ("ways", "told"),
    [
        ({"iban": "FR7630006000011234567890189"}, "Chaque facture se paie par virement, sous 30 jours."),
        (
            {"iban": "FR7630006000011234567890189", "sepa_ics": "FR12ZZZ123456"},
            "sous 30 jours, par virement ou par prélèvement.",
        ),
        ({"iban": "", "payment_days": 45}, "Chaque facture se paie sous 45 jours."),
    ],
)
def test_how_one_pays_is_said_with_the_price(artifaille: Hoster, ways: dict[str, object], told: str) -> None:
    """Only the ways that the hoster has: none is invented."""
    for name, value in ways.items():
        setattr(artifaille, name, value)
    artifaille.save()
    make_offer(artifaille, slug="marmule")
    assert told in words(Client().get(MARMULE_PAGE))


def test_gigabyte_is_something_one_can_picture(marmule: Offer) -> None:
    assert "1 Go : environ 200 photos" in words(Client().get(MARMULE_PAGE))


def test_every_published_offer_is_shown_by_need_first(marmule: Offer) -> None:
    """002-107, 002-120, 002-134: each thing in one line, what it is for before any name of software."""
    page = words(Client().get(MARMULE_PAGE))
    assert page.index("Partager ses documents") < page.index("Nextcloud")


@pytest.mark.parametrize("path", ["/", "/offres/", "/gammes/niveaux/"])
def test_bespoke_is_beside_the_packs_and_after_them(artifaille: Hoster, path: str) -> None:
    """002-079: another way, never the first one."""
    levels = Range.objects.create(hoster=artifaille, slug="niveaux", name="Niveaux")
    make_offer(artifaille, slug="marmule", range=levels)
    page = Client().get(path).content.decode()
    main = page[page.index("<main") :]
    assert main.index("/offres/marmule/") < main.index("/sur-mesure/")


@pytest.mark.parametrize("path", ["/", "/glossaire/", "/mentions-legales/", "/espace/lien/"])
def test_prices_are_one_click_away_from_each_page(marmule: Offer, path: str) -> None:
    """002-111: the header of every page leads to the offers and their prices."""
    page = Client().get(path).content.decode()
    assert 'href="/offres/"' in page[: page.index("<main")]


def test_what_comes_per_person_is_added_up(artifaille: Hoster) -> None:
    """002-104: kSuite Pro gives 5 addresses and 3 TB to each: 40 and 24 TB for eight."""
    counted = [
        {"code": "users", "label": "Personnes", "unit": "personne", "units": "personnes"},
        {"code": "mails", "label": "Adresses", "unit": "adresse", "units": "adresses"},
        {"code": "storage_gb", "label": "Espace", "unit": "Go"},
    ]
    each = [
        {"metric": "mails", "quantity": 5, "per": "users"},
        {"metric": "storage_gb", "quantity": 3000, "per": "users"},
    ]
    charge = {"type": "per_unit", "label": "Pro", "metric": "users", "price": "6.58"}
    tariff = {"metrics": counted, "includes": each, "charges": [charge]}
    make_offer(artifaille, slug="pro", tariff=tariff)
    assert "Compris en tout : 40 adresses, 24 To" in words(Client().get("/offres/pro/?users=8"))


@pytest.mark.parametrize(
    ("quantity", "told"),
    [("0.1", "100 Mo"), ("1", "1 Go"), ("20", "20 Go"), ("1500", "1,5 To"), ("3000", "3 To")],
)
def test_space_is_told_in_the_unit_that_people_read(quantity: str, told: str) -> None:
    """002-129: « 3 To » rather than « 3 000 Go »; 1 To is 1000 Go, as sellers count."""
    said = in_words(Metric("storage_gb", "Espace", "Go"), Decimal(quantity))
    assert said.replace("\u00a0", " ") == told
