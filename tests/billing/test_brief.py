"""The *cahier des charges* in five parts: the journey, the links, what staff read (003-001, 003-007…013, 003-041)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from billing.brief_drafts import MOST_LINKS, draft_of, forget_old_drafts, start_draft, token_of
from billing.brief_parts import PARTS, DeliverablesForm, answered_parts
from billing.models import BriefDraft
from crm.models import Request
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from tests.hostile_texts import SNIPPETS
from tests.pages import words
from tests.sampling import sampled

SignIn = Callable[[User], Client]
WHO = {"name": "Dominique Petit", "organization": "Les Amis du lavoir", "email": "dominique@lavoir.example"}


def filled(part: object, text: str = "Avec nos mots") -> dict[str, str]:
    """What the needed fields of a part hold."""
    return {name: text for name, field in part.form().fields.items() if field.required}  # type: ignore[attr-defined]


def write_all(client: Client, text: str = "Avec nos mots") -> str:
    """The five parts through the pages; the address of the last page."""
    url = reverse("storefront:brief")
    for part in PARTS:
        url = client.post(url, filled(part, text))["Location"]
    return url


def test_brief_is_written_without_an_account_and_arrives_once(artifaille: Hoster) -> None:
    """003-013: complete from 0 to 5 parts."""
    client = Client()
    review = write_all(client)
    assert "5 parties sur 5 complètes" in words(client.get(review))
    for _again in range(2):
        client.post(review, WHO | {"key": str(uuid4())})
    request = Request.objects.get()
    assert (request.kind, request.organization.name) == (Request.Kind.BRIEF, WHO["organization"])
    assert all(part.complete for part in answered_parts(request.details["brief"]))
    assert sorted(Mail.objects.values_list("kind", flat=True)) == ["contact_acknowledged", "contact_asked"]
    assert "bien arrivé" in words(client.get(review))


def test_brief_that_lacks_a_part_is_not_sent(artifaille: Hoster) -> None:
    client = Client()
    client.post(reverse("storefront:brief"), filled(PARTS[0]))
    review = reverse("storefront:brief_review", kwargs={"token": token_of(BriefDraft.objects.get())})
    client.post(review, WHO | {"key": str(uuid4())})
    assert not Request.objects.exists()
    assert "1 partie sur 5 complète" in words(client.get(review))


@pytest.mark.parametrize("index", range(5))
def test_each_part_says_what_is_needed_and_shows_an_example(artifaille: Hoster, index: int) -> None:
    part = PARTS[index]
    draft = start_draft(hoster=artifaille, part="contexte", answers={})
    url = reverse("storefront:brief_part", kwargs={"token": token_of(draft), "part": part.code})
    client = Client()
    assert "Par exemple :" in words(client.get(url))
    assert "Il reste à corriger" in words(client.post(url, {}))


def test_brief_begins_with_the_organisation_and_asks_for_one_objective() -> None:
    """003-008, 003-009: mission and public, context, pains, reason, values; then what is measured, from, to, when."""
    assert list(PARTS[0].form().fields) == ["mission", "today", "pains", "reason", "values"]
    objective = {"objective_1_what": "Abandons", "objective_1_target": "-15 %"}
    assert PARTS[1].form(objective).is_valid()
    assert set(PARTS[1].form({}).errors) == set(objective)
    names = [name for name in PARTS[1].form().fields if name.startswith("objective_1_")]
    assert names == [f"objective_1_{each}" for each in ("what", "start", "target", "by")]


def test_every_deliverable_says_how_it_is_judged() -> None:
    """003-010: the second one too."""
    known = {"deliverable_1_what": "Un calendrier", "deliverable_1_criterion": "Lu par tous"}
    form = DeliverablesForm(known | {"deliverable_2_what": "Une formation"})
    assert list(form.errors) == ["deliverable_2_criterion"]
    assert form.shows_later()
    assert DeliverablesForm(
        known | {"deliverable_2_what": "Une formation", "deliverable_2_criterion": "Six formées"}
    ).is_valid()


def test_first_parts_ask_why_and_never_with_which_software() -> None:
    """003-007: no word of a solution in what is asked."""
    asked = " ".join(
        f"{field.label} {field.help_text}" for part in PARTS for field in part.form().fields.values()
    )
    for word in ("logiciel", "Nextcloud", "serveur", "API", "plugin"):
        assert word.lower() not in asked.lower()


def test_link_to_resume_opens_the_draft_and_the_address_is_not_kept(artifaille: Hoster) -> None:
    draft = start_draft(hoster=artifaille, part="contexte", answers={"mission": "Prêter des outils"})
    client = Client()
    url = reverse("storefront:brief_resume", kwargs={"token": token_of(draft)})
    client.post(url, {"resume_email": "dominique@lavoir.example"})
    send(Mail.objects.get(kind="brief_saved"))
    assert token_of(draft) in outbox.outbox[-1].body
    assert "dominique" not in str(BriefDraft.objects.values().get())


def test_one_draft_does_not_write_to_everybody(artifaille: Hoster) -> None:
    """No account, no proved address: the form is no way to make us write to strangers."""
    draft = start_draft(hoster=artifaille, part="contexte", answers={"mission": "x"})
    url = reverse("storefront:brief_resume", kwargs={"token": token_of(draft)})
    answers = [
        words(Client().post(url, {"resume_email": f"a{number}@lavoir.example"}, follow=True))
        for number in range(MOST_LINKS + 1)
    ]
    assert ["copiez plutôt l’adresse" in answer for answer in answers] == [False] * MOST_LINKS + [True]
    assert Mail.objects.filter(kind="brief_saved").count() == MOST_LINKS


@pytest.mark.parametrize("wrong", ["", "j" * 43, "[1,1]:x", "é", "WzEsMV0:abc"])
def test_forged_link_opens_nothing(artifaille: Hoster, wrong: str) -> None:
    start_draft(hoster=artifaille, part="contexte", answers={})
    assert draft_of(wrong) is None


def test_draft_of_another_hoster_does_not_exist(artifaille: Hoster, other: Hoster) -> None:
    with scope(hoster=other):
        token = token_of(start_draft(hoster=other, part="contexte", answers={"mission": "CANARI"}))
    assert draft_of(token) is None


def test_old_draft_opens_no_more_and_is_erased(artifaille: Hoster) -> None:
    draft = start_draft(hoster=artifaille, part="contexte", answers={})
    BriefDraft.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert draft_of(token_of(draft)) is None
    assert forget_old_drafts() == 1


def test_staff_read_the_brief_and_are_warned_until_the_need_is_written(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """003-041: no sur-mesure quote without the need in words."""
    client = Client()
    client.post(write_all(client), WHO | {"key": str(uuid4())})
    staff, request = signed_in(alix), Request.objects.get()
    read = words(staff.get(request.get_absolute_url()))
    assert "Le besoin n’est pas encore écrit" in read
    assert "Avec nos mots" in read
    staff.post(reverse("staff:state_need", kwargs={"pk": request.pk}), {"need_statement": "Réserver seules"})
    assert "pas encore écrit" not in words(staff.get(request.get_absolute_url()))


@pytest.mark.parametrize("snippet", sampled(SNIPPETS))
def test_hostile_answer_is_harmless_where_it_is_read(
    artifaille: Hoster, alix: User, signed_in: SignIn, snippet: str
) -> None:
    client = Client()
    review = write_all(client, snippet)
    client.post(review, WHO | {"key": str(uuid4())})
    for page in (client.get(review), signed_in(alix).get(Request.objects.get().get_absolute_url())):
        assert page.status_code == 200
        assert "<" not in snippet or snippet not in page.content.decode()


def test_trial_is_a_request_of_its_own(artifaille: Hoster) -> None:
    sent = {
        "name": "Dominique",
        "email": "dominique@lavoir.example",
        "phone": "06 12 34 56 78",
        "when": "any",
        "key": str(uuid4()),
    }
    answer = Client().post(reverse("storefront:trial"), sent)
    assert answer["Location"].endswith("?pour=trial")
    assert Request.objects.get().kind == Request.Kind.TRIAL
