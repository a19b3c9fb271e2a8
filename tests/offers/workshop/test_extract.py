"""A published offer to paste on another site."""

from html import unescape
from typing import Any

from django.test import Client
from django_scopes import scope

from hosters.models import Hoster, User
from offers.models import Component, Offer
from offers.versions import publish_version
from tests.factories import make_offer


def extract(answer: Any) -> str:
    """What the team copies."""
    _before, _mark, after = answer.content.decode().partition('spellcheck="false">')
    return unescape(after.partition("</textarea>")[0])


def test_extract_has_the_offer_its_price_and_a_link_with_its_origin(
    artifaille: Hoster, alix: User, signed_in: Any
) -> None:
    """002-170: static, and the origin of the sale is kept."""
    make_offer(artifaille, slug="marmule")
    copied = extract(signed_in(alix).get("/gestion/offres/marmule/versions/"))
    assert "À partir de 10,00" in copied.replace("\u00a0", " ")
    assert f"/chez/{artifaille.slug}/offres/marmule/?via=partenaire" in copied
    assert (
        'href="http' in copied and "<script" not in copied and "<img" not in copied and "style" not in copied
    )


def test_hostile_words_stay_words_where_they_are_pasted(
    artifaille: Hoster, alix: User, signed_in: Any
) -> None:
    """002-170: what is copied is escaped once more than what is shown."""
    offer = make_offer(artifaille, slug="marmule", purpose="</textarea><script>alert(1)</script>")
    with scope(hoster=artifaille):
        Component.objects.update(provider="<img src=x onerror=alert(1)>")
        publish_version(offer=Offer.objects.get(pk=offer.pk))
    copied = extract(signed_in(alix).get("/gestion/offres/marmule/versions/"))
    assert "<script" not in copied and "<img" not in copied
    assert "&lt;script" in copied and "assuré par &lt;img" in copied


def test_draft_has_nothing_to_paste(artifaille: Hoster, alix: User, signed_in: Any, client: Client) -> None:
    make_offer(artifaille, slug="nid", state=Offer.State.DRAFT)
    assert "autre site" not in signed_in(alix).get("/gestion/offres/nid/versions/").content.decode()
