"""Issue 7: no page of the team asks the database more because there are more rows, nor more than twelve times."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from billing.models import Document, Invoice, Quote, Subscription
from billing.subscriptions.terminations import Notice, receive_termination
from crm.models import FollowUp, Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, User
from offers.models import Offer
from tests.factories import days_ago, make_invoice, make_offer, make_quote
from tests.routes import routes_of

SignIn = Callable[[User], Client]
MOST = 12


def trouble(offer: Offer, number: int) -> None:
    """As many associations, each with something of everything that the team must do."""
    for each in range(number):
        name = f"{offer.slug} {each}"
        person = PersonDetails("Dominique Petit", f"a{each}@{offer.slug}.example", notice="…")
        details = OrganizationDetails(f"Association {name}", "3 place du Marché", "69003", "Lyon")
        invoice = make_invoice(offer, organization=details, person=person, message="Rappelez-nous le mardi.")
        make_quote(offer, organization=details, person=person)
        FollowUp.objects.create(
            hoster=offer.hoster, organization=invoice.organization, what="Rappeler", due_on=days_ago(1).date()
        )
        assert invoice.quote
        notice = Notice(details.name, person.email, invoice.quote.number, None, "", uuid4())
        receive_termination(hoster=offer.hoster, notice=notice)
    late = timezone.localdate() - timedelta(days=3)
    Invoice.objects.update(due_on=late)
    Subscription.objects.update(next_invoice_on=late)
    Document.objects.update(state=Document.State.FAILED, last_error="Plus de place.")


def asked(client: Client, pages: list[str]) -> dict[str, int]:
    """How many queries each page asks, of those that are pages."""
    numbers = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            numbers[page] = len(queries)
    return numbers


@pytest.mark.thorough
def test_every_page_asks_few_questions_however_many_rows(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client = signed_in(alix)
    routes = [each for each in routes_of("config.urls") if each.name.startswith("staff:")]
    pages = [reverse(each.name) for each in routes if not each.arguments]
    with scope(hoster=artifaille):
        trouble(make_offer(artifaille), 1)
        rows = (
            Organization.objects.all(),
            Quote.objects.issued(),
            Invoice.objects.all(),
            Subscription.objects.all(),
        )
        pages += [each.get_absolute_url() for each in chain(*rows)]
        asked(client, pages)  # what is drawn once for all is drawn
        few = asked(client, pages)
        trouble(make_offer(artifaille), 3)
    many = asked(client, pages)
    assert {page: (few[page], number) for page, number in many.items() if number > few[page]} == {}
    assert {page: number for page, number in many.items() if number > MOST} == {}
    assert len(many) > 60
