"""What staff see of the organisations: today's requests, the list, the story of each."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crm.models import Organization, Request
from crm.organizations import OrganizationDetails, PersonDetails
from crm.timeline import timeline
from crm.workqueue import workqueue
from hosters.models import Hoster, Role, User
from offers.models import Offer
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote
from tests.pages import words
from tests.relations import make_interaction
from tests.writing import make_campaign

SignIn = Callable[[User], Client]


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille)


@pytest.fixture
def staff(alix: User, signed_in: SignIn) -> Client:
    return signed_in(alix)


def ask(offer: Offer, name: str = "Les Amis du lavoir", **organization: str) -> Organization:
    details = OrganizationDetails(name, "1 rue", "69003", organization.pop("town", "Lyon"), **organization)
    person = PersonDetails("Dominique", f"{name.split()[-1].lower()}@example.org", notice="…")
    return make_quote(offer, organization=details, person=person, message=f"Bonjour de {name}").organization


def test_request_waits_on_the_dashboard(staff: Client, marmule: Offer) -> None:
    ask(marmule)
    page = words(staff.get("/gestion/"))
    assert "Les Amis du lavoir" in page and "Bonjour de Les Amis du lavoir" in page


def test_answered_request_leaves_the_dashboard(
    staff: Client, marmule: Offer, artifaille: Hoster, alix: User
) -> None:
    ask(marmule)
    request = Request.objects.get()
    for _ in range(2):  # the second click changes nothing
        answer = staff.post(f"/gestion/demandes/{request.pk}/traitee/", follow=True)
        assert answer.status_code == 200
    request.refresh_from_db()
    assert request.handled_by == alix
    assert workqueue(artifaille, role=Role.ADMIN) == []


def test_empty_dashboard_is_a_page(staff: Client) -> None:
    assert staff.get("/gestion/").status_code == 200


def test_late_invoice_is_a_thing_to_do(marmule: Offer, artifaille: Hoster, at: Callable[[str], None]) -> None:
    at("2026-11-22 12:00+01:00")
    invoice = make_invoice(marmule)
    Request.objects.all().delete()
    assert workqueue(artifaille, role=Role.ADMIN) == []
    at("2026-12-23 12:00+01:00")
    [item] = workqueue(artifaille, role=Role.ADMIN)
    assert invoice.number in f"{item}" and "100,00" in f"{item}"


def test_failed_pdf_is_a_thing_to_do(marmule: Offer, artifaille: Hoster, staff: Client) -> None:
    document = make_quote(marmule).document
    Request.objects.all().delete()
    type(document).objects.update(state="failed", last_error="OSError : disque plein")
    [item] = workqueue(artifaille, role=Role.ADMIN)
    assert item.act == f"/gestion/documents/{document.pk}/refaire/"
    assert staff.post(item.act).status_code == 302
    document.refresh_from_db()
    assert document.state == "queued"


def test_story_of_an_organisation_is_whole(
    marmule: Offer, artifaille: Hoster, staff: Client, alix: User
) -> None:
    """004-030: campaign, exchanges and documents in one story."""
    make_campaign(artifaille, name="Les clubs", code="clubs-2026")
    quote = make_quote(marmule, source="clubs-2026")
    make_interaction(quote.organization, alix)
    make_acceptance(quote)
    titles = " ".join(event.title for event in timeline(quote.organization))
    for said in (
        "Devis D-",
        "émis",
        "accepté",
        "Facture F-",
        "Étape",
        "Devis demandé en ligne",
        "Les clubs",
        "Appel",
    ):
        assert said in titles
    events = timeline(quote.organization)
    assert [event.when for event in events] == sorted((event.when for event in events), reverse=True)
    assert staff.get(quote.organization.get_absolute_url()).status_code == 200


class TestList:
    @pytest.fixture(autouse=True)
    def _three(self, marmule: Offer) -> None:
        ask(marmule, "Les Amis du lavoir", town="Lyon")
        ask(marmule, "Le Comité des fêtes", town="Rouen")
        fanfare = OrganizationDetails("La Fanfare", "1 rue", "75001", "Paris")
        make_acceptance(
            make_quote(marmule, organization=fanfare, person=PersonDetails("Sacha", "sacha@example.org"))
        )

    def names(self, staff: Client, query: str) -> set[str]:
        page = words(staff.get(f"/gestion/organisations/?{query}"))
        return {name for name in ("Les Amis du lavoir", "Le Comité des fêtes", "La Fanfare") if name in page}

    def test_everybody_is_listed(self, staff: Client) -> None:
        assert len(self.names(staff, "")) == 3

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=lavoir", "Les Amis du lavoir"),
            ("q=ROUEN", "Le Comité des fêtes"),
            ("q=fetes@example.org", ""),
            ("stage=client", "La Fanfare"),
            ("stage=client&q=lavoir", ""),
            ("q=%25", ""),
            ("q=_", ""),
        ],
    )
    def test_words_and_stage_choose(self, staff: Client, query: str, found: str) -> None:
        assert self.names(staff, query) == ({found} if found else set())

    @pytest.mark.thorough
    @pytest.mark.parametrize(
        "query",
        [
            "page=-1",
            "page=abc",
            "page=²",
            "page=9999999999999999999999",
            "page=",
            "page=%00",
            "stage=autre",
            "stage=%00",
            "q=%00",
            "q=" + "a" * 5000,
            "q=%ED%A0%80",
            "sort=__class__",
            "order_by=invoices__number",
            "q[]=1",
            "page=1&page=2",
        ],
    )
    def test_silly_address_is_the_list(self, staff: Client, query: str) -> None:
        for path in ("organisations", "devis", "factures", "offres"):
            assert staff.get(f"/gestion/{path}/?{query}").status_code == 200

    @pytest.mark.parametrize("days", ["-1", "abc", "1e9", "30 OR 1=1", "%00", ""])
    def test_silly_period_is_the_usual_one(self, staff: Client, days: str) -> None:
        assert staff.get(f"/gestion/entonnoir/?days={days}").status_code == 200


@pytest.mark.parametrize("path", ["", "organisations/", "devis/", "factures/", "offres/"])
def test_long_list_costs_no_more_queries(path: str, staff: Client, marmule: Offer) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert staff.get(f"/gestion/{path}").status_code == 200
        return len(made)

    def one_more(number: int) -> None:
        make_acceptance(
            make_quote(marmule, organization=OrganizationDetails(f"Asso {number}", "1 rue", "75001", "Paris"))
        )

    one_more(1)
    with_one = queries()
    one_more(2)
    one_more(3)
    assert queries() == with_one


def test_page_of_an_organisation_costs_no_more_with_a_longer_story(staff: Client, marmule: Offer) -> None:
    organization = make_quote(marmule).organization

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert staff.get(organization.get_absolute_url()).status_code == 200
        return len(made)

    with_one = queries()
    make_quote(marmule)
    make_quote(marmule)
    assert queries() == with_one
