"""Staff pages that list things: nothing, one row, three rows, always in the same few queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.models import Document
from crm.follow_ups import plan
from crm.models import Request
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, Mail, Role, User
from tests.factories import days_ago, make_invoice, make_offer, make_quote, make_staff
from tests.pages import words

SignIn = Callable[[User], Client]


def associations(hoster: Hoster, number: int) -> list[str]:
    """As many clients, each with a request, a quote, a subscription and an invoice."""
    names = [f"Association {index}" for index in range(number)]
    offer = make_offer(hoster) if names else None
    for name in names:
        person = PersonDetails(
            "Dominique Petit", f"{name[-1]}@lavoir.example", phone="06 12 34 56 78", notice="…"
        )
        details = OrganizationDetails(name, "3 place du Marché", "69003", "Lyon")
        make_invoice(offer, organization=details, person=person, message="Rappelez-nous le mardi.")
    return names


@pytest.mark.parametrize(
    ("page", "rows", "queries"),
    [
        ("dashboard", 0, 8),
        ("dashboard", 1, 8),
        ("dashboard", 3, 8),
        ("organizations", 0, 9),
        ("organizations", 1, 10),
        ("organizations", 3, 10),
        ("quotes", 0, 7),
        ("quotes", 1, 8),
        ("quotes", 3, 8),
        ("invoices", 0, 9),
        ("invoices", 1, 10),
        ("invoices", 3, 10),
        ("offers", 0, 7),
        ("offers", 1, 11),
        ("funnel", 0, 10),
        ("funnel", 3, 10),
        ("market", 0, 9),
        ("market", 1, 10),
        ("costs", 0, 9),
        ("costs", 1, 10),
        ("evidence", 0, 7),
        ("glossary", 0, 9),
        ("personal_data", 0, 12),
        ("personal_data", 3, 12),
        ("imports", 0, 6),
    ],
)
def test_list_shows_its_rows_in_few_queries(
    artifaille: Hoster,
    alix: User,
    signed_in: SignIn,
    django_assert_num_queries: Any,
    page: str,
    rows: int,
    queries: int,
) -> None:
    names = associations(artifaille, rows)
    client = signed_in(alix)
    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"staff:{page}"))
    read = answer.content.decode()
    assert read.count("<h1") == 1
    if page in {"organizations", "quotes", "invoices", "dashboard"}:
        assert [name for name in names if name not in read] == []


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("dashboard", "Votre première offre"),
        ("organizations", "Le panier est vide"),
        ("quotes", "Aucun devis pour l’instant"),
        ("invoices", "Aucune facture pour l’instant"),
        ("offers", "L’atelier est vide"),
        ("funnel", "Personne n’est passé sur cette période"),
    ],
)
def test_empty_list_says_what_will_come(
    artifaille: Hoster, alix: User, signed_in: SignIn, page: str, sentence: str
) -> None:
    assert sentence in words(signed_in(alix).get(reverse(f"staff:{page}")))


def test_dashboard_says_numbers_and_what_is_left_to_receive(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """CARD-012: pipeline, follow-ups due, funnel, quotes that wait for a vote, invoices that wait for their payment."""
    associations(artifaille, 2)
    waiting = make_quote(make_offer(artifaille))
    plan(organization=waiting.organization, what="Rappeler", due_on=timezone.localdate(), owner=alix)
    read = words(signed_in(alix).get(reverse("staff:dashboard")))
    assert "1 chose à faire" in read  # an accepted quote is no longer waited for
    assert "1 Lead 2 Client" in read
    assert "1 en attente d’un vote" in read
    assert "à recevoir, sur 2 factures" in read
    assert "1 relance, les plus chaudes d’abord" in read and "Entonnoir 30 derniers jours" in read


@pytest.mark.parametrize(("role", "buttons"), [(Role.ADMIN, 1), (Role.SALES, 1), (Role.ACCOUNTANT, 0)])
def test_request_is_closed_by_a_post_of_those_who_may(
    artifaille: Hoster, signed_in: SignIn, role: Role, buttons: int
) -> None:
    make_quote(make_offer(artifaille))
    read = signed_in(make_staff(artifaille, role)).get(reverse("staff:dashboard")).content.decode()
    assert read.count("/traitee/") == buttons
    assert ("C’est répondu" in words(read)) == bool(buttons)


def test_failed_pdf_is_tried_again_from_the_queue(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    quote = make_quote(make_offer(artifaille))
    document = quote.document
    Document.objects.filter(pk=document.pk).update(state=Document.State.FAILED, last_error="Plus de place.")
    client = signed_in(alix)
    retry = reverse("staff:retry_document", kwargs={"pk": document.pk})
    # What is not there yet leads to the page that says where it stands.
    waiting = client.get(reverse("staff:document", kwargs={"pk": document.pk}))
    assert waiting.headers["Location"].endswith(quote.get_absolute_url())
    assert retry in client.get(reverse("staff:dashboard")).content.decode()
    client.post(retry)
    assert retry not in client.get(reverse("staff:dashboard")).content.decode()


def test_failed_mail_is_sent_again_from_the_queue(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    make_quote(make_offer(artifaille))
    mail = Mail.objects.filter(kind="quote_sent").get()
    Mail.objects.filter(pk=mail.pk).update(state=Mail.State.FAILED, last_error="Adresse inconnue.")
    client = signed_in(alix)
    retry = reverse("staff:retry_mail", kwargs={"pk": mail.pk})
    assert retry in client.get(reverse("staff:dashboard")).content.decode()
    client.post(retry)
    assert retry not in client.get(reverse("staff:dashboard")).content.decode()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (Mail.State.QUEUED, 0)


def test_organizations_of_another_stage_are_not_shown(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    associations(artifaille, 1)
    client = signed_in(alix)
    assert "Association 0" in words(client.get(reverse("staff:organizations"), {"stage": "client"}))
    assert "Aucune organisation trouvée" in words(
        client.get(reverse("staff:organizations"), {"stage": "contact"})
    )


def test_overdue_invoice_waits_in_the_queue(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    invoice = make_invoice(make_offer(artifaille))
    type(invoice).objects.filter(pk=invoice.pk).update(due_on=days_ago(1).date())
    read = words(signed_in(alix).get(reverse("staff:dashboard")))
    assert f"Facture {invoice.number} : il reste" in read
    assert "Retard de paiement" in read


def test_queue_shows_the_oldest_of_each_kind_and_says_that_there_are_more(
    artifaille: Hoster, alix: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issue 7: a page that would show everything grows with the hoster."""
    monkeypatch.setattr("crm.workqueue.MOST", 2)
    offer = make_offer(artifaille)
    asked = [make_quote(offer).request_key for _each in range(3)]
    answer = signed_in(alix).get(reverse("staff:dashboard"))
    assert "Plus de 2 choses à faire" in words(answer)
    oldest = Request.objects.filter(key__in=asked[:2])
    acts = [reverse("staff:close_request", kwargs={"pk": each.pk}) for each in oldest]
    assert sorted(item.act for item in answer.context["queue"]) == sorted(acts)
