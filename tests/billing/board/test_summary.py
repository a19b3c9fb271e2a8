"""The one page made for a vote, on screen and on paper, and its draft resolution (ASS-03, CARD-008, DEV-06)."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope
from pypdf import PdfReader

from billing.documents.summary_page import summary_page
from billing.models import BoardSummary, Quote
from hosters.models import Hoster
from tests.billing.documents.reading import missing, pages_of
from tests.factories import make_hoster, make_offer, make_quote
from tests.pages import words
from tests.worker import finish_the_work

At = Callable[[str], None]


def complete(client: Client, decide: str, **changes: Any) -> str:
    values = {"replaces": "Trois abonnements.", "replaced_yearly": "250,50"} | changes
    return words(client.post(decide + "ca/synthese/completer/", values, follow=True))


def test_summary_says_month_year_and_first_year(client: Client, quote: Quote, decide: str) -> None:
    shown = words(client.get(decide + "ca/synthese/"))
    assert "30,00 € Par mois TTC 380,00 € Par an TTC" in shown
    assert "430,00 € La première année TTC" in shown
    assert "Préavis" in shown
    assert "Valable jusqu’au 21 janvier 2027" in shown


def test_draft_resolution_is_ready_to_copy(client: Client, quote: Quote, decide: str) -> None:
    client.post(decide + "ca/reunion/", {"body": "assembly", "held_on": "2026-12-03"})
    shown = words(client.get(decide + "ca/synthese/"))
    assert (
        "L’assemblée générale, réunie le 3 décembre 2026, décide d’accepter le devis n° "
        f"{quote.number} d’Association Hébergeur" in shown
    )
    assert "430,00 € TTC la première année, puis 380,00 € TTC par an, et mandate" in shown
    assert "pour le signer au nom de l’association Les Amis du lavoir." in shown
    assert "Vos statuts disent qui décide" in shown


@pytest.mark.parametrize(
    ("yearly", "sentence"),
    [
        ("250,50", "129,50 € de plus par an"),
        ("500", "120,00 € de moins par an"),
        ("380", "le même coût"),
        ("0", "Coût actuel : 0,00 € par an. Avec ce devis : 380,00 € de plus par an"),
    ],
)
def test_difference_with_what_it_replaces(
    client: Client, quote: Quote, decide: str, yearly: str, sentence: str
) -> None:
    shown = complete(client, decide, replaced_yearly=yearly)
    assert sentence in shown
    assert "Trois abonnements." in shown


def test_same_words_are_printed_once(client: Client, quote: Quote, decide: str) -> None:
    complete(client, decide)
    complete(client, decide)
    assert BoardSummary.objects.get().replaced_yearly == Decimal("250.50")
    complete(client, decide, replaces="Rien.")
    assert BoardSummary.objects.count() == 2


@pytest.mark.parametrize("typed", ["-1", "beaucoup", "NaN", "1e9", "99999999999"])
def test_silly_cost_is_refused(client: Client, quote: Quote, decide: str, typed: str) -> None:
    complete(client, decide, replaced_yearly=typed)
    assert not BoardSummary.objects.exists()


def test_pdf_has_one_page_with_the_words_of_the_screen(
    client: Client, quote: Quote, decide: str, read: str
) -> None:
    complete(client, decide)
    finish_the_work()
    answer = client.get(read + "ca/synthese/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert len(reader.pages) == 1
    said = [
        "Synthèse pour le vote",
        quote.number,
        "430,00 €",
        "129,50 € de plus par an",
        "Projet de résolution",
    ]
    assert missing(reader, said) == []


def test_pdf_not_made_sends_back_to_the_page(client: Client, quote: Quote, read: str) -> None:
    assert client.get(read + "ca/synthese/pdf/")["Location"].endswith("/ca/synthese/")


def test_page_comes_back_by_itself_until_the_pdf_is_there(client: Client, quote: Quote, decide: str) -> None:
    """Without a script too: the page asks for itself again, and stops once the PDF is made or has failed."""
    again = '<noscript><meta http-equiv="refresh" content="3"></noscript>'
    assert again not in client.get(decide + "ca/synthese/").content.decode()
    complete(client, decide)
    assert again in client.get(decide + "ca/synthese/").content.decode()
    finish_the_work()
    assert again not in client.get(decide + "ca/synthese/").content.decode()


def test_longest_texts_stay_on_one_page(client: Client, quote: Quote, decide: str) -> None:
    Quote.objects.filter(pk=quote.pk).update(
        promise=quote.promise
        | {
            "offer": "Offre " * 13,
            "data_location": "chez nous " * 12,
            "parts": [
                quote.promise["parts"][0] | {"need": f"{number} " + "besoin " * 17} for number in range(9)
            ],
            "exit": quote.promise["exit"] | {"export_formats": "format " * 30, "help": "aide " * 60},
        },
        buyer=quote.buyer | {"name": "Association " * 10},
    )
    complete(client, decide, replaces="mot " * 50)
    reader = pages_of(BoardSummary.objects.get())
    assert len(reader.pages) == 1
    assert missing(reader, ["et 6 autres besoins", "Reporté"]) == []


def test_hoster_without_vat_never_says_ttc(at: At, artifaille: Hoster, client: Client) -> None:
    """DEV-06."""
    at("2026-11-22 10:00+01:00")
    hoster = make_hoster("franchise", vat_regime="franchise_293b", vat_number="")
    quote = make_quote(make_offer(hoster))
    with scope(hoster=hoster):
        page = summary_page(Quote.objects.get(pk=quote.pk), None)
    assert "TTC" not in str(page)
