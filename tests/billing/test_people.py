"""The people of an association: the table of rights walked, links of those who left, the board that changes."""

from collections.abc import Callable

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.access_links import mint_link, open_link
from billing.models import AccessLink, Invoice, Quote
from billing.people import (
    Invitation,
    PeopleRefused,
    change_role,
    hand_over,
    invite,
    people_of,
    reader_of_invoices,
    remove,
)
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.quoting.versions import revise_quote
from crm.models import Contact, SpaceRole
from crm.organizations import OrganizationDetails, PersonDetails, introduce
from crm.space_roles import RIGHTS, Right, may
from hosters.mail import send
from hosters.models import Hoster, Mail, Role, User
from portal.links import send_space_links
from tests.factories import make_file, make_invoice, make_offer, make_quote, make_staff
from tests.pages import words

Purpose = AccessLink.Purpose
SignIn = Callable[[User], Client]


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    quote = make_quote(make_offer(artifaille))
    make_file(quote.document)
    return Quote.objects.select_related("contact__organization__hoster", "organization__hoster").get(
        pk=quote.pk
    )


def a_person(quote: Quote, role: SpaceRole, email: str = "sacha@lavoir.example") -> Contact:
    return invite(organization=quote.organization, invitation=Invitation("Sacha Noir", email, role))


def enter(contact: Contact) -> Client:
    client = Client()
    token = mint_link(purpose=Purpose.SPACE, contact=contact)
    assert client.get(reverse("portal:enter", kwargs={"token": token})).status_code == 302
    return client


@pytest.mark.parametrize("role", SpaceRole)
@pytest.mark.parametrize("right", Right)
def test_each_right_opens_its_pages_to_its_roles_only(
    artifaille: Hoster, role: SpaceRole, right: Right
) -> None:
    """The rules of `crm.space_roles`, walked through the pages themselves."""
    invoice = make_invoice(make_offer(artifaille))
    other = make_quote(make_offer(artifaille, name="Autre"))
    make_file(other.document)
    client = enter(a_person(invoice.subscription.quote, role))
    pages = {
        Right.ACCEPT: [("post", reverse("portal:decide_link", kwargs={"pk": other.pk}))],
        Right.ASK: [("get", reverse("portal:change", kwargs={"pk": invoice.subscription_id}))],
        Right.SEE_INVOICES: [
            ("get", reverse("portal:budget")),
            ("get", reverse("portal:data_json")),
            ("get", reverse("portal:data_csv")),
            ("get", f"{reverse('portal:fiscal_year_zip')}?annee={invoice.issued_on.year}"),
            ("get", reverse("portal:document", kwargs={"pk": invoice.document_id})),
        ],
        Right.PEOPLE: [
            ("post", reverse("portal:invite_person")),
            ("get", reverse("portal:remove_person", kwargs={"pk": invoice.subscription.quote.contact_id})),
            ("get", reverse("portal:hand_over", kwargs={"pk": invoice.subscription.quote.contact_id})),
        ],
    }
    for method, url in pages[right]:
        status = getattr(client, method)(url).status_code
        assert (status == 403) is (right not in RIGHTS[role]), (url, status)


def test_technician_reads_no_amount_of_an_invoice(artifaille: Hoster) -> None:
    invoice = make_invoice(make_offer(artifaille))
    read = words(
        enter(a_person(invoice.subscription.quote, SpaceRole.TECHNICIAN)).get(reverse("portal:home"))
    )
    assert invoice.number not in read
    assert "Comment payer" not in read


def test_links_and_session_of_a_removed_person_are_refused(quote: Quote) -> None:
    person = a_person(quote, SpaceRole.PRESIDENT)
    client = enter(person)
    tokens = {purpose: mint_link(purpose=purpose, contact=person, quote=quote) for purpose in Purpose}
    remove(person=person)
    late = mint_link(purpose=Purpose.SPACE, contact=person)  # a mail composed just after
    for purpose, token in [*tokens.items(), (Purpose.SPACE, late)]:
        assert open_link(token, purpose) is None
    assert client.get(reverse("portal:home"))["Location"] == reverse("portal:ask")


def test_removed_person_asks_for_a_link_in_vain(quote: Quote) -> None:
    person = a_person(quote, SpaceRole.PRESIDENT)
    remove(person=person)
    asked = Mail.objects.create(hoster=quote.hoster, kind="space_asked", to=person.email, reference="")
    send_space_links(asked)
    assert not Mail.objects.filter(kind="space_link").exists()


def test_last_person_in_charge_stays(quote: Quote) -> None:
    a_person(quote, SpaceRole.TECHNICIAN)
    with pytest.raises(PeopleRefused, match="passez d’abord la main"):
        remove(person=quote.contact)
    with pytest.raises(PeopleRefused, match="passez d’abord la main"):
        change_role(person=quote.contact, space_role=SpaceRole.OTHER)
    assert may(Contact.objects.get(pk=quote.contact_id), Right.PEOPLE)


def test_departing_treasurer_names_the_successor(artifaille: Hoster) -> None:
    invoice = make_invoice(make_offer(artifaille))
    former = invoice.subscription.quote.contact
    client = enter(former)
    url = reverse("portal:hand_over", kwargs={"pk": former.pk})
    answer = client.post(url, {"name": "Noa Roux", "email": "noa@lavoir.example"})
    assert answer["Location"] == reverse("portal:ask")
    assert client.get(reverse("portal:home")).status_code == 302
    successor = Contact.objects.get(email="noa@lavoir.example")
    assert (successor.space_role, people_of(invoice.organization)) == (SpaceRole.TREASURER, [successor])
    assert reader_of_invoices(Contact.objects.get(pk=former.pk)) == successor
    assert Mail.objects.filter(kind="space_invited", to=successor.email).exists()
    assert Mail.objects.filter(kind="space_left", to=former.email).exists()
    assert Invoice.objects.get(pk=invoice.pk).subscription.quote.contact == former


def test_handing_over_to_oneself_is_refused(quote: Quote) -> None:
    with pytest.raises(PeopleRefused, match="pas la même"):
        hand_over(
            person=quote.contact, to=Invitation("Moi", quote.contact.email.upper(), SpaceRole.TREASURER)
        )
    assert may(Contact.objects.get(pk=quote.contact_id), Right.PEOPLE)


def test_president_who_helps_out_a_technician_stays_president(quote: Quote) -> None:
    """Taking a smaller place takes nothing away: somebody may still invite the others."""
    technician = a_person(quote, SpaceRole.TECHNICIAN)
    alone = quote.contact
    hand_over(person=technician, to=Invitation(alone.name, alone.email, SpaceRole.TECHNICIAN))
    assert people_of(quote.organization) == [alone]
    assert may(Contact.objects.get(pk=alone.pk), Right.PEOPLE)


def test_somebody_who_is_there_takes_over_without_losing_their_place(quote: Quote) -> None:
    """A treasurer hands over to the president: there still is a president, under the name that the space knows."""
    president = a_person(quote, SpaceRole.PRESIDENT)
    client = enter(quote.contact)
    url = reverse("portal:hand_over", kwargs={"pk": quote.contact_id})
    client.post(url, {"name": "Luc Noir", "email": president.email})
    assert people_of(quote.organization) == [president]
    told = Contact.objects.get(pk=president.pk)
    assert (told.name, told.space_role) == (president.name, SpaceRole.PRESIDENT)
    page = client.get(reverse("portal:ask")).content.decode()
    assert f"{president.name} prend la suite (présidence)" in page


def test_right_to_accept_that_is_lost_closes_the_links_that_accept(quote: Quote) -> None:
    person = a_person(quote, SpaceRole.PRESIDENT)
    token = mint_link(purpose=Purpose.DECIDE_QUOTE, contact=person, quote=quote)
    change_role(person=person, space_role=SpaceRole.OTHER)
    assert open_link(token, Purpose.DECIDE_QUOTE) is None


def test_quote_asked_by_somebody_who_may_not_accept_is_sent_to_be_read(quote: Quote) -> None:
    a_person(quote, SpaceRole.PRESIDENT)
    change_role(person=quote.contact, space_role=SpaceRole.TECHNICIAN)
    send(Mail.objects.get(kind="quote_sent"))
    assert AccessLink.objects.latest("pk").purpose == Purpose.READ_QUOTE


def test_inviting_twice_makes_one_person(quote: Quote) -> None:
    assert a_person(quote, SpaceRole.OTHER) == a_person(quote, SpaceRole.PRESIDENT, "SACHA@lavoir.example")
    assert Mail.objects.filter(kind="space_invited").count() == 1


def test_staff_hand_over_when_nobody_has_the_link(quote: Quote, alix: User, signed_in: SignIn) -> None:
    url = reverse("staff:hand_over", kwargs={"pk": quote.contact_id})
    signed_in(alix).post(url, {"name": "Noa Roux", "email": "noa@lavoir.example"})
    assert [each.email for each in people_of(quote.organization)] == ["noa@lavoir.example"]


def test_accountant_changes_nobody(quote: Quote, artifaille: Hoster, signed_in: SignIn) -> None:
    client = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
    assert client.get(reverse("staff:people", kwargs={"pk": quote.organization_id})).status_code == 403


def test_person_of_another_association_is_a_page_that_does_not_exist(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    mine = make_quote(offer)
    theirs = make_quote(
        offer,
        organization=OrganizationDetails("CANARI", "1 rue", "69001", "Lyon"),
        person=PersonDetails("CANARI", "canari@voisins.example", notice="…"),
    )
    client = enter(mine.contact)
    for name in ("set_role", "remove_person", "hand_over"):
        url = reverse(f"portal:{name}", kwargs={"pk": theirs.contact_id})
        assert client.post(url, {"space_role": "other"}).status_code == 404
    assert client.post(reverse("portal:decide_link", kwargs={"pk": theirs.pk})).status_code == 404


def test_link_to_accept_goes_to_the_person_who_asks(quote: Quote) -> None:
    president = a_person(quote, SpaceRole.PRESIDENT)
    enter(president).post(reverse("portal:decide_link", kwargs={"pk": quote.pk}))
    assert Mail.objects.get(kind="decide_link").to == president.email


def test_mails_of_the_space_open_it_to_those_who_are_there(quote: Quote) -> None:
    person = a_person(quote, SpaceRole.PRESIDENT)
    enter(person).post(reverse("portal:decide_link", kwargs={"pk": quote.pk}))
    for kind in ("space_invited", "decide_link"):
        send(Mail.objects.get(kind=kind))
        assert "Bonjour Sacha Noir" in outbox.outbox[-1].body
    assert "le devis D-" in outbox.outbox[-1].body
    remove(person=person)
    for row in Mail.objects.filter(kind__in=["space_invited", "decide_link"]):
        send(row)  # the worker comes back after a night: nothing leaves
    send(Mail.objects.get(kind="space_left"))
    assert len(outbox.outbox) == 3
    assert "ne marchent plus" in outbox.outbox[-1].body


def test_quote_of_somebody_who_left_goes_to_who_may_accept(quote: Quote) -> None:
    """A revision is for the association: the link of the person who left would open nothing."""
    treasurer = a_person(quote, SpaceRole.TREASURER)
    Contact.objects.filter(pk=quote.contact_id).update(left_at=timezone.now())
    newer = send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
    row = Mail.objects.get(kind="quote_sent", reference=newer.pk)
    assert row.to == treasurer.email
    send(row)
    assert "Bonjour Sacha Noir" in outbox.outbox[-1].body


def test_somebody_who_left_and_is_mandated_again_is_a_new_person(quote: Quote) -> None:
    person = a_person(quote, SpaceRole.OTHER)
    remove(person=person)
    again = introduce(
        organization=quote.organization, name="Sacha Noir", role="Présidence", email=person.email, source="CA"
    )
    assert again.pk != person.pk and again.left_at is None


def test_quote_that_is_over_sends_no_link(quote: Quote) -> None:
    Quote.objects.filter(pk=quote.pk).update(valid_until=quote.issued_on.replace(year=2020))
    client = enter(quote.contact)
    client.post(reverse("portal:decide_link", kwargs={"pk": quote.pk}))
    assert not Mail.objects.filter(kind="decide_link").exists()
