"""The people of a team: let in by mail, changed, removed; never the last manager."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from hosters.account_mails import ask_new_password
from hosters.models import Hoster, Mail, Membership, Role, User
from hosters.staff import LastManager, change_role, invite, remove
from tests.factories import make_staff
from tests.pages import words
from tests.worker import finish_the_work

SignIn = Callable[[User], Client]
TEAM = "/gestion/reglages/equipe/"
CHOSEN = "une phrase de passe bien à moi"


def place(user: User, hoster: Hoster) -> Membership:
    return Membership.objects.get(user=user, hoster=hoster)


def test_invited_person_chooses_a_password_and_comes_in(
    artifaille: Hoster, alix: User, signed_in: SignIn, settings: object
) -> None:
    settings.PUBLIC_URL = "https://chatiere.example"  # type: ignore[attr-defined]
    sent = {"email": "Noe@Artifaille.example", "name": "Noé", "role": "sales"}
    signed_in(alix).post(TEAM, sent, HTTP_HOST="localhost")
    finish_the_work()
    [message] = mail.outbox
    link = re.search(
        r"https://chatiere\.example/chez/artifaille(/compte/password/reset/key/\S+)", str(message.body)
    )
    assert link and message.to == ["noe@artifaille.example"]
    browser = Client()
    asked = browser.get(link[1], follow=True)
    browser.post(asked.redirect_chain[-1][0], {"password1": CHOSEN, "password2": CHOSEN})
    assert 'href="/compte/login/"' in browser.get("/compte/password/reset/key/done/").content.decode()
    assert "Mot de passe oublié" in words(browser.get("/compte/login/"))
    browser.post("/compte/login/", {"login": "noe@artifaille.example", "password": CHOSEN})
    assert browser.get("/gestion/").status_code == 200
    assert browser.get("/gestion/reglages/").status_code == 403


def test_person_of_another_hoster_keeps_their_password(
    artifaille: Hoster, other: Hoster, alix: User, camille: User
) -> None:
    before = camille.password
    invite(hoster=artifaille, email=camille.email, name="Autre", role=Role.SALES, by=alix)
    finish_the_work()
    camille.refresh_from_db()
    assert camille.password == before and camille.name == "Alix"
    assert "password/reset" not in str(mail.outbox[0].body)
    assert "/chez/artifaille/gestion/" in str(mail.outbox[0].body)


def test_person_who_is_there_is_not_invited_twice(
    artifaille: Hoster, alix: User, bastien: User, signed_in: SignIn
) -> None:
    answer = signed_in(alix).post(TEAM, {"email": bastien.email.upper(), "role": "admin"})
    assert "déjà de l’équipe" in words(answer)
    assert place(bastien, artifaille).role == Role.ACCOUNTANT
    assert Mail.objects.count() == 0


def test_invitation_of_somebody_removed_since_is_not_sent(artifaille: Hoster, alix: User) -> None:
    user = invite(hoster=artifaille, email="noe@example.org", name="", role=Role.SALES, by=alix)
    remove(membership=place(user, artifaille), by=alix)
    finish_the_work()
    assert mail.outbox == []


def test_last_manager_stays(artifaille: Hoster, alix: User, bastien: User, signed_in: SignIn) -> None:
    browser, own = signed_in(alix), place(alix, artifaille)
    for answer in (
        browser.post(f"{TEAM}{own.pk}/role/", {"role": "sales"}, follow=True),
        browser.post(f"{TEAM}{own.pk}/retirer/", follow=True),
    ):
        assert "Il faut garder au moins une personne" in words(answer)
    assert place(alix, artifaille).role == Role.ADMIN


def test_manager_whose_account_is_closed_does_not_count(artifaille: Hoster, alix: User) -> None:
    second = make_staff(artifaille, Role.ADMIN)
    User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(LastManager):
        remove(membership=place(alix, artifaille), by=alix)


def test_manager_of_another_hoster_does_not_count(artifaille: Hoster, alix: User, camille: User) -> None:
    with pytest.raises(LastManager):
        change_role(membership=place(alix, artifaille), role=Role.SALES, by=alix)


def test_second_manager_may_leave(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    second = make_staff(artifaille, Role.ADMIN)
    browser = signed_in(alix)
    page = words(browser.get(f"{TEAM}{place(second, artifaille).pk}/retirer/"))
    assert "n’entrera plus" in page
    browser.post(f"{TEAM}{place(second, artifaille).pk}/retirer/")
    assert not Membership.objects.filter(user=second).exists()
    assert signed_in(second).get("/gestion/").status_code == 404


def test_role_is_changed(artifaille: Hoster, alix: User, bastien: User, signed_in: SignIn) -> None:
    browser = signed_in(alix)
    browser.post(f"{TEAM}{place(bastien, artifaille).pk}/role/", {"role": "admin"})
    browser.post(f"{TEAM}{place(bastien, artifaille).pk}/role/", {"role": "roi"})
    assert place(bastien, artifaille).role == Role.ADMIN


def test_person_of_another_team_cannot_be_removed(
    artifaille: Hoster, other: Hoster, alix: User, camille: User, signed_in: SignIn
) -> None:
    foreign = place(camille, other).pk
    browser = signed_in(alix)
    assert browser.post(f"/chez/artifaille{TEAM}{foreign}/retirer/").status_code == 404
    assert browser.post(f"/chez/artifaille{TEAM}{foreign}/role/", {"role": "sales"}).status_code == 404
    assert place(camille, other).role == Role.ADMIN


class TestNewPassword:
    def test_mail_is_signed_by_the_team_of_the_person(
        self, artifaille: Hoster, other: Hoster, camille: User
    ) -> None:
        ask_new_password(email=camille.email, hoster=artifaille)
        ask_new_password(email=camille.email, hoster=None)
        finish_the_work()
        assert [message.from_email.split(" <")[0] for message in mail.outbox] == [
            '"La Gouttière"'
        ] * 2 or all("/chez/gouttiere/" in str(message.body) for message in mail.outbox)

    def test_unknown_address_costs_a_row_and_gets_no_mail(self, artifaille: Hoster, alix: User) -> None:
        for email in (alix.email, "inconnue@example.org"):
            Client().post("/compte/password/reset/", {"email": email})
        assert Mail.objects.count() == 2
        finish_the_work()
        assert [message.to for message in mail.outbox] == [[alix.email]]
        assert Mail.objects.filter(to="inconnue@example.org").count() == 0

    def test_link_is_on_our_address_whatever_the_request_claims(
        self, artifaille: Hoster, alix: User, settings: object
    ) -> None:
        settings.PUBLIC_URL = "https://chatiere.example"  # type: ignore[attr-defined]
        settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
        Client().post("/compte/password/reset/", {"email": alix.email}, HTTP_HOST="pirate.example")
        finish_the_work()
        assert "https://chatiere.example/chez/artifaille/compte/password/reset/key/" in str(
            mail.outbox[0].body
        )
        assert "pirate" not in str(mail.outbox[0].message())

    def test_nobody_works_here_and_nothing_breaks(self, db: None) -> None:
        ask_new_password(email="inconnue@example.org", hoster=None)
