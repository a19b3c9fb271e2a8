"""Exchanges, follow-ups, the day's queue, scores and filters (002-089, 002-198, 004-010, 004-016, 004-019, C3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.criteria import CriterionRefused, keep_criterion, start_with_usual
from crm.follow_ups import PostponementRefused, due, plan, postpone
from crm.interactions import NextAction, too_soon
from crm.models import Criterion, FollowUp, Interaction, Organization, SavedFilter, Stage
from crm.scoring import INPUTS, Declared, keep_answers, score_of
from crm.temperature import temperature
from hosters.models import Hoster, User
from tests.factories import make_staff
from tests.pages import words
from tests.relations import make_interaction, make_organization

SignIn = Callable[[User], Client]


@pytest.fixture
def organization(artifaille: Hoster, alix: User) -> Organization:
    return make_organization(artifaille, alix)


def answer_all(organization: Organization, by: User, value: str = "yes", **options: Any) -> None:
    declared = [
        Declared(each, value=value) if each.threshold is None else Declared(each, number=each.threshold)
        for each in Criterion.objects.all()
    ]
    keep_answers(
        organization=organization,
        declared=declared,
        method="interview",
        unscored=options.get("unscored", False),
        by=by,
    )
    organization.refresh_from_db()


def test_exchange_sent_twice_is_kept_once(organization: Organization, alix: User, signed_in: SignIn) -> None:
    told = {
        "channel": "call",
        "direction": "inbound",
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "summary": "Demande un rendez-vous",
        "next_what": "Rappeler",
        "next_on": timezone.localdate().isoformat(),
        "key": str(uuid4()),
    }
    client, url = signed_in(alix), f"/gestion/organisations/{organization.pk}/echange/"
    for _ in range(2):
        assert client.post(url, told).status_code == 302
    organization.refresh_from_db()
    assert (Interaction.objects.count(), FollowUp.objects.count()) == (1, 1)
    assert temperature(organization) == "hot"
    assert "Rappeler" in words(client.get("/gestion/"))
    assert client.post(url, told | {"key": str(uuid4()), "next_on": ""}).status_code == 422


def test_our_own_calls_warm_nobody_and_are_counted(organization: Organization, alix: User) -> None:
    """004-022, C3."""
    assert too_soon(organization) is None
    ours = make_interaction(organization, alix, happened_at=timezone.now() - timedelta(days=13))
    organization.refresh_from_db()
    assert temperature(organization) == "cold"
    assert too_soon(organization) == ours
    Interaction.objects.update(happened_at=timezone.now() - timedelta(days=15))
    assert too_soon(organization) is None


@pytest.mark.parametrize(
    ("channel", "stage"), [("webinar", Stage.INTEREST), ("download", Stage.CONTACT), ("call", Stage.CONTACT)]
)
def test_webinar_shows_an_interest_and_a_download_only_counts(
    artifaille: Hoster, alix: User, at: Callable[[str], None], channel: str, stage: Stage
) -> None:
    """004-004, 004-008: whoever downloads a white paper stays where it is, its score does not; a webinar is logged as
    the evidence."""
    at("2026-11-22 12:00+01:00")
    start_with_usual(hoster=artifaille)
    organization = make_organization(artifaille, alix)
    answer_all(organization, alix)
    before = organization.score
    make_interaction(organization, alix, channel=channel, happened_at=datetime(2026, 11, 20, 12, tzinfo=UTC))
    organization.refresh_from_db()
    assert organization.stage == stage
    assert organization.score is not None and before is not None
    assert (organization.score > before) is (channel != "call")
    evidence = [each.evidence for each in organization.stage_changes.filter(after=Stage.INTEREST)]
    assert evidence == (["webinaire ou atelier suivi le 20 novembre 2026"] if channel == "webinar" else [])


def test_warmest_then_best_then_oldest(artifaille: Hoster, alix: User) -> None:
    today = timezone.localdate()
    names = []
    for name, known, score, days in (
        ("froide", None, 90, 9),
        ("chaude", timezone.now(), 10, 0),
        ("chaude bien notée", timezone.now(), 80, 0),
        ("froide ancienne", None, 90, 20),
        ("demain", timezone.now(), 99, -1),
    ):
        row = make_organization(artifaille, alix, name)
        Organization.objects.filter(pk=row.pk).update(knowing_at=known, score=score)
        plan(organization=row, what="Rappeler", due_on=today - timedelta(days=days), owner=None)
    names = [each.organization.name for each in due(artifaille)]
    assert names == ["chaude bien notée", "chaude", "froide ancienne", "froide"]


def test_follow_up_is_put_off_with_a_reason(organization: Organization, alix: User) -> None:
    today = timezone.localdate()
    follow_up = plan(organization=organization, what="Rappeler", due_on=today, owner=alix)
    for until, reason in ((today, "x"), (today + timedelta(days=1), " ")):
        with pytest.raises(PostponementRefused):
            postpone(follow_up=follow_up, until=until, reason=reason, by=alix)
    postpone(follow_up=follow_up, until=today + timedelta(days=7), reason="vacances", by=alix)
    follow_up.refresh_from_db()
    assert (follow_up.due_on, follow_up.postponements.get().reason) == (today + timedelta(days=7), "vacances")


class TestScore:
    @pytest.fixture(autouse=True)
    def _criteria(self, artifaille: Hoster) -> None:
        start_with_usual(hoster=artifaille)

    def test_twelve_criteria_at_most_and_each_must_once(self, artifaille: Hoster) -> None:
        assert Criterion.objects.count() == 12
        with pytest.raises(CriterionRefused):
            keep_criterion(criterion=Criterion(hoster=artifaille, question="Une de trop"))
        last = Criterion.objects.filter(must="").first()
        assert last
        last.must = "need"
        with pytest.raises(CriterionRefused):
            keep_criterion(criterion=last)

    def test_every_point_has_its_line(self, organization: Organization, alix: User) -> None:
        answer_all(organization, alix)
        score = score_of(organization)
        earned, possible = (sum(getattr(line, name) for line in score.lines) for name in ("points", "out_of"))
        assert organization.score == score.value == round(100 * earned / possible)
        assert organization.qualified and "prioritaire" in score.priority
        assert organization.score_changes.get().reasons[0]["points"] == 5

    def test_one_must_missing_is_not_qualified(self, organization: Organization, alix: User) -> None:
        answer_all(organization, alix)
        budget = Criterion.objects.get(must="budget")
        for declared in (Declared(budget, value="no"), Declared(budget)):
            keep_answers(
                organization=organization, declared=[declared], method="survey", unscored=False, by=alix
            )
            organization.refresh_from_db()
            assert not organization.qualified
        assert organization.score_changes.count() >= 2

    def test_opting_out_erases_the_score_and_its_history(
        self, organization: Organization, alix: User
    ) -> None:
        """GDPR-07."""
        answer_all(organization, alix)
        answer_all(organization, alix, unscored=True)
        make_interaction(organization, alix, direction="inbound")
        organization.refresh_from_db()
        assert (organization.score, organization.score_changes.count(), organization.qualified) == (
            None,
            0,
            True,
        )

    def test_inputs_of_a_score_are_declared_answers_and_knowing_actions(
        self, organization: Organization, alix: User
    ) -> None:
        """002-089, 004-021, C3: whatever is added to the database, a score reads these four tables only."""
        answer_all(organization, alix)
        with CaptureQueriesContext(connection) as made:
            score_of(organization)
        read = {
            part.split('"')[1]
            for query in made
            for keyword in (" FROM ", " JOIN ")
            for part in query["sql"].split(keyword)[1:]
            if part.startswith('"')
        }
        assert read - {"crm_organization", "hosters_hoster"} == set(INPUTS)
        assert set(INPUTS) == {"crm_criterion", "crm_answer", "crm_request", "crm_interaction"}

    @pytest.mark.parametrize(
        ("method", "label"),
        [("interview", "entretien"), ("survey", "questionnaire"), ("request", "sa demande écrite")],
    )
    def test_answer_keeps_how_it_was_known(
        self, organization: Organization, alix: User, method: str, label: str
    ) -> None:
        """004-018."""
        first = Criterion.objects.earliest("pk")
        declared = [Declared(first, value="yes")]
        keep_answers(organization=organization, declared=declared, method=method, unscored=False, by=alix)
        [line] = [each for each in score_of(organization).lines if each.what == first.question]
        assert line.said == f"oui ({label})"

    def test_page_shows_the_lines_and_keeps_answers(
        self, organization: Organization, alix: User, signed_in: SignIn
    ) -> None:
        client, url = signed_in(alix), f"/gestion/organisations/{organization.pk}/qualification/"
        first = Criterion.objects.first()
        assert first
        assert client.post(url, {f"critere-{first.pk}": "yes", "method": "interview"}).status_code == 302
        assert "5 sur 5" in words(client.get(url))
        assert client.post(url, {f"critere-{first.pk}": "maybe", "method": "interview"}).status_code == 422


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("warmth=hot", {"chaude"}),
            ("warmth=cold", {"froide"}),
            ("size=small", {"froide"}),
            ("size=large", {"chaude"}),
            ("territory=2a", {"froide"}),
            ("score=50", {"chaude"}),
            ("group=to_qualify", {"froide"}),
            ("group=active", set()),
            ("segment=public", {"chaude"}),
            ("owner=999999", {"chaude", "froide"}),
            ("score=abc", {"chaude", "froide"}),
        ],
    )
    def test_each_criterion_chooses(
        self, artifaille: Hoster, alix: User, signed_in: SignIn, query: str, found: set[str]
    ) -> None:
        """004-012, 004-017: cold, warm, hot; what waits for too long to be qualified or closed."""
        hot = make_organization(artifaille, alix, "chaude", accounts=60, segment="public", tags=["visio"])
        cold = make_organization(artifaille, alix, "froide", accounts=3, postcode="20000")
        Organization.objects.filter(pk=hot.pk).update(knowing_at=timezone.now(), score=80)
        Organization.objects.filter(pk=cold.pk).update(created_at=timezone.now() - timedelta(days=90))
        page = signed_in(alix).get(f"/gestion/organisations/?{query}").content.decode()
        assert {name for name in ("chaude", "froide") if f">{name}</a>" in page} == found

    def test_criteria_are_combined_and_kept(self, artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
        """004-044: stage, segment, size, territory, score and need at once; one that differs is not found."""
        same = {"accounts": 60, "segment": "public", "tags": ["visio"]}
        wanted = make_organization(artifaille, alix, "Voulue", **same)
        for name, change in (
            ("petite", {"accounts": 3}),
            ("privée", {"segment": "company"}),
            ("loin", {"postcode": "75001"}),
            ("sans besoin", {"tags": []}),
        ):
            make_organization(artifaille, alix, name, **same | change)
        Organization.objects.update(score=80)
        make_organization(artifaille, alix, "mal notée", **same)
        cold = make_organization(artifaille, alix, "cliente", **same)
        Organization.objects.filter(pk=cold.pk).update(score=80, stage=Stage.CLIENT)
        need = wanted.tags.get().pk
        query = f"stage=contact&segment=public&size=large&territory=69&score=50&need={need}"
        client = signed_in(alix)
        page = words(client.get(f"/gestion/organisations/?{query}"))
        assert "Voulue" in page
        for other in ("petite", "privée", "loin", "sans besoin", "mal notée", "cliente"):
            assert other not in page.partition("Voulue")[2]
        client.post("/gestion/organisations/filtres/", {"name": "Mes structures", "query": query})
        assert SavedFilter.objects.get().query == query

    def test_active_and_former_clients_are_two_groups(
        self, artifaille: Hoster, alix: User, signed_in: SignIn
    ) -> None:
        """004-012."""
        for name, lapsed in (("Fidèle", None), ("Ancienne", date(2026, 1, 1))):
            row = make_organization(artifaille, alix, name)
            Organization.objects.filter(pk=row.pk).update(stage=Stage.CLIENT, lapsed_on=lapsed)
        client = signed_in(alix)
        for group, found in (("active", {"Fidèle"}), ("lapsed", {"Ancienne"})):
            page = client.get(f"/gestion/organisations/?group={group}").content.decode()
            assert {name for name in ("Fidèle", "Ancienne") if f">{name}</a>" in page} == found

    def test_filter_is_kept_shared_and_taken_away(
        self, artifaille: Hoster, alix: User, signed_in: SignIn
    ) -> None:
        client, colleague = signed_in(alix), signed_in(make_staff(artifaille))
        told = {"name": "Chaudes", "query": "warmth=hot&page=3&__class__=x", "shared": "on"}
        client.post("/gestion/organisations/filtres/", told)
        saved = SavedFilter.objects.get()
        assert saved.query == "warmth=hot"
        assert "Chaudes" in words(colleague.get("/gestion/organisations/"))
        url = f"/gestion/organisations/filtres/{saved.pk}/retirer/"
        assert "à quelqu’un d’autre" in words(colleague.post(url, follow=True))
        assert SavedFilter.objects.exists()
        client.post(url)
        assert not SavedFilter.objects.exists()

    def test_own_filter_is_not_shown_to_others(
        self, artifaille: Hoster, alix: User, signed_in: SignIn
    ) -> None:
        signed_in(alix).post("/gestion/organisations/filtres/", {"name": "Secret", "query": "warmth=hot"})
        assert "Secret" not in words(signed_in(make_staff(artifaille)).get("/gestion/organisations/"))


def test_hostile_words_are_only_words(organization: Organization, alix: User, signed_in: SignIn) -> None:
    hostile = "<script>alert(1)</script>"
    plan(organization=organization, what=hostile, due_on=timezone.localdate(), owner=alix)
    make_interaction(organization, alix, summary=hostile, then=NextAction(hostile, timezone.localdate()))
    client = signed_in(alix)
    for url in ("/gestion/", "/gestion/relances/", organization.get_absolute_url()):
        assert hostile not in client.get(url).content.decode()
