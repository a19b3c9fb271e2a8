"""The main job in a real browser, at two widths, with and without JavaScript: from the first click to the invoice.

With SCREENSHOTS=folder, each page is also written there as a picture (`make screenshots`).
"""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

PICTURES = os.environ.get("SCREENSHOTS", "")
STAFF = ("equipe@artifaille.example", "chat-perche-12")


def look(page: Page, name: str) -> None:
    """No accessibility violation (WCAG 2.1 AA, axe) on this page; and its picture when asked."""
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
    if PICTURES:
        width = page.viewport_size["width"] if page.viewport_size else 0
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)


def follow(page: Page, way: Locator) -> None:
    """Click, and be on the page that it leads to: axe must not look at one that is being left."""
    with page.expect_navigation():
        way.click()


def configure(page: Page, *, scripted: bool) -> None:
    """12 people and 35 GB: the page says 30,00 € a month and why."""
    page.goto("/chez/artifaille/")
    look(page, "vitrine")
    page.get_by_role("link", name="Marmule").first.click()
    page.get_by_label("Personnes avec un compte", exact=True).fill("12")
    page.get_by_label("Espace commun", exact=True).fill("35")
    if not scripted:
        page.get_by_role("button", name="Recalculer").click()
    ticket = page.locator("#prix")
    expect(ticket.locator(".price__amount")).to_have_text("30,00 €")
    for label, amount in (
        ("Première facture", "100,00 €"),
        ("Première année", "430,00 €"),
        ("Années suivantes", "380,00 €"),
    ):
        expect(ticket.get_by_text(label).locator("..")).to_contain_text(amount)
    expect(ticket).to_contain_text("2 lots de 5 personnes × 5,00 €")
    expect(page).to_have_url(re.compile(r"users=12&storage_gb=35"))
    assert page.context.cookies() == []
    look(page, "offre")


@pytest.fixture
def address(request: pytest.FixtureRequest) -> str:
    """The address of a person of this test only: the mailbox of development holds everybody's mails."""
    return f"dominique-{re.sub('[^a-z0-9]+', '-', request.node.name.lower()).strip('-')}@lavoir.example"


def ask(page: Page, address: str) -> None:
    follow(page, page.get_by_role("link", name="Demander ce devis").first)
    look(page, "demande")
    page.get_by_label("Nom de l’association").fill("Les Amis du lavoir")
    page.get_by_label("Rue et numéro").fill("3 place du Marché")
    page.get_by_label("Code postal").fill("69003")
    page.get_by_label("Commune").fill("Lyon")
    page.get_by_label("Votre nom").fill("Dominique Petit")
    page.get_by_label("Votre adresse e-mail").fill(address)
    page.get_by_role("button", name="Recevoir le devis").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"Devis D-\d{4}-\d{4}"))


def wait_for_pdf(page: Page) -> None:
    """The page shows progress, then the PDF; without JavaScript it reloads itself.

    The worker makes the documents of the demonstration first.
    """
    expect(page.get_by_role("link", name="Ouvrir le devis en PDF")).to_be_visible(timeout=300_000)
    path = page.get_by_role("link", name="Ouvrir le devis en PDF").get_attribute("href")
    assert path and page.request.get(path).body().startswith(b"%PDF")
    look(page, "devis")


def mail(page: Page, address: str, subject: str) -> str:
    """The link of the mail to this person with this subject, read in the mailbox of development."""
    for _try in range(240):
        page.goto(f"/chez/artifaille/courriels/?a={address}")
        found = page.locator("article", has_text=re.compile(subject)).first
        if found.count():
            link = re.search(r"https?://\S+", found.inner_text())
            assert link
            return link.group()
        page.wait_for_timeout(500)
    raise AssertionError(f"no mail « {subject} »")


def accept(page: Page, address: str) -> None:
    page.goto(mail(page, address, r"Votre devis D-"))
    follow(page, page.get_by_role("link", name="Accepter le devis"))
    look(page, "accepter")
    page.get_by_label("Votre fonction dans l’association").fill("Présidente")
    page.get_by_label("L’association m’a donné mandat").check()
    follow(page, page.get_by_role("button", name="Relire avant d’accepter"))
    look(page, "relire")
    page.get_by_role("button", name="Accepter le devis (engagement de payer)").click()
    expect(page.get_by_text("Devis accepté par Dominique Petit, Présidente")).to_be_visible()
    look(page, "accepte")


def enter_space(page: Page, address: str) -> None:
    page.goto(mail(page, address, r"Votre facture F-"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for amount in ("80,00 €", "20,00 €"):  # the sales, and the membership on its own document
        expect(page.get_by_text(amount).first).to_be_visible()
    look(page, "espace")


def read_dashboard(page: Page) -> None:
    page.goto("/chez/artifaille/gestion/")
    page.locator("input[name=login]").fill(STAFF[0])
    page.locator("input[name=password]").fill(STAFF[1])
    follow(page, page.locator("main form button[type=submit]").first)
    expect(page.get_by_text("Les Amis du lavoir").first).to_be_visible()
    look(page, "tableau-de-bord")
    for name in ("Organisations", "Devis", "Factures", "Entonnoir", "Offres"):
        page.goto("/chez/artifaille/gestion/")
        menu = page.locator(".staff-menu > summary")
        if menu.is_visible():  # on a phone
            menu.click()
        follow(page, page.locator(f"a:visible:has-text('{name}')").first)
        look(page, f"equipe-{name.lower()}")


def test_journey_works_from_first_click_to_invoice(page: Page, address: str) -> None:
    configure(page, scripted=True)
    ask(page, address)
    wait_for_pdf(page)
    accept(page, address)
    enter_space(page, address)
    read_dashboard(page)


@pytest.mark.without_javascript
def test_journey_works_without_javascript(page: Page, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Axe is a script: on these pages it would never answer.
    monkeypatch.setitem(globals(), "look", lambda page, name: None)
    configure(page, scripted=False)
    ask(page, address)
    wait_for_pdf(page)
    accept(page, address)
    enter_space(page, address)


def test_public_pages_are_accessible(page: Page) -> None:
    for path in (
        "/",
        "/chez/demo/",
        "/chez/demo/offres/",
        "/chez/demo/offres/grenier/",
        "/chez/demo/glossaire/",
        "/chez/artifaille/aide/",
        "/chez/artifaille/aide/?benevoles=15&salaries=2&par_personne=1",
        "/chez/artifaille/aide/?benevoles=&salaries=",
        "/chez/demo/espace/lien/",
    ):
        page.goto(path)
        look(page, "public" + re.sub(r"\W+", "-", path).rstrip("-"))


@pytest.mark.without_javascript
def test_word_explains_itself_without_javascript(page: Page) -> None:
    """002-057: on the page itself, by the keyboard, and it closes again."""
    page.goto("/chez/demo/offres/grenier/")
    note = page.get_by_text("il se loue à l’année")
    expect(note).to_be_hidden()
    page.get_by_role("button", name="nom de domaine").focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
