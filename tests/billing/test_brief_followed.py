"""What a *cahier des charges* becomes: versions, an annex of its quote, steps, meetings, objectives (003-011…022)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.brief_drafts import keep_part, send_again, send_brief, start_draft, token_of
from billing.brief_parts import PARTS, PlanningForm
from billing.delivery.planning import finish
from billing.documents.render import quote_html
from billing.models import BriefDraft, Delivery, Objective, Quote, QuoteItem
from billing.objectives import record_value
from billing.quoting.drafts import write_prices
from billing.quoting.requests import draft_for_request
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from crm.models import Organization, Request
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, Mail, User
from tests.billing.documents.reading import missing, pages_of
from tests.factories import make_acceptance
from tests.pages import words
from tests.screens.test_space_screens import enter

SignIn = Callable[[User], Client]
ANSWERS = {
    "contexte": {"mission": "Prêter des outils", "pains": "Deux familles, un outil"},
    "objectifs": {
        "objective_1_what": "Réservations en double",
        "objective_1_start": "12 par mois",
        "objective_1_target": "aucune",
        "objective_1_by": "fin 2027",
    },
    "livrables": {"deliverable_1_what": "Un calendrier", "deliverable_1_criterion": "Lu par tous"},
    "planning": {
        "deadline": "Juin",
        "milestone_1_what": "Essai avec cinq familles",
        "milestone_1_when": "le bureau valide",
        "milestone_1_on": "2027-04-12",
        "milestone_2_what": "Ouverture à tous",
    },
    "suivi": {"rhythm": "Une demi-heure au téléphone", "every_weeks": "2", "referent": "Karim"},
}


@pytest.fixture
def sent(artifaille: Hoster) -> BriefDraft:
    """A brief that arrived at the hoster."""
    draft = start_draft(hoster=artifaille, part="contexte", answers=ANSWERS["contexte"])
    for part, answers in ANSWERS.items():
        keep_part(draft=draft, part=part, answers=answers)
    who = PersonDetails("Karim Benali", "karim@lavoir.example", notice="…")
    home = OrganizationDetails("Les Amis du lavoir", "3 place du Marché", "69003", "Lyon")
    send_brief(draft=draft, organization=home, person=who, source="", key=uuid4())
    return BriefDraft.objects.select_related("request__contact", "request__organization").get()


def quoted(brief: BriefDraft, by: User) -> Quote:
    """The quote that answers it, with a line by hand."""
    assert brief.request
    draft = draft_for_request(request=brief.request)
    QuoteItem.objects.create(quote=draft, label="Formation", unit="jour", unit_price=Decimal(400))
    write_prices(draft=draft)
    return send_draft(draft=Quote.objects.get(pk=draft.pk), told=Told(by=by, name=by.name))


def accepted(brief: BriefDraft, by: User) -> Quote:
    quote = quoted(brief, by)
    make_acceptance(quote)
    return quote


def test_day_of_a_step_is_kept_and_read_again() -> None:
    """003-011: a date, beside who validates."""
    form = PlanningForm({"deadline": "Juin", "milestone_1_what": "Essai", "milestone_1_on": "2027-04-12"})
    assert form.is_valid()
    assert form.answers()["milestone_1_on"] == "2027-04-12"
    assert 'value="2027-04-12"' in str(PlanningForm(initial=form.answers()))
    assert not PlanningForm({"deadline": "Juin", "milestone_1_on": "2027-02-30"}).is_valid()


def test_steps_and_meetings_become_things_to_do_on_acceptance(
    sent: BriefDraft, alix: User, at: Callable[[str], None]
) -> None:
    """003-011, 003-012."""
    at("2026-11-23 10:00+01:00")
    quote = quoted(sent, alix)
    assert not Delivery.objects.exists()
    make_acceptance(quote)
    rows = (
        quote.deliveries.exclude(kind=Delivery.Kind.WORK).order_by("pk").values_list("kind", "what", "due_on")
    )
    assert list(rows) == [
        ("milestone", "Essai avec cinq familles – le bureau valide", date(2027, 4, 12)),
        ("milestone", "Ouverture à tous", None),
        ("meeting", "Faire le point avec Karim : Une demi-heure au téléphone", date(2026, 12, 7)),
    ]


def test_meetings_come_back_until_the_project_is_done(sent: BriefDraft, alix: User) -> None:
    """003-012: from the day planned, a late one pushing no other; none once every step is done."""
    quote = accepted(sent, alix)
    today = timezone.localdate()
    meeting = quote.deliveries.get(kind=Delivery.Kind.MEETING)
    Delivery.objects.filter(pk=meeting.pk).update(due_on=today - timedelta(days=3))
    following = finish(delivery=meeting, on=today, note="", by=alix)
    assert following and following.due_on == today + timedelta(days=11)
    for row in quote.deliveries.to_do().exclude(kind=Delivery.Kind.MEETING):
        finish(delivery=row, on=today, note="", by=alix)
    assert finish(delivery=following, on=today, note="", by=alix) is None
    assert not quote.deliveries.to_do().exists()


def test_quote_holds_the_version_that_it_answers(sent: BriefDraft, alix: User) -> None:
    """003-013: corrected and sent again, it has two versions; the quote sent before keeps the first as its annex."""
    quote = quoted(sent, alix)
    assert not send_again(draft=sent), "nothing changed"
    keep_part(draft=sent, part="suivi", answers=ANSWERS["suivi"] | {"referent": "Inès"})
    mails = Mail.objects.filter(kind="contact_asked").count()
    assert [send_again(draft=sent) for _twice in range(2)] == [True, False]
    assert Mail.objects.filter(kind="contact_asked").count() == mails + 1
    request = Request.objects.get()
    assert (request.details["version"], request.details["brief"]["suivi"]["referent"]) == (2, "Inès")
    assert request.details["former"][0]["brief"]["suivi"]["referent"] == "Karim"
    printed = pages_of(quote)
    assert missing(printed, ["Annexe : votre cahier des charges, version 1", "Karim"]) == []
    assert missing(printed, ["Inès"]) == ["Inès"]


def test_request_leads_to_its_own_quote(sent: BriefDraft, alix: User, signed_in: SignIn) -> None:
    """003-013: « Faire un devis » begins the quote that answers this request, not another one."""
    assert sent.request
    client, url = signed_in(alix), reverse("staff:quote_from_request", args=[sent.request.pk])
    assert f'action="{url}"' in client.get(sent.request.get_absolute_url()).content.decode()
    client.post(url)
    assert Quote.objects.get().request_key == sent.request.key


def test_quote_without_a_brief_has_no_annex(sent: BriefDraft, alix: User) -> None:
    Request.objects.update(details={})
    quote = quoted(sent, alix)
    assert "Annexe" not in words(quote_html(quote, list(quote.lines.all())))
    make_acceptance(quote)
    assert set(quote.deliveries.values_list("kind", flat=True)) == {"work"}
    assert not Objective.objects.exists()


@pytest.mark.usefixtures("sent")
def test_brief_is_corrected_on_its_own_pages(artifaille: Hoster) -> None:
    client, token = Client(), token_of(BriefDraft.objects.get())
    review = reverse("storefront:brief_review", kwargs={"token": token})
    assert "Version 1" in words(client.get(review)) and "Envoyer la nouvelle" not in words(client.get(review))
    part = reverse("storefront:brief_part", kwargs={"token": token, "part": PARTS[4].code})
    assert 'value="2" selected' in client.get(part).content.decode()
    client.post(part, {"rhythm": "Au café", "every_weeks": "4", "referent": "Inès"})
    assert "Envoyer la nouvelle version" in words(client.get(review))
    assert "La nouvelle version est bien arrivée." in words(client.post(review, follow=True))
    assert "toutes les quatre semaines" in words(client.get(review))
    assert Request.objects.get().details["version"] == 2


def test_brief_is_a_pdf_in_each_of_its_versions(
    sent: BriefDraft, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    keep_part(draft=sent, part="suivi", answers=ANSWERS["suivi"] | {"referent": "Inès"})
    send_again(draft=sent)
    assert sent.request
    url = reverse("staff:request_brief", kwargs={"pk": sent.request.pk})
    client = signed_in(alix)
    assert f'href="{url}?version=1"' in client.get(sent.request.get_absolute_url()).content.decode()
    files = [client.get(address) for address in (url, f"{url}?version=1", f"{url}?version=%C2%B2")]
    files.append(Client().post(reverse("storefront:brief_pdf", kwargs={"token": token_of(sent)})))
    for file in files:
        assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert files[0].content != files[1].content
    assert files[0].content == files[2].content
    Request.objects.update(details={})
    assert client.get(url).status_code == 404


def test_strangers_make_no_more_pdfs_than_forms(sent: BriefDraft, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 1
    url, client = reverse("storefront:brief_pdf", kwargs={"token": token_of(sent)}), Client()
    assert client.get(url).status_code == 405
    assert [client.post(url).status_code for _twice in range(2)] == [200, 429]


def test_objectives_are_followed_by_both_sides(sent: BriefDraft, alix: User, signed_in: SignIn) -> None:
    """003-022: those of the brief, then their values; the association reads the same page in its space."""
    quote = accepted(sent, alix)
    objective = Objective.objects.get()
    assert (objective.what, objective.start, objective.target, objective.by) == (
        "Réservations en double",
        "12 par mois",
        "aucune",
        "fin 2027",
    )
    client, url = signed_in(alix), reverse("staff:organization_objectives", args=[quote.organization_id])
    assert "Suivre les objectifs" in words(client.get(quote.organization.get_absolute_url()))
    value = reverse("staff:objective_value", args=[objective.pk])
    today = timezone.localdate()
    for on, said in ((today - timedelta(days=30), "9"), (today, "4"), (today, "3")):
        assert client.post(value, {"on": on.isoformat(), "value": said}).status_code == 302
    assert (
        client.post(value, {"on": (today + timedelta(days=1)).isoformat(), "value": "0"}).status_code == 422
    )
    assert list(objective.values.order_by("on").values_list("value", flat=True)) == ["9", "3"]
    client.post(url, {"what": "Bénévoles au téléphone", "target": "un par samedi"})
    space = enter(quote.contact)
    assert "Vos objectifs, et où vous en êtes" in words(space.get(reverse("portal:home")))
    page = words(space.get(reverse("portal:objectives")))
    assert page.index(" 3 – ") < page.index(" 9 – ") and "un par samedi" in page


def test_objective_is_taken_away_once_confirmed(sent: BriefDraft, alix: User, signed_in: SignIn) -> None:
    accepted(sent, alix)
    objective = Objective.objects.get()
    record_value(objective=objective, on=timezone.localdate(), value="3", note="", by=alix)
    client, url = signed_in(alix), reverse("staff:objective_remove", args=[objective.pk])
    client.post(url)
    assert Objective.objects.exists()
    client.post(url, {"sure": "1"})
    assert not Objective.objects.exists() and Organization.objects.exists()
