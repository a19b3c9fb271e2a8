"""A quote that a board can read, vote on and keep."""

from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from billing.documents import render
from billing.models import Quote
from crm.organizations import OrganizationDetails
from hosters.models import Hoster
from offers.models import Offer
from pricing.engine import Selection
from tests.billing.documents.reading import letters, missing, pages_of, text_of, words_of
from tests.factories import MARMULE, make_offer, make_quote

Printed = tuple[Quote, PdfReader]

REGIMES = {
    "franchise_293b": "TVA non applicable, article 293 B du CGI",
    "exonere_261_7": "Exonération de TVA, article 261, 7-1° du CGI",
    "non_assujetti": "Organisme non assujetti à la TVA",
}


def flat_lines(count: int) -> dict[str, Any]:
    return {"charges": [{"type": "flat", "label": f"Ligne {n}", "price": "1.00"} for n in range(count)]}


def test_quote_says_everything_that_a_board_must_know(printed_quote: Printed) -> None:
    quote, reader = printed_quote
    expected = [
        f"Devis {quote.number}",
        "Établi le",
        "Valable jusqu’au",
        "Association Hébergeur",
        "1 rue du Chat",
        "69001 Lyon",
        "Association loi 1901",
        "SIREN 303 265 045",
        "TVA FR40303265045",
        "Les Amis du lavoir",
        "3 place du Marché",
        "12 personnes, 35 Go",
        "30,00 € TTC par mois",
        "Première facture 100,00 €",
        "Première année 430,00 €",
        "Années suivantes 380,00 €",
        "12 personnes − 5 personnes",
        "Une seule fois, au démarrage",
        "Chaque année",
        "Ce devis est gratuit.",
        "Préavis : 30 jours",
        "fichiers tels quels",
        "Effacement : 60 jours après la fin du contrat",
        "Conseil d’administration",
        "Pour Contre Abstention",
        "430,00 € TTC la première année, puis 380,00 € TTC par an.",
        "dominique@lavoir.example",
        "« Bon pour accord »",
        "page 1 sur 2",
    ]
    assert missing(reader, expected) == []


def test_need_comes_before_software(printed_quote: Printed) -> None:
    text = text_of(printed_quote[1])
    assert 0 < text.index("Partagersesdocuments") < text.index("avecNextcloud")


def test_vat_is_told_for_each_bill(printed_quote: Printed) -> None:
    rows = ["HT TVA 20 % Hors champ de la TVA TTC", "Première facture 66,67 € 13,33 € 20,00 € 100,00 €"]
    assert missing(printed_quote[1], rows) == []


@pytest.mark.parametrize(("regime", "mention"), REGIMES.items())
def test_seller_without_vat_prints_its_mention_and_never_ttc(
    artifaille: Hoster, regime: str, mention: str
) -> None:
    artifaille.vat_regime = regime
    artifaille.save()
    reader = pages_of(make_quote(make_offer(artifaille)))
    assert missing(reader, ["Prix nets.", mention, "30,00 € par mois"]) == []
    assert not words_of(reader) & {"TTC", "HT", "FR40303265045"}


def test_longer_term_tells_what_it_makes_a_month(artifaille: Hoster) -> None:
    tariff = MARMULE | {"terms": [{"months": 1}, {"months": 12}]}
    selection = Selection({"users": Decimal(12), "storage_gb": Decimal(35)}, term_months=12)
    reader = pages_of(make_quote(make_offer(artifaille, tariff=tariff), selection=selection))
    assert missing(reader, ["360,00 € TTC par an soit 30,00 € par mois"]) == []


def test_file_is_tagged_titled_and_in_french(printed_quote: Printed) -> None:
    """ACC-01, CARD-008, DEV-10."""
    quote, reader = printed_quote
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "fr"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"Devis {quote.number} – Marmule – Les Amis du lavoir"
    assert reader.metadata.author == quote.seller["name"]
    assert reader.metadata.creation_date_raw == f"D:{quote.issued_on:%Y%m%d}"
    assert b'part="3" pdfaid:conformance="A"' in catalog["/Metadata"].get_data()


def test_two_renderings_are_the_same_bytes(marmule: Offer) -> None:
    quote = make_quote(marmule)
    assert render.make_pdf(quote.document) == render.make_pdf(quote.document)


@pytest.mark.thorough
@pytest.mark.parametrize(("lines", "pages"), [(1, 2), (12, 2), (60, 3)])
def test_pages_follow_the_number_of_lines(artifaille: Hoster, lines: int, pages: int) -> None:
    reader = pages_of(make_quote(make_offer(artifaille, tariff=flat_lines(lines)), selection=Selection({})))
    assert len(reader.pages) == pages
    with_lines = [page.extract_text() for page in reader.pages if "prix fixe" in page.extract_text()]
    assert all("Désignation et règle de calcul" in text for text in with_lines)


@pytest.mark.thorough
@pytest.mark.parametrize("lines", [1, 9, 13, 22])
def test_boxes_of_the_price_and_of_the_vote_are_never_cut(artifaille: Hoster, lines: int) -> None:
    long = OrganizationDetails("Fédération " * 10, "3 place du Marché", "69003", "Lyon")
    offer = make_offer(artifaille, tariff=flat_lines(lines), purpose="Un seul endroit. " * 14)
    reader = pages_of(make_quote(offer, selection=Selection({}), organization=long))
    texts = [page.extract_text() for page in reader.pages]
    for first, last in (("Ce que cela coûte", "Années suivantes"), ("Pour décider", "Date et signature")):
        assert [first in text for text in texts] == [last in text for text in texts], (first, lines)


def test_running_head_tells_the_number_from_the_second_page_on(printed_quote: Printed) -> None:
    quote, reader = printed_quote
    first, second = (page.extract_text() for page in reader.pages)
    assert second.count(f"Devis {quote.number}") == 1
    assert first.count(f"Devis {quote.number}") == 1


def test_long_names_run_shorter_on_the_next_pages(artifaille: Hoster) -> None:
    """DEV-01: whole on the first page, cut with its sign at the top of the others, where a line must do."""
    name = "Fédération départementale des associations d’éducation populaire et des arts du Haut-Vivarais"
    offer = make_offer(artifaille, tariff=flat_lines(40))
    who = OrganizationDetails(name, "1 rue du Lac", "69003", "Lyon")
    quote = make_quote(offer, organization=who, selection=Selection({}))
    first, second = (letters(page.extract_text()) for page in pages_of(quote).pages[:2])
    assert letters(name) in first
    assert letters(name) not in second and letters(name[:50]) in second
