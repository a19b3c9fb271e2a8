"""What mails say, in plain text and in simple HTML: each kind, and what a name with signs becomes in both."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMultiAlternatives

from billing.invoicing.deposits import issue_deposit
from billing.models import Invoice, Quote
from crm.organizations import OrganizationDetails
from hosters.mail import queue_mail, send
from hosters.models import Hoster, User
from tests.factories import make_acceptance, make_file, make_offer, make_quote

ODD = "Chats & <b>Cie</b>"


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    """Accepted, by an association whose name has signs of HTML; its invoice has its file."""
    details = OrganizationDetails(ODD, "3 place du Marché", "69003", "Lyon")
    quote = make_quote(make_offer(artifaille), organization=details)
    make_acceptance(quote)
    for each in Invoice.objects.filter(subscription__quote=quote):
        make_file(each.document)
    return Quote.objects.get(pk=quote.pk)


def sent(hoster: Hoster, kind: str, reference: Any) -> EmailMultiAlternatives:
    send(queue_mail(hoster=hoster, kind=kind, to="dominique@lavoir.example", reference=reference))
    message = outbox.outbox[-1]
    assert isinstance(message, EmailMultiAlternatives)
    return message


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("quote_sent", "Rien n’est engagé avant que vous l’ayez accepté."),
        ("quote_accepted", "Ce message en est l’accusé de réception"),
        ("request_received", "Un appel sous deux jours"),
        ("acceptance_received", "L’abonnement est ouvert"),
    ],
)
def test_mail_about_a_quote(quote: Quote, kind: str, sentence: str) -> None:
    message = sent(quote.hoster, kind, quote.pk)
    assert sentence in message.body
    assert ODD in message.body
    html = str(message.alternatives[0][0])
    assert "&lt;b&gt;Cie&lt;/b&gt;" in html
    assert "<b>Cie" not in html
    assert "&amp;amp;" not in html


def test_mail_of_an_invoice_says_how_to_pay(quote: Quote) -> None:
    invoice = Invoice.objects.get(subscription__quote=quote, fees=False)
    message = sent(quote.hoster, "invoice_issued", invoice.pk)
    assert "compte FR76 3000 6000 0112 3456 7890 189 au nom d" in message.body
    assert f"la référence {invoice.number}" in message.body
    assert "80,00\u00a0€" in message.body


def test_mail_of_a_deposit_calls_it_so(artifaille: Hoster, alix: User) -> None:
    """DEV-07: a sum paid beforehand is an « acompte », in so many words."""
    quote = make_quote(make_offer(artifaille))
    invoice = issue_deposit(quote=quote, gross=Decimal(100), by=alix, key=uuid4())
    make_file(invoice.document)
    message = sent(artifaille, "invoice_issued", invoice.pk)
    assert message.subject == f"Votre facture d’acompte {invoice.number}"
    assert f"La facture d’acompte {invoice.number}, adressée à" in message.body


@pytest.mark.parametrize("part", ["text", "html"])
def test_mail_has_one_link_and_says_who_writes(quote: Quote, part: str) -> None:
    message = sent(quote.hoster, "space_link", quote.contact_id)
    shown = message.body if part == "text" else str(message.alternatives[0][0])
    assert len(set(re.findall(r"https?://[^\s\"<]+", shown))) == 1
    assert quote.hoster.name in shown
    assert quote.hoster.email in shown
    assert quote.hoster.town in shown


def test_html_part_has_no_image_style_or_tracking(quote: Quote) -> None:
    html = str(sent(quote.hoster, "quote_sent", quote.pk).alternatives[0][0])
    assert '<html lang="fr">' in html
    assert not re.search(r"<(img|style|script|link)\b|style=", html)
