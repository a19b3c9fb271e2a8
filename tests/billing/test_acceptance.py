"""Accepting: two pages, one effect, and everything that follows in the same transaction."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core import signing
from django.http import HttpResponse
from django.test import Client

from billing.acceptance import AcceptanceRefused, Mandate, accept_quote, statement_of
from billing.access_links import mint_link
from billing.documents.quote_words import commitment_words
from billing.models import Acceptance, AccessLink, Invoice, Quote, Subscription
from billing.views import accept as accept_view
from crm.models import Stage, StageChange
from hosters.models import Hoster, Mail, User
from offers.models import Offer
from pricing.engine import Selection
from tests.factories import make_acceptance, make_draft, make_file, make_offer, make_quote
from tests.pages import hidden_fields, words

MANDATE = {"name": "Dominique Petit", "role": "Trésorière", "mandated": "on", "purpose": "own"}
At = Callable[[str], None]
SignIn = Callable[[User], Client]


@pytest.fixture
def quote(marmule: Offer) -> Quote:
    quote = make_quote(marmule)
    make_file(quote.document)
    return quote


@pytest.fixture
def url(quote: Quote) -> str:
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return f"/devis/{token}/accepter/"


def review(url: str, **changes: str) -> HttpResponse:
    """The page where everything is read again."""
    return Client().post(url, MANDATE | changes)


def confirm(url: str, **changes: str) -> HttpResponse:
    """Both pages in a row; the page that follows."""
    client = Client()
    return client.post(url, hidden_fields(client.post(url, MANDATE | changes)), follow=True)


def test_first_page_commits_nothing(url: str, quote: Quote) -> None:
    page = words(review(url))
    assert "J’accepte le devis" in page
    assert (
        "engage Les Amis du lavoir à payer 100,00 € TTC pour le premier mois, sans durée minimale ensuite"
        in page
    )
    assert "(430,00 € TTC si nous restons un an)" in page
    assert "Dominique Petit" in page and "Trésorière" in page
    assert Acceptance.objects.count() == 0


def test_second_page_commits(url: str, quote: Quote) -> None:
    page = words(confirm(url))
    assert "Devis accepté par Dominique Petit, Trésorière" in page
    quote.refresh_from_db()
    assert quote.state == Quote.State.ACCEPTED


def test_evidence_is_kept(url: str, quote: Quote) -> None:
    confirm(url)
    proof = Acceptance.objects.get()
    assert (proof.name, proof.role, proof.email) == (
        "Dominique Petit",
        "Trésorière",
        "dominique@lavoir.example",
    )
    assert proof.document_sha256 == quote.document.sha256 != ""
    assert proof.statement == statement_of(quote, purpose="own")


def test_order_number_is_read_again_and_printed_on_the_invoices(url: str) -> None:
    """INV-12, EIN-12: asked before the first invoice, which leaves at once; the fees due that day name it too."""
    page = confirm(url, order_number="BC-2026-7")
    assert page.status_code == 200
    assert {each.order_number for each in Invoice.objects.all()} == {"BC-2026-7"}
    assert Subscription.objects.get().order_number == "BC-2026-7"


def test_organisation_becomes_a_client(url: str, quote: Quote) -> None:
    confirm(url)
    quote.organization.refresh_from_db()
    assert quote.organization.stage == Stage.CLIENT
    assert quote.number in StageChange.objects.get(after=Stage.CLIENT).evidence


def test_subscription_and_first_invoice_start_at_once(url: str, quote: Quote, at: At) -> None:
    at("2026-11-22 12:00+01:00")
    confirm(url)
    subscription = Subscription.objects.get()
    assert (str(subscription.started_on), subscription.term_months) == ("2026-11-22", 1)
    invoice, fees = Invoice.objects.order_by("pk")
    assert (invoice.number, invoice.gross, str(invoice.due_on)) == (
        "F-2026-0001",
        Decimal("80.00"),
        "2026-12-22",
    )
    assert (str(invoice.period_start), str(invoice.period_end)) == ("2026-11-22", "2026-12-21")
    assert invoice.gross + fees.gross == Decimal(quote.totals["first"]["gross"])
    assert [(line.label, line.amount) for line in invoice.lines.all()] == [
        ("Pack de base", Decimal("10.00")),
        ("Personnes", Decimal("10.00")),
        ("Espace", Decimal("10.00")),
        ("Frais de mise en place", Decimal("50.00")),
    ]
    assert [(line.label, line.amount) for line in fees.lines.all()] == [("Adhésion", Decimal("20.00"))]


def test_both_parties_are_written_to(url: str, quote: Quote) -> None:
    confirm(url)
    sent = {mail.kind: mail.to for mail in Mail.objects.exclude(kind__in=["quote_sent", "request_received"])}
    assert sent == {"quote_accepted": "dominique@lavoir.example", "acceptance_received": quote.hoster.email}


def test_confirming_twice_has_one_effect(url: str, quote: Quote) -> None:
    client = Client()
    reviewed = hidden_fields(client.post(url, MANDATE))
    first, second = client.post(url, reviewed), client.post(url, reviewed)
    assert first["Location"] == second["Location"]
    assert Acceptance.objects.count() == Subscription.objects.count() == 1
    assert Invoice.objects.count() == 2  # the sales, and the membership outside VAT
    assert Mail.objects.filter(kind="quote_accepted").count() == 1


def test_somebody_else_is_told_that_it_is_done(url: str, quote: Quote) -> None:
    client = Client()
    reviewed = hidden_fields(client.post(url, MANDATE | {"name": "Sacha"}))
    confirm(url)
    assert "Ce devis a déjà été accepté" in words(client.post(url, reviewed, follow=True))
    assert Acceptance.objects.get().name == "Dominique Petit"


def test_accepted_quote_is_not_offered_again(url: str, quote: Quote) -> None:
    confirm(url)
    assert Client().get(url).status_code == 302
    assert "Accepter le devis…" not in words(Client().get(url, follow=True))


@pytest.mark.parametrize(
    ("said", "kept", "words_kept"),
    [
        (
            {"purpose": "own"},
            "own",
            "déclare acheter pour ses activités d’association, sans but professionnel.",
        ),
        ({"purpose": "business"}, "business", "déclare acheter pour une activité professionnelle."),
    ],
)
def test_purpose_is_declared_by_the_person_who_accepts(
    url: str, quote: Quote, alix: User, signed_in: SignIn, said: dict[str, str], kept: str, words_kept: str
) -> None:
    """CON-01: what is declared, by whom and when; the answer that protects is chosen beforehand."""
    assert Client().get(url).context["form"]["purpose"].value() == "own"
    assert words_kept in words(review(url, **said))
    confirm(url, **said)
    proof = Acceptance.objects.get()
    assert (proof.purpose, proof.name) == (kept, "Dominique Petit") and proof.accepted_at
    assert proof.statement.endswith(f"Les Amis du lavoir {words_kept}")
    assert f"(déclaré par {proof.name})" in words(signed_in(alix).get(quote.get_absolute_url()))


def test_purpose_is_kept_when_the_name_is_corrected(url: str) -> None:
    back = Client().post(url, MANDATE | {"purpose": "business", "change": "1"})
    assert back.context["form"]["purpose"].value() == "business"


def test_purpose_that_does_not_exist_is_refused(url: str) -> None:
    assert "reviewed" not in hidden_fields(review(url, purpose="gratuit"))


@pytest.mark.parametrize("missing", ["name", "role", "purpose", "mandated"])
def test_mandate_needs_all_its_answers(url: str, missing: str) -> None:
    answer = Client().post(url, {name: value for name, value in MANDATE.items() if name != missing})
    told = "Cochez cette case" if missing == "mandated" else "Ce champ est obligatoire"
    assert told in words(answer)
    assert "reviewed" not in hidden_fields(answer)


@pytest.mark.parametrize("typed", ["", "x", "a:b:c", "é", "\0", "W10:1:1", "x" * 100_000])
def test_forged_review_accepts_nothing(url: str, typed: str) -> None:
    answer = Client().post(url, {"reviewed": typed}, follow=True)
    assert "Cette page est restée ouverte trop longtemps" in words(answer)
    assert Acceptance.objects.count() == 0


def test_review_of_another_quote_accepts_nothing(url: str, quote: Quote, marmule: Offer) -> None:
    another = make_quote(marmule)
    forged = signing.dumps([another.pk, "Dominique Petit", "Trésorière"], salt=accept_view.SALT)
    Client().post(url, {"reviewed": forged})
    assert Acceptance.objects.count() == 0


def test_review_lasts_an_hour(url: str, at: At) -> None:
    at("2026-11-22 12:00+01:00")
    client = Client()
    reviewed = hidden_fields(client.post(url, MANDATE))
    at("2026-11-22 13:01+01:00")
    client.post(url, reviewed)
    assert Acceptance.objects.count() == 0


def test_name_can_be_corrected_before_confirming(url: str) -> None:
    page = Client().post(url, {"name": "Dominique Petit", "role": "Trésorière", "change": "1"})
    assert "reviewed" not in hidden_fields(page)
    assert "Dominique Petit" in page.content.decode()
    assert "Il reste à corriger" not in words(page)


def test_quote_can_be_accepted_until_its_last_minute(marmule: Offer, at: At) -> None:
    at("2026-11-22 12:00+01:00")
    quote = make_quote(marmule)
    make_file(quote.document)
    url = f"/devis/{mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)}/accepter/"
    assert str(quote.valid_until) == "2027-01-21"
    at("2027-01-21 23:59:59+01:00")
    confirm(url)
    assert Acceptance.objects.count() == 1


def test_quote_is_refused_the_day_after(marmule: Offer, at: At) -> None:
    at("2026-11-22 12:00+01:00")
    quote = make_quote(marmule)
    make_file(quote.document)
    url = f"/devis/{mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)}/accepter/"
    at("2027-01-21 23:59:59+01:00")
    client = Client()
    reviewed = hidden_fields(client.post(url, MANDATE))
    at("2027-01-22 00:00:01+01:00")  # 21 January still, in UTC
    assert "Ce devis n’est plus valable" in words(client.post(url, reviewed, follow=True))
    assert "Ce devis n’est plus valable" in words(client.get(url, follow=True))
    assert Acceptance.objects.count() == 0


def test_quote_without_its_pdf_is_not_accepted(marmule: Offer) -> None:
    """What is accepted is a file: its SHA-256 is in the evidence."""
    quote = make_quote(marmule)
    url = f"/devis/{mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)}/accepter/"
    assert "en cours de préparation" in words(Client().post(url, MANDATE, follow=True))
    with pytest.raises(AcceptanceRefused):
        accept_quote(quote=quote, mandate=Mandate("D", "T", "d@example.org", ""))
    assert Acceptance.objects.count() == 0


def test_failure_after_numbering_undoes_everything(quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
    """Evidence, subscription, invoice and its number come together or not at all."""

    def fail(**options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("billing.acceptance.queue_mail", fail)
    with pytest.raises(RuntimeError):
        make_acceptance(quote)
    monkeypatch.undo()
    assert Acceptance.objects.count() == Subscription.objects.count() == Invoice.objects.count() == 0
    quote.refresh_from_db()
    assert quote.state == Quote.State.SENT


def test_next_invoice_takes_the_number_given_back(quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**options: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr("billing.acceptance.queue_mail", fail)
        make_acceptance(quote)
    make_acceptance(quote)
    assert Invoice.objects.order_by("pk")[0].number.endswith("-0001")


FLAT = {"metrics": [], "charges": [{"type": "flat", "label": "Pack", "price": "14.00"}]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "14,00 € TTC par mois, sans durée minimale (168,00 € TTC si nous restons un an)."),
        (
            {"setup_fee": "50.00"},
            "64,00 € TTC pour le premier mois, sans durée minimale ensuite (218,00 € TTC si nous restons un an).",
        ),
    ],
)
def test_commitment_by_the_month_is_never_told_as_a_year(
    artifaille: Hoster, changes: dict[str, str], said: str
) -> None:
    """DEV-05, 002-042: what is accepted is what the contract binds to."""
    quote = make_quote(make_offer(artifaille, tariff=FLAT | changes), selection=Selection({}))
    assert statement_of(quote).replace("\u00a0", " ").endswith(f"à payer {said}")


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (
            3,
            "57,00 € TTC pour les 3 premiers mois, sans durée minimale ensuite (228,00 € TTC si nous restons un an).",
        ),
        (12, "228,00 € TTC pour la première année."),
        (24, "456,00 € TTC pour les 24 premiers mois."),
    ],
)
def test_commitment_is_what_is_paid_in_advance(marmule: Offer, term: int, said: str) -> None:
    """DEV-05, 002-042: the longest period paid at once."""
    line = {"cadence": "period", "term_months": term, "unit_price": Decimal(19) * term, "unit": ""}
    quote = make_draft(make_quote(marmule).contact, label="Suivi", **line)
    shown = commitment_words(quote).replace("\u00a0", " ")
    assert shown == said.rstrip(".").replace(" TTC", "" if quote.mention else " TTC")


def test_work_that_is_paid_once_commits_to_no_year(marmule: Offer) -> None:
    assert "année" not in commitment_words(make_draft(make_quote(marmule).contact))
