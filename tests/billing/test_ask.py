"""A visitor asks for a quote: numbered at once, priced by the server, whatever the form says."""

import re
from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from billing.models import Document, Quote
from crm.models import Consent, Contact, Organization, Request
from funnel.choices import sources_of
from funnel.look import Look
from funnel.report import report
from funnel.steps import steps_of
from hosters.models import Hoster, Mail
from offers.models import Offer
from offers.tariffs import publish_tariff
from tests.billing.conftest import ASK, DOMINIQUE
from tests.factories import MARMULE, make_offer
from tests.pages import hidden_fields, words
from tests.sampling import sampled
from tests.worker import Nudges

Ask = Callable[..., HttpResponse]


def test_quote_is_issued_at_once(ask: Ask, time_machine: object) -> None:
    """002-140, 002-144, CARD-011."""
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)  # type: ignore[attr-defined]
    answer = ask()
    quote = Quote.objects.get()
    assert (quote.number, str(quote.issued_on), str(quote.valid_until)) == (
        "D-2026-0001",
        "2026-11-22",
        "2027-01-21",
    )
    assert (quote.period_gross, quote.first_year_gross) == (Decimal("30.00"), Decimal("430.00"))
    assert quote.totals["first"]["gross"] == "100.00"
    assert quote.totals["yearly"]["gross"] == "380.00"
    page = Client().get(answer["Location"])
    assert "Devis D-2026-0001" in words(page)


def test_002_176_origin_is_what_they_say_unless_a_link_says_it(ask: Ask, artifaille: Hoster) -> None:
    """An answer of the form, or the code of the link that was followed; no cookie. The funnel may be read by both."""
    ask(known_by="directory")
    assert Organization.objects.get().source == "directory"
    [day] = {quote.issued_on for quote in Quote.objects.all()}
    look = Look(artifaille, day, day, source="directory")
    assert [row.count for row in report(look, steps_of(["quoted", "sent"]))] == [1, 1]
    assert ("directory", "annuaire public") in sources_of(look)
    ask(via="flyer-salon", known_by="press", organization="Radio Bocage", email="lou@radio.example")
    assert Organization.objects.get(name="Radio Bocage").source == "flyer-salon"
    ask(organization="Les Voisines", email="ana@voisines.example")
    assert Organization.objects.get(name="Les Voisines").source == ""
    page = "/offres/marmule/devis/?users=12&storage_gb=35"
    assert "Comment nous avez-vous connus" in words(asked := Client().get(page))
    assert set(asked.cookies) == {"csrftoken"}  # of the form, and nothing else
    assert "Comment nous avez-vous connus" not in words(Client().get(f"{page}&via=flyer-salon"))


def test_second_quote_has_the_next_number(ask: Ask) -> None:
    ask()
    ask(organization="Les Voisines")
    assert [quote.number[-4:] for quote in Quote.objects.order_by("pk")] == ["0001", "0002"]


def test_pdf_and_mails_are_left_to_the_workers(
    ask: Ask, nudges: Nudges, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        ask()
    assert Document.objects.get().state == Document.State.QUEUED
    assert {mail.kind: mail.to for mail in Mail.objects.all()} == {
        "quote_sent": "dominique@lavoir.example",
        "request_received": Hoster.objects.get().email,
    }
    assert sorted(name.rpartition(".")[2] for name, _pk in nudges) == [
        "render_document_task",
        "send_mail_task",
        "send_mail_task",
    ]


def test_people_and_their_consent_are_recorded(ask: Ask) -> None:
    ask(message="Pouvez-vous nous appeler ?", phone="06 00 00 00 00", rna="W691234567", siren="732 829 320")
    organization = Organization.objects.get()
    assert (organization.name, organization.town) == ("Les Amis du lavoir", "Lyon")
    assert (organization.rna, organization.siren) == ("W691234567", "732829320")
    assert Contact.objects.get().email == "dominique@lavoir.example"
    assert "Elles sont effacées trois ans après" in Consent.objects.get().text
    assert Request.objects.get().message == "Pouvez-vous nous appeler ?"


def test_same_form_sent_twice_is_one_quote(ask: Ask) -> None:
    key = str(uuid4())
    first, second = ask(key=key), ask(key=key)
    assert first.status_code == second.status_code == 302
    assert Quote.objects.count() == Organization.objects.count() == Request.objects.count() == 1
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"organization": "Une autre"},
        {"email": "autre@example.org"},
        {"street": "4 place du Marché"},
        {"name": "Une autre"},
    ],
    ids=str,
)
def test_same_key_for_somebody_else_is_refused(ask: Ask, changes: dict[str, str]) -> None:
    key = str(uuid4())
    ask(key=key)
    answer = ask(key=key, **changes)
    assert "Ce formulaire a déjà été envoyé" in words(answer)
    assert Quote.objects.count() == 1
    again = Client().post(ASK, DOMINIQUE | hidden_fields(answer) | changes)
    assert again.status_code == 302
    assert Quote.objects.count() == 2


def test_same_key_for_another_configuration_is_refused(ask: Ask) -> None:
    key = str(uuid4())
    ask(key=key)
    answer = ask(key=key, url="/offres/marmule/devis/?users=50&storage_gb=35")
    assert "Ce formulaire a déjà été envoyé" in words(answer)
    assert Quote.objects.count() == 1


def test_key_used_at_another_hoster_tells_nothing(ask: Ask, other: Hoster) -> None:
    make_offer(other, slug="marmule")
    key = str(uuid4())
    prefix = "/chez/artifaille"
    assert ask(key=key, url=prefix + ASK).status_code == 302
    answer = ask(key=key, url="/chez/gouttiere" + ASK)
    assert answer.status_code == 200
    assert "D-20" not in words(answer)
    assert Quote.objects.count() == 1


PRICES = {
    "price": "0.01",
    "total": "1",
    "period_gross": "1",
    "first_year_gross": "1",
    "amount": "0",
    "discount": "100",
    "vat": "0",
    "vat_rate": "0",
    "currency": "USD",
    "hoster": "2",
    "number": "D-2026-0000",
    "state": "accepted",
    "segment": "company",
    "users": "1",
    "storage_gb": "1",
    "engagement": "24",
    "is_staff": "1",
    "issued_on": "2020-01-01",
    "valid_until": "2099-01-01",
    "tariff_version": "1",
}


@pytest.mark.parametrize("field", sampled([*PRICES, "all of them"], 6))
def test_price_never_comes_from_the_form(ask: Ask, field: str) -> None:
    ask(**({field: PRICES[field]} if field in PRICES else PRICES))
    quote = Quote.objects.get()
    assert (quote.period_gross, quote.first_year_gross, quote.state) == (
        Decimal("30.00"),
        Decimal("430.00"),
        "sent",
    )
    assert quote.selection["quantities"] == {"users": "12", "storage_gb": "35"}
    assert quote.number.endswith("0001")


def test_price_that_was_not_seen_is_shown_first(ask: Ask, marmule: Offer) -> None:
    """The tariff changed while the form was open: never silently another price."""
    client = Client()
    page = client.get(ASK)
    publish_tariff(offer=marmule, definition=MARMULE | {"setup_fee": "60.00"})
    answer = client.post(ASK, DOMINIQUE | hidden_fields(page))
    assert "Le prix a changé" in words(answer)
    assert "440,00 €" in words(answer)
    assert Quote.objects.count() == 0
    assert client.post(ASK, DOMINIQUE | hidden_fields(answer)).status_code == 302
    assert Quote.objects.get().first_year_gross == Decimal("440.00")


def test_price_beyond_the_tiers_is_made_by_a_person(artifaille: Hoster) -> None:
    make_offer(
        artifaille,
        slug="marmule",
        tariff=MARMULE | {"limits": [{"metric": "users", "maximum": "50", "outcome": "on_quote"}]},
    )
    client = Client()
    url = "/offres/marmule/devis/?users=80&storage_gb=35"
    answer = client.post(url, DOMINIQUE | hidden_fields(client.get(url)))
    assert answer["Location"] == "/demande-recue/"
    assert Quote.objects.count() == 0
    assert Request.objects.get().kind == Request.Kind.ON_QUOTE
    assert [mail.kind for mail in Mail.objects.all()] == ["pricing_asked"]


@pytest.mark.parametrize(
    ("changes", "requests"),
    [({}, 1), ({"message": "Et pour 2027 ?"}, 2), ({"email": "autre@example.org"}, 2)],
    ids=str,
)
def test_request_sent_again_is_another_when_it_says_something_else(
    ask: Ask, changes: dict[str, str], requests: int
) -> None:
    """Back in the browser, corrected, sent again: « thank you » would be a lie if nothing was recorded."""
    url = "/offres/marmule/devis/?users=999999999&storage_gb=35"
    key = str(uuid4())
    ask(url=url, key=key)
    answer = ask(url=url, key=key, **changes)
    if answer.status_code == 200:
        assert "Ce formulaire a déjà été envoyé" in words(answer)
        Client().post(url, DOMINIQUE | hidden_fields(answer) | changes)
    assert Request.objects.count() == requests


def test_billion_people_are_answered_by_a_person(ask: Ask) -> None:
    """Twelve billion euros fit no document: nothing is lost, nothing is promised."""
    answer = ask(url="/offres/marmule/devis/?users=999999999&storage_gb=35")
    assert answer["Location"] == "/demande-recue/"
    assert Quote.objects.count() == 0
    assert Request.objects.count() == 1


LONG = "a" * 1_000_000
WRONG = [
    ("organization", "", "Ce champ est obligatoire."),
    ("organization", LONG, "120"),
    ("organization", "Les Amis\0", "nul"),
    ("street", "", "Ce champ est obligatoire."),
    ("postcode", "!", "Écrivez un code postal, par exemple 69003."),
    ("postcode", "٦٩٠٠٣", "Écrivez un code postal, par exemple 69003."),
    ("country", "XX", "XX"),
    ("rna", "691234567", "Ce numéro RNA n’est pas valable"),
    ("rna", "W٦91234567", "Ce numéro RNA n’est pas valable"),
    ("siren", "123456789", "Ce SIREN n’est pas valable"),
    ("siren", "²", "Ce SIREN n’est pas valable"),
    ("siren", LONG, "14"),
    ("email", "dominique", "adresse"),
    ("email", "a@b.example\nBcc: c@d.example", "adresse"),
    ("email", f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.example", "254"),
    ("name", "", "Ce champ est obligatoire."),
    ("message", LONG, "2000"),
    ("key", "pas-une-cle", "UUID"),
    ("seen", LONG, "40"),
]


@pytest.mark.parametrize(("field", "typed", "said"), WRONG, ids=lambda value: ascii(value)[:24])
def test_wrong_answer_gets_a_message(ask: Ask, field: str, typed: str, said: str) -> None:
    answer = ask(**{field: typed})
    assert answer.status_code == 200
    assert said in words(answer).replace("\u202f", "")
    assert Quote.objects.count() == Organization.objects.count() == 0


def test_what_was_typed_comes_back_with_the_message(ask: Ask) -> None:
    page = ask(siren="1", message="Merci <b>beaucoup</b>").content.decode()
    assert "Les Amis du lavoir" in page
    assert "Merci &lt;b&gt;beaucoup&lt;/b&gt;" in page


STRANGE = [
    "Amis\r\nBcc: pirate@example.org",
    "Amis\u202e\u0000"[:5] + "\u202e",
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "{{ settings.SECRET_KEY }}",
    "%(password)s",
    "'; DROP TABLE quote; --",
    "🐈" * 60,
    "ﷺ",
    "e\u0301" * 60,
    "\\x00",
    "amis\ufffd",
]


@pytest.mark.parametrize("typed", sampled(STRANGE, 6), ids=ascii)
def test_strange_name_is_only_a_name(ask: Ask, typed: str) -> None:
    answer = ask(
        organization=typed, name=typed[:80], role=typed[:80], message=typed, street=typed, town=typed[:80]
    )
    assert answer.status_code == 302
    page = Client().get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    kept = re.sub(r"[\r\n]+", " ", typed).replace("\u202e", "")
    assert Organization.objects.get().name == kept.strip()


def test_half_a_character_is_replaced(ask: Ask) -> None:
    """A lone surrogate is no character: bytes that are not UTF-8 never reach the database."""
    client = Client()
    page = client.get(ASK)
    fields = DOMINIQUE | hidden_fields(page)
    body = "&".join(f"{name}={value}" for name, value in fields.items() if name != "organization")
    answer = client.post(
        ASK,
        body.replace(" ", "+") + "&organization=Amis%ED%A0%80%FF",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code in {200, 302}
    assert all(re.match(r"Amis\ufffd+$", organization.name) for organization in Organization.objects.all())


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "x" * 300],
)
def test_form_of_a_strange_kind_is_refused(marmule: Offer, content_type: str) -> None:
    answer = Client().generic("POST", ASK, b'{"organization": "Amis"}', content_type=content_type)
    assert answer.status_code in {200, 400}
    assert Quote.objects.count() == 0


def test_known_person_is_found_again(ask: Ask) -> None:
    ask()
    ask(email="Dominique@Lavoir.example")
    assert (Organization.objects.count(), Contact.objects.count(), Quote.objects.count()) == (1, 1, 2)


def test_address_of_somebody_known_tells_nothing_of_them(ask: Ask) -> None:
    """Whoever types it reads the quote at once: it says what they typed, not what we know."""
    ask(name="Dominique Petit", phone="06 11 22 33 44")
    ask(name="Curieuse", phone="")
    known, curious = Quote.objects.order_by("pk")
    assert (known.buyer["person"], known.buyer["phone"]) == ("Dominique Petit", "06 11 22 33 44")
    assert (curious.buyer["person"], curious.buyer["phone"]) == ("Curieuse", "")
    assert curious.contact == known.contact


@pytest.mark.parametrize("field", ["organization", "street", "town", "name", "role"])
def test_line_stays_on_one_line(ask: Ask, field: str) -> None:
    """A line break would forge a paragraph of our mails; a turned reading order, another text."""
    ask(**{field: "Un\r\n\u2028deux \u202etrois"})
    assert "Un deux trois" in {
        *Organization.objects.values_list("name", "street", "town").get(),
        *Contact.objects.values_list("name", "role", "phone").get(),
    }


def test_siren_of_somebody_else_opens_nothing(ask: Ask) -> None:
    """A form proves nothing: the links go to the address already known, or to a new organisation."""
    ask(siren="732829320")
    ask(siren="732829320", email="pirate@example.org")
    assert Organization.objects.count() == 2
    assert {mail.to for mail in Mail.objects.filter(kind="quote_sent")} == {
        "dominique@lavoir.example",
        "pirate@example.org",
    }
