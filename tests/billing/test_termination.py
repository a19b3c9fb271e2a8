"""« Résilier votre contrat » : no account, three clicks, an acknowledgment with everything (CON-04)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from billing.access_links import mint_link
from billing.models import AccessLink, Subscription, Termination
from billing.models.frozen import FrozenError
from billing.subscriptions.plans import plan_end
from billing.subscriptions.terminations import close_termination, effective_on, money_words
from billing.views import terminate
from crm.models import Organization
from crm.timeline import timeline
from crm.workqueue import workqueue
from hosters.mail import send
from hosters.models import Hoster, Mail, Role, User
from offers.models import Offer
from tests.factories import make_acceptance, make_quote
from tests.pages import hidden_fields, words

At = Callable[[str], None]
URL = "/resilier/"
NOTICE = {
    "organization": "Les Amis du lavoir",
    "email": "dominique@lavoir.example",
    "contract": "D-2026-0001",
    "wished_end": "",
    "reason": "",
}


def review(**changes: Any) -> HttpResponse:
    return Client().post(URL, NOTICE | {"key": str(uuid4())} | changes)


def notify(page: HttpResponse) -> HttpResponse:
    return Client().post(URL, {"reviewed": hidden_fields(page)["reviewed"]})


@pytest.fixture
def contract(marmule: Offer, at: At) -> Subscription:
    """Since 22 November; the notice is of thirty days."""
    at("2026-11-22 10:00+01:00")
    quote = make_quote(marmule)
    make_acceptance(quote)
    return Subscription.objects.get(quote=quote)


def test_nothing_is_recorded_before_the_final_button(contract: Subscription) -> None:
    page = review(reason="Nous fermons.")
    assert not Termination.objects.exists()
    shown = words(page)
    for said in (
        "Les Amis du lavoir",
        "D-2026-0001",
        "dès que possible, au plus tôt après le préavis écrit au contrat",
        "Nous fermons.",
        "Notifier la résiliation",
    ):
        assert said in shown
    answer = notify(page)
    assert answer["Location"] == "/resilier/recue/"
    assert "accusé de réception" in words(Client().get(answer["Location"]))
    assert Termination.objects.get().subscription == contract


def test_acknowledgment_has_content_date_time_and_effects(contract: Subscription, at: At) -> None:
    at("2026-12-01 18:05+01:00")
    notify(review(reason="Nous fermons.", wished_end="2026-12-15"))
    row = Mail.objects.get(kind="termination_acknowledged")
    assert row.to == "dominique@lavoir.example"
    send(row)
    body = str(outbox.outbox[-1].body).replace("\u00a0", " ")
    for said in (
        "1er décembre 2026 à 18:05",
        "Les Amis du lavoir",
        "D-2026-0001",
        "15 décembre 2026",
        "Nous fermons.",
        "Le contrat prend fin le 31 décembre 2026",
        "fichiers tels quels",
    ):
        assert said in body


def test_hoster_is_told(contract: Subscription, artifaille: Hoster) -> None:
    notify(review())
    row = Mail.objects.get(kind="termination_received")
    assert row.to == artifaille.email
    send(row)
    assert "désignent le contrat D-2026-0001" in str(outbox.outbox[-1].body)


@pytest.mark.parametrize(
    ("wished", "end"),
    [("", date(2026, 12, 22)), ("2026-12-01", date(2026, 12, 22)), ("2027-02-28", date(2027, 2, 28))],
)
def test_contract_ends_on_the_day_wished_never_before_its_notice(
    contract: Subscription, wished: str, end: date
) -> None:
    notify(review(wished_end=wished))
    assert effective_on(Termination.objects.get()) == end


@pytest.mark.parametrize(
    "changes", [{"email": "voleur@example.org"}, {"contract": "D-2026-9999"}, {"contract": "' OR 1=1 --"}]
)
def test_notice_that_matches_nothing_is_received_all_the_same(
    contract: Subscription, changes: dict[str, str]
) -> None:
    """The law asks no proof; a person checks. The answer is the same, so it tells nothing of who is a client."""
    answer = notify(review(**changes))
    assert answer["Location"] == "/resilier/recue/"
    found = Termination.objects.get()
    assert (found.subscription, effective_on(found)) == (None, None)
    send(Mail.objects.get(kind="termination_acknowledged"))
    assert "Une personne vérifie de quel contrat il s’agit" in str(outbox.outbox[-1].body)


def test_contract_goes_on_until_a_person_confirms(contract: Subscription) -> None:
    notify(review())
    contract.refresh_from_db()
    assert contract.ended_on is None


def test_reference_is_read_as_people_type_it(contract: Subscription) -> None:
    notify(review(contract=" d-2026-0001 ", email="Dominique@Lavoir.example"))
    assert Termination.objects.get().subscription == contract


def test_notified_twice_is_received_once(contract: Subscription) -> None:
    page = review()
    assert notify(page)["Location"] == notify(page)["Location"]
    assert (Termination.objects.count(), Mail.objects.filter(kind__startswith="termination").count()) == (
        1,
        2,
    )


def test_no_organisation_is_made_of_a_stranger(artifaille: Hoster) -> None:
    notify(review())
    assert not Organization.objects.exists()


@pytest.mark.parametrize("reviewed", ["", "faux", "a:b:c", "é"])
def test_forged_review_notifies_nothing(artifaille: Hoster, reviewed: str) -> None:
    assert Client().post(URL, {"reviewed": reviewed})["Location"] == URL
    assert not Termination.objects.exists()


def test_review_of_another_hoster_notifies_nothing(artifaille: Hoster, other: Hoster) -> None:
    page = Client().post("/chez/gouttiere/resilier/", NOTICE | {"key": str(uuid4())})
    Client().post("/chez/artifaille/resilier/", {"reviewed": hidden_fields(page)["reviewed"]})
    assert not Termination.objects.exists()


def test_review_left_open_too_long_is_read_again(artifaille: Hoster, at: At) -> None:
    at("2026-11-22 10:00+01:00")
    page = review()
    at("2026-11-22 11:01+01:00")
    assert notify(page)["Location"] == URL


def test_signed_values_of_another_form_are_refused(artifaille: Hoster) -> None:
    forged = signing.dumps([artifaille.pk, "a", "b@c.example", "d", "", "", str(uuid4())], salt="autre")
    assert terminate.SALT != "autre"
    Client().post(URL, {"reviewed": forged})
    assert not Termination.objects.exists()


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"organization": ""}, "obligatoire"),
        ({"email": "x"}, "valide"),
        ({"contract": ""}, "obligatoire"),
        ({"wished_end": "2020-01-01"}, "à partir d’aujourd’hui"),
        ({"wished_end": "9999-12-31"}, "à partir d’aujourd’hui"),
        ({"wished_end": "demain"}, "date valide"),
        ({"reason": "x" * 501}, "501"),
        ({"contract": "a\x00b"}, "caractère"),
        ({"key": "pas-une-clé"}, "UUID"),
    ],
)
def test_wrong_input_is_said(artifaille: Hoster, changes: dict[str, str], complaint: str) -> None:
    page = review(**changes)
    assert page.status_code == 200
    assert complaint in words(page)
    assert "Notifier la résiliation" not in words(page)


def test_hostile_text_is_only_text(artifaille: Hoster) -> None:
    page = review(organization="<img src=x onerror=alert(1)>", reason="{{ 7|add:7 }}").content.decode()
    assert "<img src=x" not in page and "&lt;img src=x" in page and "{{ 7|add:7 }}" in page


def test_what_was_typed_comes_back_to_be_corrected(artifaille: Hoster) -> None:
    page = review(reason="Nous fermons.", wished_end="2030-01-31")
    again = Client().post(URL, hidden_fields(page) | {"change": "1", "reviewed": ""})
    assert again.status_code == 302  # a browser sends either form, never both
    typed = {name: value for name, value in hidden_fields(page).items() if name != "reviewed"}
    form = Client().post(URL, typed | {"change": "1"}).content.decode()
    assert "Nous fermons." in form and 'value="2030-01-31"' in form and 'value="Les Amis du lavoir"' in form


class TestStaff:
    def test_queue_shows_the_contract_and_its_end(self, contract: Subscription, artifaille: Hoster) -> None:
        notify(review(reason="Nous fermons."))
        [item] = [item for item in workqueue(artifaille, role=Role.SALES) if item.label == "Résiliation"]
        assert item.title == "Les Amis du lavoir"
        assert (
            "D-2026-0001" in item.detail
            and "22 décembre 2026" in item.detail
            and "Nous fermons." in item.detail
        )
        assert item.url == f"/gestion/resiliations/{Termination.objects.get().pk}/"

    def test_unknown_contract_leads_to_a_search(self, artifaille: Hoster) -> None:
        notify(review())
        found = {item.url: item for item in workqueue(artifaille, role=Role.SALES)}
        item = found[f"/gestion/resiliations/{Termination.objects.get().pk}/"]
        assert "à vérifier" in item.detail

    def test_confirmed_leaves_the_queue_and_stays_in_the_story(
        self, contract: Subscription, alix: User, signed_in: Callable[[User], Client]
    ) -> None:
        notify(review())
        notice = Termination.objects.get()
        signed_in(alix).post(f"/gestion/resiliations/{notice.pk}/classer/")
        notice.refresh_from_db()
        assert (notice.handled_by, notice.handled_at is not None) == (alix, True)
        assert "Résiliation reçue pour D-2026-0001" in [
            event.title for event in timeline(contract.organization)
        ]

    def test_what_was_sent_never_changes(self, artifaille: Hoster) -> None:
        notify(review())
        notice = Termination.objects.get()
        notice.reason = "Autre"
        with pytest.raises(FrozenError):
            notice.save()
        with pytest.raises(FrozenError):
            notice.delete()


@pytest.mark.parametrize(
    "path", ["/", "/offres/", "/offres/marmule/", "/question/", "/espace/lien/", "/resilier/"]
)
def test_link_is_at_the_foot_of_every_page(marmule: Offer, path: str) -> None:
    foot = Client().get(path).content.decode().split('<footer class="footer">')[1]
    assert '<a href="/resilier/">Résilier votre contrat</a>' in foot


def test_link_of_the_space_fills_in_the_reference(artifaille: Hoster) -> None:
    page = Client().get(URL, {"contrat": 'D-2026-0001"><b>'}).content.decode()
    assert 'value="D-2026-0001&quot;&gt;&lt;b&gt;"' in page


def _space(contract: Subscription) -> Client:
    client = Client()
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=contract.quote.contact)
    client.get(reverse("portal:enter", kwargs={"token": token}))
    return client


class TestBeforeAPersonConfirms:
    """CON-04: the notice, its last day and the last invoice are said everywhere the contract is shown."""

    MONEY = "Dernière facture : 0,96 €, le 22 décembre 2026 ; rien n’y est compté au-delà du dernier jour."

    def test_acknowledgment_says_the_last_invoice(self, contract: Subscription) -> None:
        """Thirty days end on the 22nd, the period paid on the 21st: one day of 31 is left of 30,00 €."""
        notify(review())
        send(Mail.objects.get(kind="termination_acknowledged"))
        assert self.MONEY in str(outbox.outbox[-1].body).replace("\u00a0", " ")

    def test_space_says_the_notice_its_last_day_and_the_last_invoice(self, contract: Subscription) -> None:
        client = _space(contract)
        assert "Résilier votre contrat D-2026-0001" in words(client.get("/espace/"))
        notify(review())
        page = words(client.get("/espace/"))
        assert "reçue le 22 novembre 2026 ; dernier jour prévu : 22 décembre 2026 , à confirmer" in page
        assert self.MONEY in page
        assert "reconduit" not in page.split("Vos contrats et abonnements")[1].split("Vos contrats")[0]
        assert "Résilier votre contrat D-2026-0001" not in page

    def test_budget_stops_with_the_last_day(self, contract: Subscription) -> None:
        client = _space(contract)
        notify(review())
        assert "0,96 €" in (page := words(client.get("/espace/budget/"))) and "30,00 €" not in page

    def test_notice_that_was_set_aside_changes_nothing(self, contract: Subscription, alix: User) -> None:
        notify(review())
        close_termination(termination=Termination.objects.get(), by=alix)
        assert "dernier jour prévu" not in words(_space(contract).get("/espace/"))

    def test_team_reads_the_same(
        self, contract: Subscription, alix: User, signed_in: Callable[[User], Client]
    ) -> None:
        notify(review())
        page = signed_in(alix).get(f"/gestion/resiliations/{Termination.objects.get().pk}/")
        assert self.MONEY in words(page)

    def test_whole_period_already_paid_leaves_nothing_to_pay(self, marmule: Offer, at: At) -> None:
        at("2026-11-22 10:00+01:00")
        make_acceptance(make_quote(marmule))
        at("2026-12-22 10:00+01:00")
        contract = Subscription.objects.get()
        plan = plan_end(subscription=contract, received_on=date(2026, 12, 22), wished=date(2027, 1, 21))
        assert money_words(contract, plan) == (
            "Dernière facture : celle qui est déjà partie ; rien de plus n’est dû pour ce contrat."
        )
