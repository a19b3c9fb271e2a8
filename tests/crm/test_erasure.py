"""A person asks what we know, then to be forgotten: documents stay, the address is never used again (GDPR-06)."""

import json
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from billing.models import Acceptance, AccessLink, Invoice, Quote, Subscription
from crm.erasure import Held, erase_person
from crm.models import Contact, Erasure, Organization, Request, Suppression
from crm.organizations import PersonDetails
from crm.person_export import export_person
from crm.suppression import is_suppressed, lift, suppress
from hosters.models import Hoster, Mail, Role, User
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote, make_staff
from tests.pages import words

SignIn = Callable[[User], Client]
CANARY = "Zozime"
ADDRESS = "zozime@lavoir.example"
PERSON = PersonDetails(CANARY, ADDRESS, phone="06 12 34 56 78", role="Trésorière", notice="…")


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    return make_quote(make_offer(artifaille), person=PERSON, message=f"Bonjour de {CANARY}")


def everything() -> str:
    """Every row of our tables, as text."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in {"hosters", "crm", "billing", "funnel"}:
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
                rows += [(model._meta.label, row) for row in cursor.fetchall()]
    return "\n".join(f"{label} {row}" for label, row in rows)


def test_erased_person_is_found_in_issued_documents_only(quote: Quote) -> None:
    frozen = Quote.objects.values().get()
    erase_person(contact=quote.contact, cause=Erasure.Cause.ASKED)
    left = [line for line in everything().splitlines() if CANARY.lower() in line.lower()]
    assert {line.split()[0] for line in left} <= {"billing.Quote", "billing.QuoteEvent"}
    assert Quote.objects.values().get() == frozen
    card = Contact.objects.get()
    assert (card.name, card.phone, card.role) == ("Personne effacée", "", "")
    assert card.email.endswith(".invalid") and card.erased_at
    assert not Mail.objects.filter(to=ADDRESS).exists()
    assert not AccessLink.objects.exists()


def test_invoices_do_not_change_when_a_former_client_is_erased(artifaille: Hoster) -> None:
    """GDPR-06: the law keeps them ten years (RET-01)."""
    invoice = make_invoice(make_offer(artifaille), person=PERSON)
    Subscription.objects.update(ended_on="2026-01-31")
    before = [list(model.objects.order_by("pk").values()) for model in (Invoice, Acceptance, Quote)]
    erase_person(contact=invoice.subscription.quote.contact, cause=Erasure.Cause.ASKED)
    assert [list(model.objects.order_by("pk").values()) for model in (Invoice, Acceptance, Quote)] == before


def test_person_of_a_running_contract_is_kept_with_the_reason(artifaille: Hoster) -> None:
    invoice = make_invoice(make_offer(artifaille), person=PERSON)
    with pytest.raises(Held, match="contrat en cours"):
        erase_person(contact=invoice.subscription.quote.contact, cause=Erasure.Cause.ASKED)
    assert Contact.objects.get().email == ADDRESS
    assert not Suppression.objects.exists()


def test_every_card_of_the_address_is_emptied(quote: Quote) -> None:
    elsewhere = Organization.objects.create(hoster=quote.hoster, name="La Fanfare", street="1 rue")
    Contact.objects.create(organization=elsewhere, name=CANARY, email=ADDRESS.upper())
    kept = Contact.objects.create(organization=elsewhere, name="Sacha", email="sacha@example.org")
    erasure = erase_person(contact=quote.contact, cause=Erasure.Cause.ASKED)
    assert erasure.cards == 2
    kept.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (kept.name, elsewhere.street) == ("Sacha", "1 rue")
    quote.organization.refresh_from_db()
    assert quote.organization.street == ""


def test_other_people_keep_everything(artifaille: Hoster, quote: Quote) -> None:
    other = make_quote(
        make_offer(artifaille), message="Bonjour", person=PersonDetails("Sacha", "s@example.org")
    )
    erase_person(contact=quote.contact, cause=Erasure.Cause.ASKED)
    other.contact.refresh_from_db()
    assert other.contact.email == "s@example.org"
    assert Request.objects.get(contact=other.contact).message == "Bonjour"


class TestSuppression:
    def test_list_survives_erasure_without_the_address(self, quote: Quote) -> None:
        """GDPR-05: hashed, it still blocks."""
        erase_person(contact=quote.contact, cause=Erasure.Cause.ASKED)
        assert is_suppressed(quote.hoster, " Zozime@Lavoir.example ")
        assert "zozime" not in Suppression.objects.get().digest

    def test_list_belongs_to_one_hoster(self, artifaille: Hoster, other: Hoster) -> None:
        suppress(hoster=artifaille, address=ADDRESS, cause=Suppression.Cause.OPPOSED)
        assert not is_suppressed(other, ADDRESS)

    def test_same_address_twice_is_one_row_and_may_be_lifted(self, artifaille: Hoster) -> None:
        for spelling in (ADDRESS, ADDRESS.upper()):
            suppress(hoster=artifaille, address=spelling, cause=Suppression.Cause.OPPOSED)
        assert Suppression.objects.count() == 1
        lift(hoster=artifaille, address=ADDRESS)
        assert not is_suppressed(artifaille, ADDRESS)

    def test_former_key_still_reads_the_list(self, artifaille: Hoster, settings: object) -> None:
        suppress(hoster=artifaille, address=ADDRESS, cause=Suppression.Cause.OPPOSED)
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "une autre clé"
        assert is_suppressed(artifaille, ADDRESS)


class TestScreens:
    def test_export_holds_what_every_app_has(self, artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
        """GDPR-06, articles 15 and 20."""
        invoice = make_invoice(make_offer(artifaille), person=PERSON, message="Bonjour")
        contact = invoice.subscription.quote.contact
        answer = signed_in(alix).get(f"/gestion/personnes/{contact.pk}/exporter/")
        read = json.loads(answer.content)
        assert read["coordonnees"][0]["adresse_electronique"] == ADDRESS
        assert read["demandes"][0]["message"] == "Bonjour"
        assert read["factures"][0]["numero"] == invoice.number
        assert read["accords_donnes"][0]["nom"] == "Dominique Petit"
        assert read["bases_de_contact"][0]["texte_lu"] == "…"
        assert "attachment" in answer["Content-Disposition"]

    def test_export_says_nothing_of_others(self, artifaille: Hoster, quote: Quote) -> None:
        make_quote(
            make_offer(artifaille), person=PersonDetails("Sacha", "sacha@example.org"), message="SECRET"
        )
        told = json.dumps(export_person(quote.contact))
        assert "SECRET" not in told and "sacha" not in told.lower()

    def test_person_is_found_shown_and_erased(self, quote: Quote, alix: User, signed_in: SignIn) -> None:
        staff = signed_in(alix)
        page = f"/gestion/personnes/{quote.contact_id}/"
        assert page in staff.get("/gestion/donnees-personnelles/", {"address": ADDRESS}).content.decode()
        assert "06 12 34 56 78" in words(staff.get(page))
        assert "C’est définitif" in words(staff.get(f"{page}effacer/"))
        done = staff.post(f"{page}effacer/", follow=True)
        assert "Cette personne est effacée" in words(done)
        assert "à la demande de la personne" in words(done)
        assert staff.get(page).status_code == 404
        assert CANARY not in words(staff.get(quote.organization.get_absolute_url()))

    def test_person_of_a_contract_is_told_before_and_refused(
        self, artifaille: Hoster, alix: User, signed_in: SignIn
    ) -> None:
        contact = make_invoice(make_offer(artifaille), person=PERSON).subscription.quote.contact
        page = f"/gestion/personnes/{contact.pk}/effacer/"
        staff = signed_in(alix)
        asked = staff.get(page)
        assert "contrat en cours" in words(asked) and "Effacer définitivement" not in words(asked)
        assert "contrat en cours" in words(staff.post(page, follow=True))
        assert Contact.objects.get().email == ADDRESS

    def test_only_administrators_erase(self, quote: Quote, artifaille: Hoster, signed_in: SignIn) -> None:
        staff = signed_in(make_staff(artifaille, Role.SALES))
        assert staff.post(f"/gestion/personnes/{quote.contact_id}/effacer/").status_code == 403
        assert "Effacer cette personne" not in words(staff.get(f"/gestion/personnes/{quote.contact_id}/"))

    def test_open_space_closes_when_the_person_is_erased(self, quote: Quote) -> None:
        make_acceptance(quote)
        browser = Client()
        from billing.access_links import mint_link

        token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=quote.contact)
        assert browser.get(f"/espace/lien/{token}/").status_code == 302
        assert browser.get("/espace/").status_code == 200
        Subscription.objects.update(ended_on="2026-01-31")
        erase_person(contact=quote.contact, cause=Erasure.Cause.ASKED)
        assert browser.get("/espace/").status_code == 302
