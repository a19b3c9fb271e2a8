"""May we write to this person, for this, now? One answer, with its reason (GDPR-01 to GDPR-05, C4)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.addresses import guess_kind
from crm.consent import may_call, may_write, oppose, record_consent, withdraw
from crm.erasure import erase_person
from crm.models import AddressKind, Consent, Contact, Erasure, Organization, RelationSettings, Suppression
from hosters.models import Hoster, Role, User
from tests.factories import make_staff
from tests.pages import words

SignIn = Callable[[User], Client]
Purpose, Basis = Consent.Purpose, Consent.Basis
NOMINATIVE = "zoe.petit@lavoir.example"


@pytest.fixture
def contact(artifaille: Hoster) -> Contact:
    organization = Organization.objects.create(hoster=artifaille, name="Les Amis du lavoir")
    return Contact.objects.create(organization=organization, name="Zoé", email=NOMINATIVE, role="Trésorière")


def say(contact: Contact, purpose: Consent.Purpose, basis: Consent.Basis, **changes: Any) -> Consent:
    told = {"source": "salon", "text": "Nous vous écrirons.", **changes}
    return record_consent(contact=contact, purpose=purpose, basis=basis, **told)


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("contact@lavoir.example", AddressKind.GENERIC),
        ("INFO@lavoir.example", AddressKind.GENERIC),
        ("info-69@lavoir.example", AddressKind.GENERIC),
        ("secretariat.lyon@lavoir.example", AddressKind.GENERIC),
        ("prenom.nom@asso.org", AddressKind.NOMINATIVE),
        ("presidente@asso.org", AddressKind.NOMINATIVE),
        ("contactine@asso.org", AddressKind.NOMINATIVE),
        ("x@gmail.com", AddressKind.PERSONAL),
        ("asso.machin@Laposte.net", AddressKind.PERSONAL),
        ("contact@free.fr", AddressKind.PERSONAL),
    ],
)
def test_kind_of_address_is_guessed_cautiously(address: str, kind: AddressKind) -> None:
    """GDPR-01: the classifier."""
    assert guess_kind(address) == kind


@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_is_written_to_without_a_basis(contact: Contact, purpose: Consent.Purpose) -> None:
    """GDPR-02: sending without basis is refused, with the reason; 004-007 coordinates alone are nothing."""
    permission = may_write(contact, purpose)
    assert not permission.allowed and permission.reason.endswith(".")


def test_generic_address_needs_no_agreement_but_may_refuse(contact: Contact) -> None:
    """GDPR-01."""
    Contact.objects.update(email="contact@lavoir.example")
    contact.refresh_from_db()
    assert may_write(contact, Purpose.PROSPECTING).allowed
    assert not may_write(contact, Purpose.NEWSLETTER).allowed
    withdraw(contact=contact, purpose=Purpose.PROSPECTING, source="courriel")
    assert not may_write(contact, Purpose.PROSPECTING).allowed


def test_nominative_address_needs_an_agreement_by_default(contact: Contact) -> None:
    """C4: opt-in unless the hoster chose otherwise."""
    say(contact, Purpose.PROSPECTING, Basis.INTEREST)
    assert "d’après vos réglages" in may_write(contact, Purpose.PROSPECTING).reason
    say(contact, Purpose.PROSPECTING, Basis.CONSENT)
    assert may_write(contact, Purpose.PROSPECTING).allowed


@pytest.mark.parametrize(
    ("informed", "role", "allowed"),
    [(True, "Trésorière", True), (False, "Trésorière", False), (True, "", False)],
)
def test_opt_out_has_three_conditions(contact: Contact, informed: bool, role: str, allowed: bool) -> None:
    """GDPR-02: informed at collection, able to object, about the function."""
    RelationSettings.objects.create(hoster=contact.organization.hoster, opt_out_prospecting=True)
    Contact.objects.update(role=role)
    contact.refresh_from_db()
    if informed:
        say(contact, Purpose.PROSPECTING, Basis.INTEREST)
    assert may_write(contact, Purpose.PROSPECTING).allowed == allowed


def test_personal_address_needs_an_agreement_whatever_the_settings(contact: Contact) -> None:
    """GDPR-03."""
    RelationSettings.objects.create(hoster=contact.organization.hoster, opt_out_prospecting=True)
    Contact.objects.update(email="zoe@gmail.com")
    contact.refresh_from_db()
    say(contact, Purpose.PROSPECTING, Basis.INTEREST)
    assert "Adresse personnelle" in may_write(contact, Purpose.PROSPECTING).reason
    say(contact, Purpose.PROSPECTING, Basis.CLIENT)
    assert not may_write(contact, Purpose.PROSPECTING).allowed  # not a client yet
    Organization.objects.update(stage="client")
    contact.organization.refresh_from_db()
    assert may_write(contact, Purpose.PROSPECTING).allowed


@pytest.mark.parametrize("basis", [Basis.INTEREST, Basis.CLIENT, Basis.PRECONTRACT])
def test_newsletter_is_for_subscribers_only(contact: Contact, basis: Consent.Basis) -> None:
    """GDPR-08, 002-184: separate from prospecting."""
    Organization.objects.update(stage="client")
    contact.organization.refresh_from_db()
    say(contact, Purpose.PROSPECTING, Basis.CONSENT)
    say(contact, Purpose.NEWSLETTER, basis)
    assert not may_write(contact, Purpose.NEWSLETTER).allowed
    say(contact, Purpose.NEWSLETTER, Basis.CONSENT)
    assert may_write(contact, Purpose.NEWSLETTER).allowed


def test_opinion_is_asked_to_clients_only(contact: Contact) -> None:
    assert not may_write(contact, Purpose.SATISFACTION).allowed
    Organization.objects.update(stage="client")
    contact.organization.refresh_from_db()
    assert may_write(contact, Purpose.SATISFACTION).allowed


def test_changing_ones_mind_is_another_row(contact: Contact) -> None:
    say(contact, Purpose.NEWSLETTER, Basis.CONSENT)
    withdraw(contact=contact, purpose=Purpose.NEWSLETTER, source="lien de la lettre")
    assert not may_write(contact, Purpose.NEWSLETTER).allowed
    assert list(Consent.objects.order_by("pk").values_list("granted", flat=True)) == [True, False]
    say(contact, Purpose.NEWSLETTER, Basis.CONSENT)
    assert may_write(contact, Purpose.NEWSLETTER).allowed


def test_refusal_on_one_card_counts_for_all_cards_of_the_person(contact: Contact) -> None:
    elsewhere = Organization.objects.create(hoster=contact.organization.hoster, name="La Fanfare")
    other = Contact.objects.create(organization=elsewhere, name="Zoé", email=NOMINATIVE.upper())
    say(contact, Purpose.PROSPECTING, Basis.CONSENT)
    withdraw(contact=other, purpose=Purpose.PROSPECTING, source="courriel")
    assert not may_write(contact, Purpose.PROSPECTING).allowed


def test_opposition_stops_everything_but_answers(contact: Contact) -> None:
    """002-197: « ne plus contacter »; GDPR-05: it outlives the card."""
    say(contact, Purpose.PROSPECTING, Basis.CONSENT)
    oppose(contact=contact, source="téléphone", cause=Suppression.Cause.OPPOSED)
    for purpose in (Purpose.PROSPECTING, Purpose.NEWSLETTER, Purpose.SATISFACTION):
        assert not may_write(contact, purpose).allowed
    Contact.objects.update(last_inbound_at="2026-11-22T12:00:00Z")
    contact.refresh_from_db()
    assert may_write(contact, Purpose.ANSWER).allowed
    erase_person(contact=contact, cause=Erasure.Cause.ASKED)
    back = Contact.objects.create(organization=contact.organization, name="Zoé", email=NOMINATIVE)
    assert "liste des oppositions" in may_write(back, Purpose.PROSPECTING).reason


def test_agreement_of_the_person_lifts_their_opposition(contact: Contact) -> None:
    oppose(contact=contact, source="téléphone", cause=Suppression.Cause.OPPOSED)
    say(contact, Purpose.PROSPECTING, Basis.INTEREST)
    assert not may_write(contact, Purpose.PROSPECTING).allowed
    say(contact, Purpose.NEWSLETTER, Basis.CONSENT)
    assert may_write(contact, Purpose.NEWSLETTER).allowed
    assert not may_write(contact, Purpose.PROSPECTING).allowed  # said for the newsletter only


class TestScreens:
    def url(self, contact: Contact, page: str = "") -> str:
        return f"/gestion/personnes/{contact.pk}/{page}"

    def test_page_says_whether_we_may_write_in_few_queries(
        self, contact: Contact, alix: User, signed_in: SignIn, django_assert_max_num_queries: Any
    ) -> None:
        staff = signed_in(alix)
        for _ in range(3):
            say(contact, Purpose.PROSPECTING, Basis.CONSENT)
        with django_assert_max_num_queries(12):
            page = words(staff.get(self.url(contact)))
        assert "Proposer nos offres oui Accord donné" in page
        assert "Lettre d’information non La lettre ne va qu’aux personnes" in page

    def test_agreement_is_noted_with_its_author(
        self, contact: Contact, alix: User, signed_in: SignIn
    ) -> None:
        told = {
            "purpose": "newsletter",
            "basis": "consent",
            "source": "salon",
            "text": "Une lettre par mois.",
        }
        staff = signed_in(alix)
        staff.post(self.url(contact, "accord/"), told)
        said = Consent.objects.get()
        assert (said.recorded_by, said.text, said.granted) == (alix, "Une lettre par mois.", True)
        assert "Une lettre par mois." in words(staff.get(self.url(contact)))

    @pytest.mark.parametrize(
        "changes",
        [{"basis": "interest"}, {"text": ""}, {"source": ""}, {"purpose": "answer"}, {"basis": "?"}],
    )
    def test_agreement_without_ground_or_text_is_refused(
        self, contact: Contact, alix: User, signed_in: SignIn, changes: dict[str, str]
    ) -> None:
        told = {
            "purpose": "newsletter",
            "basis": "consent",
            "source": "salon",
            "text": "Une lettre.",
            **changes,
        }
        assert signed_in(alix).post(self.url(contact, "accord/"), told).status_code == 200
        assert not Consent.objects.exists()

    def test_kind_of_address_is_corrected(self, contact: Contact, alix: User, signed_in: SignIn) -> None:
        staff = signed_in(alix)
        assert "(deviné)" in words(staff.get(self.url(contact)))
        staff.post(self.url(contact, "adresse/"), {"kind": "generic"})
        assert may_write(Contact.objects.get(), Purpose.PROSPECTING).allowed
        staff.post(self.url(contact, "adresse/"), {"kind": "martienne"})
        assert Contact.objects.get().address_kind == "generic"

    def test_no_more_mail_in_one_click(self, contact: Contact, alix: User, signed_in: SignIn) -> None:
        staff = signed_in(alix)
        for _ in range(2):
            page = staff.post(self.url(contact, "ne-plus-contacter/"), follow=True)
        assert "Nous ne lui écrirons plus" in words(page)
        assert Suppression.objects.get().cause == Suppression.Cause.STAFF
        assert staff.get(self.url(contact, "ne-plus-contacter/")).status_code == 405

    def test_accountants_note_nothing(self, contact: Contact, artifaille: Hoster, signed_in: SignIn) -> None:
        staff = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
        for page in ("accord/", "ne-plus-contacter/", "adresse/"):
            assert staff.post(self.url(contact, page)).status_code == 403
        assert "Ne plus contacter" not in words(staff.get(self.url(contact)))


def test_nobody_is_called_at_home_to_be_sold_something(contact: Contact) -> None:
    """GDPR-04: off by default, a separate agreement, gone with « ne plus contacter »; a structure may be called."""
    organization = contact.organization
    Contact.objects.filter(pk=contact.pk).update(phone="0600000000")
    organization.legal_form = "person"
    say(contact, Purpose.PROSPECTING, Basis.CONSENT)
    assert not may_call(organization).allowed
    say(contact, Purpose.PHONE, Basis.CONSENT)
    assert may_call(organization).allowed
    oppose(contact=contact, source="appel", cause=Suppression.Cause.STAFF)
    assert not may_call(organization).allowed
    organization.legal_form = "association"
    assert may_call(organization).allowed
