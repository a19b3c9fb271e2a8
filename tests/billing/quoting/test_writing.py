"""Staff write a quote from nothing or from a request, send it, revise, copy, renew and withdraw it (issue 5)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from billing.models import AccessLink, Quote, QuoteEvent, QuoteItem
from billing.quoting.sending import send_draft
from billing.quoting.states import ActRefused, Told, move
from billing.quoting.versions import (
    duplicate_quote,
    renew_by_client,
    renew_quote,
    revise_quote,
    withdraw_quote,
)
from crm.models import Request
from hosters.models import Hoster, Mail, Role, User
from offers.models import Offer
from offers.tariffs import publish_tariff
from tests.billing.conftest import DOMINIQUE
from tests.billing.documents.hostile import Canary, snippets
from tests.factories import MARMULE, make_acceptance, make_draft, make_offer, make_quote, make_staff
from tests.pages import words
from tests.sampling import sampled

SignIn = Callable[[User], Client]
LINE = {
    "label": "Reprise de l’existant",
    "explanation": "Deux ans de courriels",
    "quantity": "1,5",
    "unit": "jour",
    "unit_price": "400",
    "tax_included": "on",
    "vat": "",
    "cadence": "one_off",
    "term_months": "1",
}
HOSTILE = snippets(Canary("http://canari.example", Path("/etc/hostname"), "…"))
OFFER = {"users": "12", "storage_gb": "35"}


@pytest.fixture
def alix_signed_in(artifaille: Hoster, alix: User, signed_in: SignIn) -> Client:
    return signed_in(alix)


def only_draft() -> Quote:
    return Quote.objects.get(state=Quote.State.DRAFT)


def page(name: str, quote: Quote, **more: int) -> str:
    return reverse(f"staff:quote_{name}", kwargs={"pk": quote.pk} | more)


def test_items_of_a_draft_move_one_place_and_stop_at_the_ends(marmule: Offer, alix_signed_in: Client) -> None:
    draft = make_draft(make_quote(marmule).contact, label="Reprise")
    last = QuoteItem.objects.create(quote=draft, position=2, label="Suivi", unit_price=10)

    def order(**data: str) -> list[str]:
        alix_signed_in.post(page("item_move", draft, item=last.pk), data)
        return [line.label for line in Quote.objects.get(pk=draft.pk).lines.all()]

    assert order(monter="1") == ["Suivi", "Reprise"]
    assert order(monter="1") == ["Suivi", "Reprise"]
    assert order(descendre="1") == order(descendre="1") == ["Reprise", "Suivi"]
    read = words(alix_signed_in.get(draft.get_absolute_url()))
    assert "Monter Suivi" in read and "Descendre Suivi" not in read


def test_quote_is_written_and_sent_from_nothing(marmule: Offer, alix_signed_in: Client) -> None:
    client = alix_signed_in
    client.post(reverse("staff:quote_new"), DOMINIQUE)
    draft = only_draft()
    client.post(page("add_offer", draft) + "?offre=marmule", OFFER)
    client.post(page("add_line", draft), LINE)
    until = timezone.localdate() + timedelta(days=70)
    answer = client.post(
        page("draft", draft),
        {"title": "Votre déménagement", "message": "Bonjour à tous"}
        | {"valid_until": until.isoformat(), "renewal": "tacit"},
        follow=True,
    )
    assert "Votre déménagement" in words(answer)
    assert "Reprise de l’existant" in words(client.get(page("send", draft)))
    answer = client.post(page("send", draft), follow=True)
    quote = Quote.objects.get()
    assert (quote.state, quote.valid_until, quote.promise["offer"]) == ("sent", until, "Votre déménagement")
    assert quote.first_year_gross == Decimal("430.00") + Decimal(600)
    assert Mail.objects.get(kind="quote_sent").to == "dominique@lavoir.example"
    assert f"Devis {quote.number} envoyé" in words(answer)
    change = quote.organization.stage_changes.get(after="interest")
    assert change.evidence == f"devis {quote.number} envoyé", (
        "004-001: a quote sent shows the interest, with its proof"
    )
    assert "n’est plus un brouillon" in words(client.get(page("draft", quote), follow=True))


def test_line_typed_after_sending_changes_nothing_and_says_so(marmule: Offer, alix_signed_in: Client) -> None:
    """A colleague sent the draft, or gave it up, while the page was open: no dead end, whatever the page."""
    sent = send_draft(draft=make_draft(make_quote(marmule).contact), told=Told(name="Alix"))
    lines = list(sent.lines.values())
    for name, more in (("add_line", {}), ("item_move", {"item": sent.items.get().pk})):
        answer = alix_signed_in.post(page(name, sent, **more), LINE, follow=True)
        assert answer.redirect_chain == [(sent.get_absolute_url(), 302)]
        assert "Ce devis n’est plus un brouillon (envoyé)" in words(answer)
    assert list(sent.lines.values()) == lines
    given_up = withdraw_quote(quote=make_draft(sent.contact), told=Told(name="Alix"))
    answer = alix_signed_in.post(page("add_line", given_up), LINE, follow=True)
    assert answer.status_code == 200
    assert "n’est plus un brouillon (retiré)" in words(answer)


def test_unknown_act_makes_no_draft(marmule: Offer, alix_signed_in: Client) -> None:
    quote = make_quote(marmule)
    for data in ({}, {"acte": "effacer"}):
        answer = alix_signed_in.post(page("again", quote), data, follow=True)
        assert "Choisissez : une nouvelle version" in words(answer)
    assert not Quote.objects.filter(state=Quote.State.DRAFT).exists()


def test_draft_without_price_says_why(marmule: Offer, alix_signed_in: Client) -> None:
    draft = make_draft(make_quote(marmule).contact)
    draft.items.all().delete()
    assert "un devis vide ne se chiffre pas" in words(alix_signed_in.get(page("draft", draft)))
    assert alix_signed_in.get(page("preview", draft)).status_code == 302
    alix_signed_in.post(page("send", draft))
    assert only_draft() == draft


def test_preview_is_a_pdf_and_keeps_nothing(marmule: Offer, alix_signed_in: Client) -> None:
    draft = make_draft(make_quote(marmule).contact)
    answer = alix_signed_in.get(page("preview", draft))
    assert answer.content.startswith(b"%PDF")
    assert only_draft().document_id is None


def test_items_are_changed_and_taken_out(marmule: Offer, alix_signed_in: Client) -> None:
    draft = make_draft(make_quote(marmule).contact)
    item = draft.items.get()
    alix_signed_in.post(page("item", draft, item=item.pk), LINE | {"quantity": "2"})
    assert only_draft().first_year_gross == 800
    alix_signed_in.post(page("item_remove", draft, item=item.pk))
    assert (only_draft().first_year_gross, QuoteItem.objects.filter(quote=draft).count()) == (0, 0)


def test_sent_quote_keeps_its_items(marmule: Offer, alix_signed_in: Client) -> None:
    quote = make_quote(marmule)
    item = quote.items.get()
    for url in (page("item", quote, item=item.pk), page("item_remove", quote, item=item.pk)):
        assert alix_signed_in.post(url, LINE).status_code == 302
    assert quote.items.get() == item


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valid_until": "2020-01-01"}, "Choisissez une date à venir"),
        ({"discount_percent": "10"}, "Dites pourquoi"),
        ({"discount_percent": "101", "discount_reason": "…"}, "entre 0 et 100"),
        ({"discount_percent": "1", "discount_amount": "1", "discount_reason": "…"}, "pas les deux"),
        ({"discount_amount": "-1", "discount_reason": "…"}, "positif"),
    ],
)
def test_settings_that_make_no_sense_are_explained(
    marmule: Offer, alix_signed_in: Client, changes: dict[str, str], sentence: str
) -> None:
    draft = make_draft(make_quote(marmule).contact)
    until = (timezone.localdate() + timedelta(days=60)).isoformat()
    answer = alix_signed_in.post(page("draft", draft), {"valid_until": until, "renewal": "tacit"} | changes)
    assert sentence in words(answer)


def test_request_becomes_a_draft_in_one_step(
    marmule: Offer, alix_signed_in: Client, ask: Callable[..., object]
) -> None:
    """003, 002-144: what must be priced by a person; clicked twice, one draft."""
    ask(url="/offres/marmule/devis/?users=999999999&storage_gb=35", message="Pour la fédération")
    request = Request.objects.get()
    url = reverse("staff:quote_from_request", kwargs={"pk": request.pk})
    first = alix_signed_in.post(url, follow=True)
    second = alix_signed_in.post(url, follow=True)
    assert only_draft().contact == request.contact
    assert "Pour la fédération" in words(first)
    assert first.redirect_chain == second.redirect_chain


def test_accountant_reads_and_writes_nothing(artifaille: Hoster, marmule: Offer, signed_in: SignIn) -> None:
    draft = make_draft(make_quote(marmule).contact)
    client = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
    for name in ("draft", "send", "add_line", "add_offer"):
        assert client.post(page(name, draft), LINE).status_code == 403
    assert client.get(page("preview", draft)).status_code == 200


def test_revision_supersedes_and_tells_what_differs(marmule: Offer) -> None:
    """003-021: D-2026-0001 becomes -v2, « + 15 Go, + 10,00 € par mois »."""
    former = make_quote(marmule)
    link = AccessLink.objects.create(
        hoster=former.hoster,
        purpose="decide_quote",
        contact=former.contact,
        quote=former,
        digest="x",
        expires_at=timezone.now() + timedelta(days=1),
    )
    draft = revise_quote(quote=former, told=Told())
    assert revise_quote(quote=former, told=Told()).pk == draft.pk
    item = draft.items.get()
    item.selection["quantities"]["storage_gb"] = "50"
    item.save()
    QuoteItem.objects.create(quote=draft, position=2, label="Formation", unit_price=Decimal(300))
    quote = send_draft(draft=draft, told=Told(name="Alix"))
    former.refresh_from_db()
    link.refresh_from_db()
    assert (quote.number, quote.version) == (f"{former.number}-v2", 2)
    assert (former.state, link.quote_id) == ("superseded", quote.pk)
    assert quote.changes[:3] == ["+ 15\u00a0Go", "+ Formation", "En tout : + 5,00\u00a0€ par mois"]
    with pytest.raises(ActRefused, match="nouvelle version"):
        move(quote=former, act="accept", actor="client")


def test_versions_go_on_counting(marmule: Offer) -> None:
    quote = make_quote(marmule)
    root = quote.number
    for version in (2, 3, 4):
        quote = send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
        assert quote.number == f"{root}-v{version}"
    assert quote.changes == ["Mêmes prestations, mêmes montants"]


def test_revision_keeps_the_tariff_promised_and_renewal_takes_the_new_one(marmule: Offer) -> None:
    former = make_quote(marmule)
    base = MARMULE["charges"][0] | {"price": "30.00"}
    dearer = MARMULE | {"charges": [base, *MARMULE["charges"][1:]]}
    publish_tariff(offer=marmule, definition=dearer)
    assert revise_quote(quote=former, told=Told()).period_gross == former.period_gross
    Quote.objects.filter(state="draft").update(state="withdrawn")
    Quote.objects.filter(pk=former.pk).update(valid_until=date(2020, 1, 1))
    renewed = renew_quote(quote=former, told=Told())
    assert renewed.period_gross == 50
    sent = send_draft(draft=renewed, told=Told())
    assert "En tout : + 20,00\u00a0€ par mois" in sent.changes
    assert sent.valid_until > timezone.localdate()


def test_revision_during_the_review_keeps_the_meeting(marmule: Offer) -> None:
    former = make_quote(marmule)
    move(quote=former, act="put_in_review", actor="client", told=Told(meeting_on=date(2027, 1, 12)))
    sent = send_draft(draft=revise_quote(quote=former, told=Told()), told=Told())
    assert (sent.state, sent.meeting_on) == ("in_review", date(2027, 1, 12))


def test_revision_ends_no_sooner_than_what_was_promised(marmule: Offer) -> None:
    """DEV-03, Code civil 1116: a longer validity was granted; a new version does not take it back."""
    former = make_quote(marmule)
    until = former.valid_until + timedelta(days=45)
    move(quote=former, act="extend", actor="staff", told=Told(valid_until=until))
    former.refresh_from_db()
    assert revise_quote(quote=former, told=Told()).valid_until == until


def test_draft_of_an_accepted_quote_cannot_replace_it(marmule: Offer) -> None:
    """The association accepted while staff wrote: the contract stands."""
    former = make_quote(marmule)
    draft = revise_quote(quote=former, told=Told())
    make_acceptance(former)
    with pytest.raises(ActRefused, match="faites-en une copie"):
        send_draft(draft=draft, told=Told())
    assert Quote.objects.get(pk=former.pk).state == "accepted"


def test_renewal_by_the_client_is_one_click(marmule: Offer) -> None:
    former = make_quote(marmule)
    Quote.objects.filter(pk=former.pk).update(valid_until=date(2020, 1, 1))
    renewed = renew_by_client(quote=former, told=Told(name="Dominique"))
    assert renewed is not None
    assert (renewed.state, renewed.period_gross) == ("sent", former.period_gross)
    assert Mail.objects.filter(kind="quote_sent").count() == 2
    with pytest.raises(ActRefused, match="nouvelle version"):
        renew_by_client(quote=former, told=Told())


def test_renewal_of_a_price_by_hand_waits_for_a_person(marmule: Offer) -> None:
    sent = send_draft(draft=make_draft(make_quote(marmule).contact), told=Told())
    Quote.objects.filter(pk=sent.pk).update(valid_until=date(2020, 1, 1))
    assert renew_by_client(quote=sent, told=Told()) is None


def test_copy_is_another_quote(marmule: Offer) -> None:
    quote = make_quote(marmule)
    make_acceptance(quote)
    sent = send_draft(draft=duplicate_quote(quote=quote, told=Told()), told=Told())
    assert (sent.version, sent.former, sent.changes) == (1, None, [])
    assert sent.number != quote.number
    assert Quote.objects.get(pk=quote.pk).state == "accepted"


def test_withdrawal_says_why_to_the_association(marmule: Offer, alix_signed_in: Client) -> None:
    quote = make_quote(marmule)
    assert "article 1116" in words(alix_signed_in.get(page("withdraw", quote)))
    alix_signed_in.post(page("withdraw", quote), {"note": "Erreur de tarif"})
    assert Quote.objects.get().state == "withdrawn"
    assert Mail.objects.filter(kind="quote_withdrawn").count() == 1
    with pytest.raises(ActRefused, match="retiré"):
        withdraw_quote(quote=quote, told=Told(note="…"))


def test_abandoned_draft_leaves_no_hole(marmule: Offer) -> None:
    """NUM-01: only what is sent takes a number."""
    contact = make_quote(marmule).contact
    withdraw_quote(quote=make_draft(contact), told=Told())
    assert send_draft(draft=make_draft(contact), told=Told()).number.endswith("-0002")
    assert not Mail.objects.filter(kind="quote_withdrawn").exists()


def test_tabs_count_each_state(artifaille: Hoster, marmule: Offer, alix_signed_in: Client) -> None:
    late, waiting = make_quote(marmule), make_quote(marmule)
    make_acceptance(make_quote(marmule))
    make_draft(waiting.contact)
    Quote.objects.filter(pk=late.pk).update(valid_until=date(2020, 1, 1))
    read = words(alix_signed_in.get(reverse("staff:quotes")))
    for tab in ("Tous (4)", "Brouillons (1)", "À décider (1)", "Acceptés (1)", "Expirés (1)", "Refusés (0)"):
        assert tab in read
    read = words(alix_signed_in.get(reverse("staff:quotes") + "?etat=expires"))
    assert late.number in read
    assert waiting.number not in read


@pytest.mark.parametrize("snippet", sampled(HOSTILE))
def test_hostile_texts_of_a_draft_are_harmless(marmule: Offer, alix_signed_in: Client, snippet: str) -> None:
    """In every field that staff type, on the pages of the team, of the association and in the PDF."""
    draft = make_draft(make_quote(marmule).contact)
    client = alix_signed_in
    item = draft.items.get()
    client.post(
        page("item", draft, item=item.pk),
        LINE | {"label": snippet, "explanation": snippet, "unit": snippet[:30], "sessions": snippet},
    )
    until = (timezone.localdate() + timedelta(days=60)).isoformat()
    said = dict.fromkeys(("title", "message", "discount_reason", "success", "risks", "client_part"), snippet)
    settings = said | {"discount_percent": "10"}
    client.post(page("draft", draft), {"valid_until": until, "renewal": "tacit"} | settings)
    for url in (page("draft", draft), page("send", draft)):
        answer = client.get(url)
        assert answer.status_code in {200, 302}
        body = answer.content.decode().replace(escape(snippet), "").replace(snippet.strip(), "§")
        assert "§" not in body or snippet == escape(snippet)
    assert client.get(page("preview", draft)).status_code in {200, 302}


def test_every_act_is_told_with_its_author(marmule: Offer, alix: User, alix_signed_in: Client) -> None:
    quote = make_quote(marmule)
    alix_signed_in.post(page("refuse", quote), {"reason": "price", "note": "Trop cher cette année"})
    event = QuoteEvent.objects.get(act="refuse")
    assert (event.by, event.actor, event.reason) == (alix, "staff", "price")
    read = words(alix_signed_in.get(quote.get_absolute_url()))
    assert "Trop cher cette année" in read
    assert "Faire une nouvelle version" in read


def test_other_offers_are_not_sold_here(marmule: Offer, alix_signed_in: Client, other: Hoster) -> None:
    theirs = make_offer(other, slug="ailleurs")
    draft = make_draft(make_quote(marmule).contact)
    assert theirs.slug == "ailleurs"
    assert alix_signed_in.get(page("add_offer", draft) + "?offre=ailleurs").status_code == 404
    assert "ailleurs" not in words(alix_signed_in.get(page("add_offer", draft)))
