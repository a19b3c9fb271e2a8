"""A draft becomes a dated version; what was in force is never touched."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from hosters.models import User
from offers.models import Offer, TariffDraft
from offers.tariff_drafts import DraftChanged, PublicationRefused, publish_draft, save_draft
from offers.tariff_editor.difference import difference
from offers.tariffs import tariff_in_force
from pricing.engine import parse_tariff
from tests.factories import MARMULE

DEARER = {**MARMULE, "charges": [{**MARMULE["charges"][0], "price": "15.00"}, *MARMULE["charges"][1:]]}
INVERTED = {
    "charges": [{"type": "flat", "price": {"1": "10.00", "12": "130.00"}}],
    "terms": [{"months": 1}, {"months": 12}],
}

BOTH = {"terms": [{"months": 1}, {"months": 12}]}


@pytest.fixture
def drafted(offer: Offer, alix: User) -> Callable[[dict[str, Any]], TariffDraft]:
    return lambda definition: save_draft(offer=offer, definition=definition, by=alix, revision=0)


def test_publishing_makes_a_version_and_leaves_the_former(editor: Any, offer: Offer, drafted: Any) -> None:
    former = tariff_in_force(offer)
    assert former is not None
    draft = drafted(DEARER)
    data = {
        "revision": draft.revision,
        "in_force_from": timezone.localdate().isoformat(),
        "note": "Nouveau serveur",
    }
    assert editor.client.post(editor.url("publier/"), data).status_code == 302
    now = tariff_in_force(Offer.objects.get(pk=offer.pk))
    assert now is not None and (now.number, now.note, str(now.published_by)) == (2, "Nouveau serveur", "Alix")
    assert now.tariff.charges[0].shape.prices()[0].base == Decimal(15)
    unchanged = offer.tariff_versions.get(number=1)
    assert (unchanged.definition, unchanged.in_force_from) == (former.definition, former.in_force_from)
    assert not TariffDraft.objects.filter(offer=offer).exists()


def test_version_of_another_day_waits(offer: Offer, alix: User, drafted: Any) -> None:
    draft = drafted(DEARER)
    tomorrow = timezone.localdate() + timedelta(days=1)
    publish_draft(offer=offer, by=alix, revision=draft.revision, in_force_from=tomorrow)
    fresh = Offer.objects.get(pk=offer.pk)
    today, then = tariff_in_force(fresh), tariff_in_force(fresh, on=tomorrow)
    assert today and then and (today.number, then.number) == (1, 2)


def test_past_day_is_refused(offer: Offer, alix: User, drafted: Any) -> None:
    draft = drafted(DEARER)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(PublicationRefused):
        publish_draft(offer=offer, by=alix, revision=draft.revision, in_force_from=yesterday)


@pytest.mark.parametrize("day", ["2020-01-01", "9999-12-31", "hier", ""])
def test_day_that_makes_no_sense_is_explained(editor: Any, offer: Offer, drafted: Any, day: str) -> None:
    draft = drafted(DEARER)
    answer = editor.client.post(editor.url("publier/"), {"revision": draft.revision, "in_force_from": day})
    assert (answer.status_code, offer.tariff_versions.count()) == (422, 1)


def test_draft_changed_since_it_was_shown_is_not_published(offer: Offer, alix: User, drafted: Any) -> None:
    draft = drafted(DEARER)
    save_draft(offer=offer, definition=MARMULE, by=alix, revision=draft.revision)
    with pytest.raises(DraftChanged):
        publish_draft(offer=offer, by=alix, revision=draft.revision, in_force_from=timezone.localdate())


def test_inverted_discount_needs_a_reason(editor: Any, offer: Offer, drafted: Any) -> None:
    draft = drafted(INVERTED)
    data = {"revision": draft.revision, "in_force_from": timezone.localdate().isoformat()}
    assert editor.client.post(editor.url("publier/"), data).status_code == 422
    answer = editor.client.post(editor.url("publier/"), data | {"override_reason": "Décidé en AG"})
    assert (answer.status_code, offer.tariff_versions.get(number=2).override_reason) == (302, "Décidé en AG")


def test_draft_to_mend_is_not_published(editor: Any, offer: Offer) -> None:
    editor.start("forfait").press("publish", charges_0___price="dix")
    answer = editor.client.get(editor.url("publier/"))
    assert (answer.status_code, answer["Location"]) == (302, editor.url())


def test_going_back_is_a_new_version(editor: Any, offer: Offer, alix: User, drafted: Any) -> None:
    draft = drafted(DEARER)
    publish_draft(offer=offer, by=alix, revision=draft.revision, in_force_from=timezone.localdate())
    editor.client.post(editor.url("versions/1/reprendre/"))
    assert editor.draft == offer.tariff_versions.get(number=1).definition
    assert offer.tariff_versions.count() == 2


def test_history_tells_each_version(editor: Any, offer: Offer, alix: User, drafted: Any) -> None:
    draft = drafted(DEARER)
    later = timezone.localdate() + timedelta(days=9)
    publish_draft(offer=offer, by=alix, revision=draft.revision, in_force_from=later, note="Hausse du disque")
    page = editor.client.get(editor.url("")).content.decode()
    assert "en vigueur" in page and "à venir" in page and "Hausse du disque" in page
    assert editor.client.get(editor.url("versions/2/")).status_code == 200


def test_discarded_draft_leaves_the_tariff(editor: Any, offer: Offer) -> None:
    editor.start("forfait")
    editor.client.post(editor.url("abandonner/"))
    assert not TariffDraft.objects.filter(offer=offer).exists()
    assert offer.tariff_versions.count() == 1


def test_difference_is_told_in_euros_and_people(offer: Offer) -> None:
    found = difference(offer, parse_tariff(MARMULE), parse_tariff(DEARER))
    assert found.changes[0].words == "+\u00a05,00\u00a0€ pour 1, 2 ou 5\u00a0personnes, par mois"
    assert (found.changes[0].before, found.changes[0].after) == ("10,00\u00a0€", "15,00\u00a0€")


def test_same_tariff_has_no_difference(offer: Offer) -> None:
    assert difference(offer, parse_tariff(MARMULE), parse_tariff(MARMULE)).nothing


def test_difference_tells_fees_and_terms(offer: Offer) -> None:
    changed = {**MARMULE, "setup_fee": "80.00", "terms": [{"months": 1}, {"months": 12, "discount": "10"}]}
    facts = difference(offer, parse_tariff(MARMULE), parse_tariff(changed)).facts
    assert facts == ["Nouvelle durée : 1\u00a0an.", "Les frais de mise en place changent."]


def test_withdrawn_term_is_a_fact_and_not_a_price_on_quote(offer: Offer) -> None:
    before = parse_tariff({"charges": [{"type": "flat", "price": {"1": "9.00", "12": "90.00"}}], **BOTH})
    after = parse_tariff({"charges": [{"type": "flat", "price": {"1": "8.00"}}], "terms": [{"months": 1}]})
    told = difference(offer, before, after)
    assert told.facts == ["Durée retirée : 1\u00a0an."]
    assert [change.after for change in told.changes] == ["8,00\u00a0€"]
