"""Administrators write, the rest of the team reads, other hosters do not see that anything exists."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from hosters.models import User
from offers.models import Offer

READ = ["", "apercu/", "versions/1/"]
WRITE = ["formes/", "brouillon/", "texte/", "publier/", "abandonner/", "versions/1/reprendre/"]

SignIn = Callable[[User], Client]


def test_team_reads(editor: Any, bastien: User, signed_in: SignIn) -> None:
    client = signed_in(bastien)
    for end in READ:
        assert client.get(editor.url(end)).status_code == 200


def test_team_does_not_write(editor: Any, bastien: User, signed_in: SignIn) -> None:
    client = signed_in(bastien)
    for end in WRITE:
        assert client.post(editor.url(end)).status_code == 403


def test_other_hoster_s_staff_sees_nothing(editor: Any, camille: User, signed_in: SignIn) -> None:
    client = signed_in(camille)
    for end in READ + WRITE:
        assert client.get(editor.url(end)).status_code == 404
        assert client.post(editor.url(end)).status_code == 404
        elsewhere = editor.url(end).replace("/artifaille/", "/gouttiere/")
        assert client.get(elsewhere).status_code in (404, 405)


def test_unknown_offer_does_not_exist(editor: Any, offer: Offer) -> None:
    client = editor.client
    for end in READ + WRITE:
        missing = editor.url(end).replace("/marmule/", "/inconnue/")
        assert client.get(missing).status_code in (404, 405)


def test_team_is_not_shown_the_buttons(editor: Any, bastien: User, signed_in: SignIn) -> None:
    page = signed_in(bastien).get(editor.url("")).content.decode()
    assert "Changer ce tarif" not in page


def test_offers_page_leads_to_each_tariff(editor: Any) -> None:
    page = editor.client.get(f"/chez/{editor.offer.hoster.slug}/gestion/offres/").content.decode()
    assert editor.url("") in page
