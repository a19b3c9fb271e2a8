"""What a draft sells beyond the needs that were told is said to staff before sending (002-211, 003-010)."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import Quote, QuoteItem
from billing.quoting import drafts
from billing.quoting.needs import oversold, recorded_needs
from billing.quoting.requests import draft_for_request
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.selections import selection_to_json
from crm.models import Request, Tag
from hosters.models import Hoster, User
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Selection
from tests.factories import make_draft, make_quote
from tests.pages import words

BRIEF = {"brief": {"livrables": {"deliverable_1_what": "Un calendrier des outils", "not_wanted": "rien"}}}


@pytest.fixture
def draft(marmule: Offer) -> Quote:
    """A draft of one line by hand, for an association that told nothing yet."""
    draft = make_draft(make_quote(marmule).contact, label="Reprise")
    draft.organization.requests.all().delete()
    return draft


def sell(draft: Quote, offer: Offer, users: int) -> QuoteItem:
    chosen = Selection({"users": Decimal(users), "storage_gb": Decimal(20)})
    version = tariff_in_force(offer)
    return QuoteItem.objects.create(
        quote=draft, position=2, offer=offer, tariff_version=version, selection=selection_to_json(chosen)
    )


def tell(draft: Quote, **told: object) -> Request:
    request = draft_request(draft)
    Request.objects.filter(pk=request.pk).update(**told)
    return request


def draft_request(draft: Quote) -> Request:
    return Request.objects.create(
        hoster=draft.hoster,
        organization=draft.organization,
        contact=draft.contact,
        kind=Request.Kind.BRIEF,
        subject="Cahier des charges",
        key=draft.request_key,
    )


def test_line_that_answers_no_recorded_need_is_flagged(draft: Quote) -> None:
    assert oversold(draft) == [
        "Aucun besoin n’est noté pour cette structure. Notez le sien avant de chiffrer."
    ]
    tell(draft, details=BRIEF, need_statement="Ne plus réserver deux fois")
    assert recorded_needs(draft.organization) == [
        "Ne plus réserver deux fois",
        "Un calendrier des outils",
        "Cahier des charges",
    ]
    assert oversold(draft) == ["« Reprise » ne répond à aucun besoin noté."]
    draft.items.update(need="Un calendrier des outils")
    assert oversold(draft) == []


def test_offer_named_in_what_was_told_needs_no_remark(draft: Quote, marmule: Offer) -> None:
    draft.items.all().delete()
    sell(draft, marmule, users=5)
    draft.organization.tags.add(Tag.objects.create(hoster=draft.hoster, name="visioconférence"))
    assert oversold(draft) == [f"« {marmule.name} » ne répond à aucun besoin noté."]
    tell(draft, message=f"Bonjour, la {marmule.name.upper()} nous plaît.")
    assert oversold(draft) == []


def test_quantity_far_above_what_was_told_is_flagged(draft: Quote, marmule: Offer) -> None:
    draft.items.all().delete()
    tell(draft, subject=f"Devis pour {marmule.name}")
    item = sell(draft, marmule, users=41)
    assert oversold(draft) == [], "nobody said how many they are"
    draft.organization.volunteers, draft.organization.employees = 18, 2
    assert oversold(draft) == [
        f"{marmule.name} : 41\u00a0personnes, bien plus que ce qui a été dit (20\u00a0personnes)."
    ]
    item.selection["quantities"]["users"] = "40"
    item.save()
    assert oversold(draft) == []


def test_staff_choose_the_need_and_the_association_reads_it(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client], draft: Quote
) -> None:
    client = signed_in(alix)
    tell(draft, need_statement="Ne plus réserver <b>deux</b> fois")
    item = draft.items.get()
    url = reverse("staff:quote_item", kwargs={"pk": draft.pk, "item": item.pk})
    read = words(client.get(draft.get_absolute_url()))
    assert "« Reprise » ne répond à aucun besoin noté." in read
    line = {
        "label": "Reprise",
        "quantity": "1",
        "unit_price": "400",
        "cadence": "one_off",
        "term_months": "1",
    }
    refused = client.post(url, line | {"need": "Un besoin inventé"})
    assert refused.status_code == 200 and not draft.items.get().need
    client.post(url, line | {"need": "Ne plus réserver <b>deux</b> fois"})
    assert "À relire avant d’envoyer" not in words(client.get(draft.get_absolute_url()))
    assert Quote.objects.get(pk=draft.pk).promise["parts"][0]["detail"].startswith("répond à")


def test_draft_sent_meanwhile_is_told_and_not_changed(
    alix: User, signed_in: Callable[[User], Client], draft: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people write the same draft: one sends it while the page of the other is still open."""
    client, item = signed_in(alix), draft.items.get()
    edit = drafts._edit

    def send_first(quote: Quote, by: User) -> Quote:
        send_draft(draft=quote, told=Told(by=by, name=by.name))
        return edit(quote, by)

    monkeypatch.setattr(drafts, "_edit", send_first)
    url = reverse("staff:quote_item_remove", kwargs={"pk": draft.pk, "item": item.pk})
    answer = client.post(url, follow=True)
    assert "il ne change plus" in words(answer) or "ne peut plus" in words(answer)
    assert draft.items.count() == 1


def test_draft_of_a_request_knows_its_need(draft: Quote) -> None:
    request = tell(draft, subject="Reprise de nos courriels")
    assert draft_for_request(request=request) == draft
    assert "Reprise de nos courriels" in recorded_needs(draft.organization)
