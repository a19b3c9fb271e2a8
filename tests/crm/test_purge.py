"""What is over ends by itself, after a preview (GDPR-05, GDPR-10, 002-218)."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from billing.models import AccessLink, Subscription
from crm.models import Contact, Erasure, RelationSettings
from crm.suppression import is_suppressed
from crm.tasks import purge_task
from funnel.models import StepCount
from hosters.models import Hoster, Mail, SettingChange, User
from tests.factories import make_invoice, make_offer, make_quote
from tests.pages import words

SignIn = Callable[[User], Client]
At = Callable[[str], None]
ADDRESS = "dominique@lavoir.example"


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("purge_personal_data", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def contact(artifaille: Hoster, at: At) -> Contact:
    """Somebody who wrote on 22 November 2023."""
    at("2023-11-22 12:00+01:00")
    return make_quote(make_offer(artifaille)).contact


@pytest.mark.parametrize(
    ("day", "erased"),
    [("2026-11-21", False), ("2026-11-22", False), ("2026-11-23", True), ("2027-05-01", True)],
)
def test_prospect_is_forgotten_three_years_after_the_last_message(
    contact: Contact, at: At, day: str, erased: bool
) -> None:
    """GDPR-05: 3 years and one day, anonymised; the list still blocks."""
    at(f"{day} 12:00+01:00")
    purge_task()
    contact.refresh_from_db()
    assert (contact.erased_at is not None) == erased
    assert is_suppressed(contact.organization.hoster, ADDRESS) == erased
    assert Erasure.objects.filter(cause=Erasure.Cause.RETENTION).exists() == erased


def test_recent_message_starts_the_time_again(contact: Contact, at: At) -> None:
    at("2026-11-23 12:00+01:00")
    Contact.objects.update(last_inbound_at="2025-01-01T00:00:00Z")
    purge_task()
    assert not Contact.objects.get().erased_at


def test_client_is_kept_until_three_years_after_the_contract(artifaille: Hoster, at: At) -> None:
    at("2020-01-15 12:00+01:00")
    make_invoice(make_offer(artifaille))
    at("2026-11-22 12:00+01:00")
    purge_task()
    assert not Contact.objects.get().erased_at  # it runs
    Subscription.objects.update(ended_on=date(2023, 11, 23))
    purge_task()
    assert not Contact.objects.get().erased_at
    at("2026-11-23 12:00+01:00")
    purge_task()
    assert Contact.objects.get().erased_at


def test_hoster_may_keep_less_time(contact: Contact, at: At) -> None:
    RelationSettings.objects.create(hoster=contact.organization.hoster, kept_months=12)
    at("2024-11-23 12:00+01:00")
    purge_task()
    assert Contact.objects.get().erased_at


def test_preview_changes_nothing_and_says_what_the_purge_does(contact: Contact, at: At) -> None:
    at("2026-12-01 12:00+01:00")
    preview = said("--dry-run")
    assert "1  Votre demande et vos coordonnées" in preview
    assert not Contact.objects.get().erased_at
    assert said() == preview
    assert Contact.objects.get().erased_at
    assert "0  Votre demande et vos coordonnées" in said()


def test_traces_end_in_their_time(contact: Contact, artifaille: Hoster, at: At) -> None:
    """GDPR-10: counters after 25 months; mails after a year; links a month after their end."""
    StepCount.objects.create(hoster=artifaille, day=date(2023, 11, 22), step="visit", count=3)
    SettingChange.objects.create(hoster=artifaille, section="Identité", what="téléphone")
    Mail.objects.update(state=Mail.State.DONE)
    waiting = Mail.objects.create(hoster=artifaille, kind="quote_sent", to="x@example.org", reference="1")
    AccessLink.objects.create(
        hoster=artifaille, contact=contact, purpose="space", digest="0" * 64, expires_at="2023-12-01T00:00Z"
    )
    at("2025-12-21 12:00+01:00")
    purge_task()
    assert (StepCount.objects.count(), SettingChange.objects.count()) == (1, 1)
    assert list(Mail.objects.all()) == [waiting]
    assert not AccessLink.objects.exists()
    at("2026-01-01 12:00+01:00")  # the month that is 25 months old is kept whole
    purge_task()
    assert not StepCount.objects.exists()
    at("2026-11-22 12:00+01:00")
    purge_task()
    assert not SettingChange.objects.exists()


def test_purge_leaves_other_hosters_alone(contact: Contact, other: Hoster, at: At) -> None:
    at("2026-12-01 12:00+01:00")
    assert said().index("Artifaille") < said().index("La Gouttière")
    assert Contact.objects.get().erased_at


def test_screen_says_what_ends_and_ends_it(
    contact: Contact, alix: User, bastien: User, signed_in: SignIn, at: At
) -> None:
    """GDPR-12: the team reads its register, and what to do of a breach."""
    at("2026-11-10 12:00+01:00")
    page = words(signed_in(alix).get("/gestion/donnees-personnelles/"))
    assert "rendu anonyme 0 1" in page  # nothing today, one within a month
    for said in ("registre des violations", "72 heures", "registre des traitements", "Ce qui l’autorise"):
        assert said in page
    at("2026-11-23 12:00+01:00")
    assert signed_in(bastien).post("/gestion/donnees-personnelles/effacer/").status_code == 403
    done = signed_in(alix).post("/gestion/donnees-personnelles/effacer/", follow=True)
    assert "1 ligne effacée" in words(done) and "durée de conservation écoulée" in words(done)
    assert "Rien n’était à effacer" in words(
        signed_in(alix).post("/gestion/donnees-personnelles/effacer/", follow=True)
    )


def test_choices_are_kept_with_their_author(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    staff = signed_in(alix)
    assert "36" in staff.get("/gestion/reglages/donnees-personnelles/").content.decode()
    refused = staff.post("/gestion/reglages/donnees-personnelles/", {"kept_months": "37"})
    assert not RelationSettings.objects.exists() and refused.status_code == 200
    staff.post("/gestion/reglages/donnees-personnelles/", {"kept_months": "24", "opt_out_prospecting": "on"})
    kept = RelationSettings.objects.get()
    assert (kept.kept_months, kept.opt_out_prospecting) == (24, True)
    assert SettingChange.objects.filter(by=alix, section="Relations").count() == 2


def test_public_page_reads_the_same_table(artifaille: Hoster) -> None:
    """GDPR-11: what is said is what is done."""
    page = words(Client().get("/donnees-personnelles/"))
    assert "Les factures et les paiements" in page and "vingt-cinq mois" in page
    assert "Les comptes de l’équipe" not in page
