"""What the association does from its link, and what nobody can do to it (issue 5, DEV-03, DEV-05)."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from billing.access_links import mint_link
from billing.models import AccessLink, Quote, QuoteEvent, QuoteItem, QuoteLine
from billing.quoting.drafts import CARRIED, DraftSettings
from billing.quoting.options import MOST_VERSIONS, Chosen, choose_options
from billing.quoting.requests import ask_change, draft_for_request
from billing.quoting.sending import send_draft
from billing.quoting.states import ActRefused, Told
from billing.quoting.versions import revise_quote
from crm.models import Opportunity, Request
from hosters.models import Hoster, Mail
from offers.models import Offer
from tests.billing.documents.hostile import Canary, snippets
from tests.factories import make_acceptance, make_draft, make_file, make_offer, make_quote
from tests.pages import hidden_fields, words
from tests.sampling import sampled

ACTS = ("opened", "options", "change", "decline", "renew")
FORM = {"reason": "price", "note": "…", "message": "Dix comptes de plus", "choix": "1", "option": "2"}
HOSTILE = snippets(Canary("http://canari.example", Path("/etc/hostname"), "…"))


def optional_quote(marmule: Offer) -> Quote:
    """400 € of work, and two options at 100 € and 10 € a month."""
    draft = make_draft(make_quote(marmule).contact, label="Reprise", unit_price=Decimal(400))
    QuoteItem.objects.create(
        quote=draft, position=2, optional=True, label="Formation", unit_price=Decimal(100)
    )
    QuoteItem.objects.create(
        quote=draft,
        position=3,
        optional=True,
        label="Suivi",
        unit_price=Decimal(10),
        cadence="period",
    )
    return send_draft(draft=draft, told=Told())


@pytest.fixture
def quote(marmule: Offer) -> Quote:
    return optional_quote(marmule)


def link(quote: Quote, purpose: AccessLink.Purpose = AccessLink.Purpose.DECIDE_QUOTE) -> str:
    return mint_link(purpose=purpose, contact=quote.contact, quote=quote)


def url(token: str, act: str = "") -> str:
    return reverse(f"storefront:quote_{act}" if act else "storefront:quote", kwargs={"token": token})


def facts() -> list[object]:
    """All that an act may change."""
    return [
        list(Quote.objects.order_by("pk").values()),
        QuoteEvent.objects.count(),
        QuoteLine.objects.count(),
        Request.objects.count(),
        Mail.objects.count(),
        list(AccessLink.objects.order_by("pk").values()),
    ]


def test_choice_keeps_all_that_the_quote_says_beside_its_options(marmule: Offer) -> None:
    """A contract that ends by itself is not one that is renewed, whatever is ticked."""
    draft = make_draft(make_quote(marmule).contact)
    QuoteItem.objects.create(quote=draft, position=2, optional=True, label="Suivi", unit_price=Decimal(10))
    settings = DraftSettings(
        title="Votre déménagement",
        message="Bonjour à tous",
        valid_until=timezone.localdate() + timedelta(days=90),
        discount_percent=Decimal(10),
        discount_reason="association de moins d’un an",
        renewal=Quote.Renewal.NONE,
    )
    assert set(CARRIED) == set(vars(settings)) - {"valid_until"}
    Quote.objects.filter(pk=draft.pk).update(**vars(settings))
    sent = send_draft(draft=draft, told=Told())
    kept = choose_options(quote=sent, chosen=Chosen(frozenset({2})), told=Told())
    assert kept.pk != sent.pk
    assert {name: getattr(kept, name) for name in vars(settings)} == vars(settings)


@pytest.mark.parametrize("purpose", [AccessLink.Purpose.DECIDE_QUOTE, AccessLink.Purpose.READ_QUOTE])
@pytest.mark.parametrize("state", Quote.OPEN_STATES)
def test_scanner_of_mails_changes_nothing(quote: Quote, purpose: AccessLink.Purpose, state: str) -> None:
    """GET and HEAD on every address of every link, with and without options in it."""
    Quote.objects.filter(pk=quote.pk).update(state=state)
    token = link(quote, purpose)
    make_file(quote.document)
    before = facts()
    client = Client()
    for method in (client.get, client.head):
        for act in ("", "pdf", *ACTS):
            assert method(url(token, act)).status_code in {200, 302, 404, 405}
        method(url(token) + "?choix=1&option=2&option=3")
        method(reverse("storefront:accept", kwargs={"token": token}))
    assert facts() == before


def test_first_movement_of_a_person_is_seen_once(quote: Quote) -> None:
    token = link(quote)
    assert url(token, "opened") in Client().get(url(token)).content.decode()
    for _again in range(2):
        assert Client().post(url(token, "opened")).status_code == 302
    assert Quote.objects.get(pk=quote.pk).state == "seen"
    assert QuoteEvent.objects.filter(act="open").count() == 1
    assert url(token, "opened") not in Client().get(url(token)).content.decode()


def test_reader_reads_and_never_acts(quote: Quote) -> None:
    token = link(quote, AccessLink.Purpose.READ_QUOTE)
    before = facts()
    answer = Client().get(url(token))
    assert "Pour accepter, ouvrez le lien reçu par e-mail" in words(answer)
    assert url(token, "decline") not in answer.content.decode()
    for act in ACTS:
        assert Client().post(url(token, act), FORM).status_code == (302 if act == "opened" else 404)
    assert facts() == before


@pytest.mark.parametrize("kind", ["forged", "expired", "revoked", "foreign"])
def test_link_that_is_not_alive_opens_nothing(
    quote: Quote, other: Hoster, kind: str, settings: object
) -> None:
    token, links = link(quote), AccessLink.objects.filter(quote=quote)
    if kind == "forged":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")
    if kind == "expired":
        links.update(expires_at=timezone.now() - timedelta(seconds=1))
    if kind == "revoked":
        links.update(revoked_at=timezone.now())
    if kind == "foreign":
        links.update(hoster=other)
    before = facts()
    for act in ACTS:
        assert Client().post(url(token, act), FORM).status_code == 404
    assert Client().get(url(token)).status_code == 404
    assert facts() == before


def test_page_says_the_price_beside_the_decision_and_no_preparation_once_decided(quote: Quote) -> None:
    """On a phone the ticket comes last; nobody prepares what is accepted (issue 5)."""
    address = url(link(quote))
    open_page = words(Client().get(address).content.decode())
    assert open_page.index("la première année,") < open_page.index("Accepter le devis…")
    assert "Préparer la décision" in open_page
    make_acceptance(quote)
    decided = words(Client().get(address).content.decode())
    assert "Revoir la décision" in decided
    assert "Préparer la décision" not in decided
    assert "Accepter le devis…" not in decided


def test_options_move_the_total_before_anything_is_kept(quote: Quote) -> None:
    """Without script by the button, with htmx by the change: the same part of the same page."""
    token = link(quote)
    before = facts()
    read = words(Client().get(url(token) + "?choix=1&option=2&option=3"))
    assert "Avec ces options" in read
    assert "620,00 €" in read
    part = Client().get(
        url(token) + "?choix=1&option=2", headers={"HX-Request": "true", "HX-Target": "effet-options"}
    )
    assert "500,00 €" in words(part)
    assert "<html" not in part.content.decode()
    assert facts() == before


def test_kept_options_make_the_version_that_is_accepted(quote: Quote) -> None:
    """The PDF of the accepted version shows exactly what is accepted, and the links lead to it."""
    token = link(quote)
    Client().post(url(token, "options"), {"choix": "1", "option": ["2"]})
    version = Quote.objects.get(former=quote)
    quote.refresh_from_db()
    assert (quote.state, version.state, version.number) == ("superseded", "seen", f"{quote.number}-v2")
    assert version.first_year_gross == 500
    assert version.valid_until == quote.valid_until
    assert [line.label for line in version.spare_lines] == ["Suivi"]
    assert version.changes[0] == "+ Formation"
    assert version.document_id != quote.document_id
    assert version.number in words(Client().get(url(token)))
    acceptance = make_acceptance(version)
    assert acceptance.document_sha256 == Quote.objects.get(pk=version.pk).document.sha256


def test_same_choice_again_makes_no_version(quote: Quote) -> None:
    for _again in range(2):
        choose_options(quote=quote, chosen=Chosen(), told=Told())
    assert Quote.objects.filter(former=quote).count() == 0


def test_versions_by_options_have_an_end(quote: Quote) -> None:
    Quote.objects.filter(pk=quote.pk).update(version=MOST_VERSIONS)
    with pytest.raises(ActRefused, match="beaucoup de versions"):
        choose_options(quote=quote, chosen=Chosen(frozenset({2})), told=Told())


@pytest.mark.thorough
def test_300_mutations_of_options_and_totals_keep_the_price_of_the_server(quote: Quote) -> None:
    """Amounts, lines of others, options that do not exist: nothing but an option of this quote counts."""
    noise = random.Random(5)
    names = ("option", "choix", "amount", "total", "period_gross", "price", "unit_price", "items-0-price")
    values = ("1", "2", "3", "4", "99999", "-2", "2.0", "0x2", "²", "2; DROP", "", "2\x00", "NaN", "1e3")
    expected = {"": 400, "2": 500, "3": 520, "23": 620}
    for _mutation in range(300):
        current = Quote.objects.filter(state__in=Quote.OPEN_STATES, items__label="Reprise").get()
        Quote.objects.filter(pk=current.pk).update(version=1, number=f"D-{current.pk}")
        sent = {name: noise.choices(values, k=noise.randint(1, 3)) for name in noise.choices(names, k=4)}
        token = link(current)
        assert Client().get(url(token), sent).status_code == 200
        assert Client().post(url(token, "options"), sent).status_code == 302
        now = Quote.objects.filter(state__in=Quote.OPEN_STATES, items__label="Reprise").get()
        chosen = now.items.filter(chosen=True).values_list("position", flat=True)
        assert now.first_year_gross == expected["".join(map(str, chosen))]
        assert Decimal(now.totals["first_year"]["gross"]) == now.first_year_gross


def test_change_goes_to_the_queue_of_the_team_once(quote: Quote) -> None:
    token = link(quote)
    page = Client().get(url(token, "change"))
    form = hidden_fields(page) | {"message": "Dix comptes de plus"}
    for _again in range(2):
        answer = Client().post(url(token, "change"), form, follow=True)
    assert "Une personne vous lira" in words(answer)
    request = Request.objects.get(subject__contains=quote.number)
    assert request.message == "Dix comptes de plus"
    assert Quote.objects.get(pk=quote.pk).state == "seen"


def test_decline_tells_its_reason(quote: Quote) -> None:
    token = link(quote)
    assert "Quote" not in words(Client().get(url(token, "decline")))
    answer = Client().post(url(token, "decline"), {"reason": "later", "note": "Après l’été"}, follow=True)
    assert "Vous avez décliné ce devis" in words(answer)
    event = QuoteEvent.objects.get(act="refuse")
    assert (event.reason, event.note, event.name) == ("later", "Après l’été", "Dominique Petit")
    assert Mail.objects.filter(kind="quote_refused").count() == 1
    assert "a été refusé" in words(
        Client().get(reverse("storefront:accept", kwargs={"token": token}), follow=True)
    )


def test_decline_without_a_reason_asks_for_it(quote: Quote) -> None:
    Client().post(url(link(quote), "decline"), {"note": "…"})
    assert Quote.objects.get(pk=quote.pk).state == "sent"


def test_expired_quote_is_renewed_in_one_click(marmule: Offer) -> None:
    quote = make_quote(marmule)
    token = link(quote)
    Quote.objects.filter(pk=quote.pk).update(valid_until=date(2020, 1, 1))
    page = Client().get(url(token))
    assert "Renouveler ce devis" in words(page)
    answer = Client().post(url(token, "renew"), hidden_fields(page), follow=True)
    assert "Voici votre nouveau devis" in words(answer)
    assert Quote.objects.get(former=quote).undecided
    assert "Accepter le devis" in words(Client().get(url(token)))


def test_expired_price_by_hand_is_asked_to_a_person(quote: Quote) -> None:
    token = link(quote)
    Quote.objects.filter(pk=quote.pk).update(valid_until=date(2020, 1, 1))
    form = hidden_fields(Client().get(url(token)))
    for _again in range(2):
        Client().post(url(token, "renew"), form)
    assert Request.objects.filter(subject__startswith="Renouvellement").count() == 1
    assert not Quote.objects.filter(former=quote).exists()


@pytest.mark.parametrize("act", ["options", "decline"])
def test_expired_quote_refuses_every_decision(quote: Quote, act: str) -> None:
    token = link(quote)
    Quote.objects.filter(pk=quote.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    before = Quote.objects.count()
    Client().post(url(token, act), FORM)
    kept = Quote.objects.get(pk=quote.pk)
    assert (kept.state, Quote.objects.count()) == ("sent", before)


def test_review_of_an_old_version_is_refused(marmule: Offer) -> None:
    """Read, then replaced by staff, then confirmed: the new version must be read again."""
    quote = make_quote(marmule)
    make_file(quote.document)
    token = link(quote)
    accept = reverse("storefront:accept", kwargs={"token": token})
    review = Client().post(
        accept, {"name": "Dominique", "role": "Trésorière", "mandated": "on", "purpose": "own"}
    )
    newer = send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
    make_file(newer.document)
    answer = Client().post(accept, hidden_fields(review), follow=True)
    assert "Une nouvelle version a remplacé ce devis" in words(answer)
    assert {row.state for row in Quote.objects.all()} == {"superseded", "sent"}


@pytest.mark.parametrize("snippet", sampled(HOSTILE))
def test_hostile_texts_of_an_association_are_harmless(
    quote: Quote, alix: object, signed_in: Callable[[object], Client], snippet: str
) -> None:
    token = link(quote)
    form = hidden_fields(Client().get(url(token, "change")))
    Client().post(url(token, "change"), form | {"message": snippet})
    Client().post(url(token, "decline"), {"reason": "other", "note": snippet})
    staff = signed_in(alix)
    for page in (quote.get_absolute_url(), reverse("staff:dashboard"), quote.organization.get_absolute_url()):
        body = staff.get(page).content.decode()
        assert snippet == escape(snippet) or snippet.strip() not in body
    assert Quote.objects.get(pk=quote.pk).state == "refused"


def test_link_outlives_a_long_validity(quote: Quote) -> None:
    quote.valid_until = timezone.localdate() + timedelta(days=400)
    link(quote)
    assert AccessLink.objects.get(quote=quote).expires_at > timezone.now() + timedelta(days=450)


def test_foreign_option_is_refused(quote: Quote, artifaille: Hoster) -> None:
    make_offer(artifaille, slug="autre")
    with pytest.raises(ActRefused, match="pas dans ce devis"):
        choose_options(quote=quote, chosen=Chosen(frozenset({1})), told=Told())


def test_change_asked_on_a_quote_is_answered_by_its_next_version(quote: Quote) -> None:
    """One deal, and the request that waits opens the quote that it is about; the new version answers it."""
    deals = Opportunity.objects.count()
    ask_change(quote=quote, message="Dix comptes de plus", told=Told(name="Sacha"), key=uuid4())
    asked = Request.objects.get(message="Dix comptes de plus")
    assert (draft_for_request(request=asked), Opportunity.objects.count()) == (quote, deals)
    send_draft(draft=revise_quote(quote=quote, told=Told()), told=Told())
    assert not Request.objects.waiting().filter(pk=asked.pk).exists()
