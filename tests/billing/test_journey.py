"""The main job, end to end: from a visitor's first click to an invoice paid, in the association's space."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing.documents import render
from billing.models import Invoice, Quote
from funnel.report import funnel_report
from hosters.models import Hoster, Mail, User
from offers.models import Offer
from tests.billing.conftest import ASK, DOMINIQUE
from tests.pages import hidden_fields, words
from tests.worker import finish_the_work

LINK = re.compile(r"https?://[^/\s]+(/chez/[^\s]+)")


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "make_pdf", lambda document: f"%PDF-1.7 {document.name} %%EOF".encode())


def mail_to(address: str, subject: str) -> mail.EmailMultiAlternatives:
    found = [each for each in mail.outbox if each.to == [address] and subject in each.subject]
    assert len(found) == 1, [each.subject for each in mail.outbox]
    assert isinstance(found[0], mail.EmailMultiAlternatives)
    return found[0]


def link_in(message: mail.EmailMultiAlternatives) -> str:
    """The path of the one link of a mail; both its parts have it."""
    paths = LINK.findall(str(message.body))
    assert paths and paths[0] in str(message.alternatives[0].content)
    return str(paths[0])


def fill(client: Client, url: str, **typed: str) -> HttpResponse:
    """Open a page, fill its form in, send it, follow."""
    return client.post(url, hidden_fields(client.get(url)) | typed, follow=True)


def test_from_the_first_click_to_the_paid_invoice(
    marmule: Offer,
    artifaille: Hoster,
    alix: User,
    browser: Client,
    signed_in: Callable[[User], Client],
    at: Callable[[str], None],
) -> None:
    at("2026-11-22 10:00+01:00")
    # 1. The storefront, by need; the offer; its sliders.
    assert "Partager ses documents" in words(browser.get("/"))
    assert "10,00 €" in words(browser.get("/offres/marmule/", headers={"sec-fetch-site": "same-origin"}))
    slider = "/offres/marmule/?users=12&storage_gb=35&premier=1"
    moved = browser.get(slider, headers={"hx-request": "true", "sec-fetch-site": "same-origin"})
    assert "30,00 € TTC par mois" in words(moved)

    # 2. The quote, at once.
    page = fill(browser, ASK, **DOMINIQUE)
    assert "Devis D-2026-0001" in words(page)
    finish_the_work()
    assert "Le PDF est prêt" in words(browser.get(page.redirect_chain[-1][0]))

    # 3. The link that decides comes by e-mail; the board votes; the mandated person accepts.
    at("2026-12-05 20:30+01:00")
    decide = link_in(mail_to("dominique@lavoir.example", "Votre devis D-2026-0001"))
    board = Client()
    assert "Accepter le devis" in words(board.get(decide))
    assert board.get(f"{decide}pdf/").content == b"%PDF-1.7 devis-D-2026-0001.pdf %%EOF"
    review = fill(
        board, f"{decide}accepter/", name="Dominique Petit", role="Trésorière", purpose="own", mandated="on"
    )
    done = board.post(f"{decide}accepter/", hidden_fields(review), follow=True)
    assert "Devis accepté par Dominique Petit" in words(done)
    finish_the_work()
    accepted = mail_to("dominique@lavoir.example", "D-2026-0001 accepté")
    assert [attached[0] for attached in accepted.attachments] == [
        "devis-D-2026-0001.pdf",
        "contrat-C-2026-0001.pdf",
        "preuve-acceptation-D-2026-0001.pdf",
    ]

    # 4. The space of the association.
    told = "Votre facture F-2026-0001 et votre cotisation F-2026-0002"
    invoiced = mail_to("dominique@lavoir.example", told)
    names = [attached[0] for attached in invoiced.attachments]
    assert names == ["facture-F-2026-0001.pdf", "cotisation-F-2026-0002.pdf"]
    assert "Un seul virement de 100,00 € suffit" in " ".join(invoiced.body.split())
    space = Client()
    opened = space.get(link_in(invoiced), follow=True)
    assert link_in(invoiced).split("/")[-2] not in opened.redirect_chain[-1][0]
    shown = words(opened)
    for said in ("D-2026-0001", "F-2026-0001", "80,00 €", "F-2026-0002", "20,00 €", "Marmule"):
        assert said in shown
    invoice = Invoice.objects.get(fees=False)
    assert space.get(f"/espace/documents/{invoice.document_id}/").content.startswith(b"%PDF-1.7 facture")

    # 5. The staff: told by mail, sees today's request, the client, the documents; records the money.
    assert "Les Amis du lavoir" in mail_to(artifaille.email, "Devis demandé en ligne").subject
    staff = signed_in(alix)
    assert "Les Amis du lavoir" in words(staff.get("/gestion/"))
    client_page = words(staff.get(f"/gestion/organisations/{invoice.organization_id}/"))
    assert "Client" in client_page and "D-2026-0001" in client_page and "F-2026-0001" in client_page
    at("2026-12-20 09:00+01:00")
    staff = signed_in(alix)  # the session of November is over
    paid = fill(
        staff,
        invoice.get_absolute_url(),
        amount="80.00",
        received_on="2026-12-19",
        method="transfer",
        reference="",
    )
    assert "Paiement enregistré." in words(paid)
    fill(space, "/espace/lien/", email="dominique@lavoir.example")  # the session of the space is over too
    finish_the_work()
    again = link_in(mail_to("dominique@lavoir.example", "lien vers l’espace"))
    assert "payée" in words(space.get(again, follow=True))

    # 6. The funnel tells the whole journey.
    day = Quote.objects.get().issued_on
    counts = [row.count for row in funnel_report(artifaille, since=day, until=day)]
    assert counts == [1, 1, 1, 1, 1, 1, 1, 0]
    funnel = words(staff.get("/gestion/entonnoir/"))
    assert "visites" in funnel.lower() and "100" in funnel


def test_link_of_the_space_is_sent_again_by_mail(marmule: Offer, browser: Client) -> None:
    fill(browser, ASK, **DOMINIQUE)
    fill(browser, "/espace/lien/", email="Dominique@lavoir.example")
    finish_the_work()
    opened = Client().get(link_in(mail_to("dominique@lavoir.example", "espace")), follow=True)
    assert "Les Amis du lavoir" in words(opened)


def test_unknown_address_gets_the_same_answer_and_no_mail(marmule: Offer, browser: Client) -> None:
    fill(browser, ASK, **DOMINIQUE)
    finish_the_work()
    mail.outbox.clear()
    known = fill(Client(), "/espace/lien/", email="dominique@lavoir.example")
    unknown = fill(Client(), "/espace/lien/", email="inconnue@lavoir.example")
    assert words(known).replace("dominique@", "") == words(unknown).replace("inconnue@", "")
    assert known.status_code == unknown.status_code == 200
    assert set(known.headers) == set(unknown.headers)
    assert mail.outbox == []  # a worker sends it, not the page
    finish_the_work()
    assert [each.to for each in mail.outbox] == [["dominique@lavoir.example"]]


def test_page_does_the_same_work_for_an_unknown_address(marmule: Offer, browser: Client) -> None:
    """What differs takes time, and time tells (T21): whose address it is, a worker finds out."""
    fill(browser, ASK, **DOMINIQUE)
    queries = []
    for name in ("dominique", "inconnue"):
        with CaptureQueriesContext(connection) as done:
            fill(Client(), "/espace/lien/", email=f"{name}@lavoir.example")
        queries.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in done])
    assert queries[0] == queries[1]
    finish_the_work()
    assert not Mail.objects.filter(to="inconnue@lavoir.example").exists()  # nothing is kept of a stranger


def test_space_closes_on_this_computer(marmule: Offer, browser: Client) -> None:
    fill(browser, ASK, **DOMINIQUE)
    fill(browser, "/espace/lien/", email="dominique@lavoir.example")
    finish_the_work()
    space = Client()
    space.get(link_in(mail_to("dominique@lavoir.example", "espace")))
    assert space.get("/espace/").status_code == 200
    space.post("/espace/fermer/")
    assert space.get("/espace/")["Location"] == "/espace/lien/"


@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
def test_quote_made_by_the_real_renderer(
    marmule: Offer, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once without the quick double: WeasyPrint and our templates make the file that is sent."""
    monkeypatch.undo()
    fill(browser, ASK, **DOMINIQUE)
    finish_the_work()
    document = Quote.objects.get().document
    assert document.ready, document.last_error
    assert document.path.read_bytes().startswith(b"%PDF-1.")
