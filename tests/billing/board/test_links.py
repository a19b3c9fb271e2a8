"""Links that only read, made for the members: shown once, hashed, listed, cut, mailed within a limit (ASS-03)."""

import re
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.access_links import digest, mint_link
from billing.board.links import MOST_LINKS, MOST_MAILS
from billing.models import AccessLink, BoardLink, BoardSummary, Quote
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.quoting.versions import revise_quote
from hosters.mail import send
from hosters.models import Mail
from offers.models import Offer
from tests.factories import make_acceptance, make_quote
from tests.pages import words

LINK = re.compile(r"/devis/([\w-]{43})/")


def make(client: Client, decide: str) -> str:
    """The token of a new link, as the page shows it."""
    page = client.post(decide + "ca/liens/", {"key": str(uuid4())})
    assert page.status_code == 200
    found = re.search(r'readonly value="[^"]*/devis/([\w-]{43})/"', page.content.decode())
    assert found
    return found[1]


def test_link_is_shown_once_with_a_message_and_kept_as_a_digest(
    client: Client, quote: Quote, decide: str
) -> None:
    token = make(client, decide)
    link = BoardLink.objects.get().access_link
    assert link and link.purpose == AccessLink.Purpose.READ_QUOTE
    assert link.digest == digest(token)
    again = client.get(decide + "ca/liens/")
    assert token not in again.content.decode()
    assert "22 nov. 2026" in words(again)


def test_form_sent_twice_makes_one_link(client: Client, quote: Quote, decide: str) -> None:
    key = str(uuid4())
    assert client.post(decide + "ca/liens/", {"key": key}).status_code == 200
    answer = client.post(decide + "ca/liens/", {"key": key}, follow=True)
    assert "déjà été montré" in words(answer)
    assert BoardLink.objects.count() == 1


def test_reader_sees_validity_price_and_summary_but_no_act(client: Client, quote: Quote, decide: str) -> None:
    page = client.get(f"/devis/{make(client, decide)}/")
    shown = words(page)
    assert "Valable jusqu’au 21 janvier 2027 inclus" in shown
    assert "30,00 €" in shown
    assert "Lire la synthèse" in shown
    assert "accepter/" not in page.content.decode()
    assert "<form" not in page.content.decode()


def test_reader_opens_no_page_of_the_person_who_decides(client: Client, read: str) -> None:
    for page in ("", "liens/", "reunion/", "decision/", "vote/"):
        assert client.get(f"{read}ca/{page}").status_code == 404
        assert client.post(f"{read}ca/{page}").status_code in {404, 405}
    for act in ("prolongation/", "synthese/completer/"):
        assert client.post(f"{read}ca/{act}").status_code == 404
    assert client.get(f"{read}ca/synthese/").status_code == 200


def test_cut_link_opens_nothing(client: Client, quote: Quote, decide: str) -> None:
    token = make(client, decide)
    client.post(f"{decide}ca/liens/{BoardLink.objects.get().pk}/couper/")
    assert client.get(f"/devis/{token}/").status_code == 404
    assert client.get(f"/devis/{token}/ca/synthese/").status_code == 404
    assert "coupé" in words(client.get(decide + "ca/liens/"))


def test_link_of_another_quote_cannot_be_cut(
    client: Client, quote: Quote, decide: str, marmule: Offer
) -> None:
    from tests.factories import make_quote

    other = make_quote(marmule)
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=other.contact, quote=other)
    make(client, f"/devis/{token}/")
    theirs = BoardLink.objects.get()
    assert client.post(f"{decide}ca/liens/{theirs.pk}/couper/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.revoked_at is None


def test_links_leave_by_mail_each_one_its_own(client: Client, quote: Quote, decide: str) -> None:
    people = "Sacha Roux <sacha@lavoir.example>\nnour@lavoir.example, nour@lavoir.example"
    client.post(decide + "ca/liens/", {"addresses": people})
    rows = Mail.objects.filter(kind="board_link").order_by("to")
    assert [row.to for row in rows] == ["nour@lavoir.example", "sacha@lavoir.example"]
    for row in rows:
        send(row)
        send(row)  # at least once: the second one replaces the first, which opens nothing
    tokens = [LINK.search(str(message.body))[1] for message in outbox.outbox]  # type: ignore[index]
    answers = [client.get(f"/devis/{token}/").status_code for token in tokens]
    assert answers == [404, 200, 404, 200]
    client.post(decide + "ca/liens/", {"addresses": people})
    assert Mail.objects.filter(kind="board_link").count() == 2


def test_more_mails_than_the_limit_do_not_leave(client: Client, quote: Quote, decide: str) -> None:
    def addresses(start: int, count: int) -> str:
        return "\n".join(f"membre{number}@lavoir.example" for number in range(start, start + count))

    client.post(decide + "ca/liens/", {"addresses": addresses(0, MOST_MAILS - 1)})
    assert BoardLink.objects.count() == MOST_MAILS - 1
    answer = client.post(decide + "ca/liens/", {"addresses": addresses(100, 2)}, follow=True)
    assert "copiez plutôt le lien" in words(answer)
    assert BoardLink.objects.count() == MOST_MAILS - 1
    assert "Au plus 40 adresses" in words(
        client.post(decide + "ca/liens/", {"addresses": addresses(0, MOST_MAILS + 1)})
    )


def test_new_version_gives_no_new_mails_nor_links(client: Client, quote: Quote, decide: str) -> None:
    """A choice of options makes a version in a click: it is the same quote, with the same limits."""
    people = "\n".join(f"membre{number}@lavoir.example" for number in range(MOST_MAILS))
    client.post(decide + "ca/liens/", {"addresses": people})
    for _each in range(MOST_LINKS):
        make(client, decide)
    send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
    client.post(decide + "ca/liens/", {"addresses": "voisine@lavoir.example"})
    assert Mail.objects.filter(kind="board_link").count() == MOST_MAILS
    answer = client.post(decide + "ca/liens/", {"key": str(uuid4())}, follow=True)
    assert "a déjà 20 liens" in words(answer)


@pytest.mark.parametrize(
    "typed", ["", "sacha", "sacha@lavoir", "<script>@x.example", "a b@c.example", "x@y.example\r\nBcc: z"]
)
def test_wrong_address_is_named(client: Client, quote: Quote, decide: str, typed: str) -> None:
    answer = client.post(decide + "ca/liens/", {"addresses": typed})
    assert answer.status_code == 200
    assert "<script>@" not in answer.content.decode()
    assert not Mail.objects.filter(kind="board_link").exists()


def test_mail_of_a_cut_link_or_a_decided_quote_does_not_leave(
    client: Client, quote: Quote, decide: str
) -> None:
    client.post(decide + "ca/liens/", {"addresses": "a@lavoir.example b@lavoir.example".replace(" ", "\n")})
    first, second = Mail.objects.filter(kind="board_link")
    client.post(f"{decide}ca/liens/{first.reference}/couper/")
    send(first)
    make_acceptance(quote)
    send(second)
    assert not [message for message in outbox.outbox if "à lire avant" in message.subject]


def test_first_link_has_the_summary_printed(client: Client, quote: Quote, decide: str) -> None:
    make(client, decide)
    make(client, decide)
    assert BoardSummary.objects.get().document.name == f"synthese-{quote.number}.pdf"


def test_link_that_follows_a_new_version_is_listed_and_cut_there(
    client: Client, quote: Quote, decide: str, marmule: Offer
) -> None:
    token = make(client, decide)
    newer = make_quote(marmule)
    AccessLink.objects.filter(quote=quote).update(quote=newer)
    assert "ouvert" in words(client.get(decide + "ca/liens/"))
    client.post(f"{decide}ca/liens/{BoardLink.objects.get().pk}/couper/")
    assert client.get(f"/devis/{token}/").status_code == 404


def test_accepted_quote_gives_no_new_link(client: Client, quote: Quote, decide: str) -> None:
    make_acceptance(quote)
    answer = client.post(decide + "ca/liens/", {"key": str(uuid4())}, follow=True)
    assert "n’attend plus de décision" in words(answer)
    assert not BoardLink.objects.exists()
