"""The workshop's page: download, upload, preview, confirm. Nothing is written before the confirmation."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hosters.models import Hoster, Role, User
from offers.catalogue import read_catalogue
from offers.models import Offer
from tests.factories import make_hoster, make_staff
from tests.offers.catalogue.files import as_bytes, smallest
from tests.pages import words

PAGE, CONFIRM = "/gestion/catalogue/", "/gestion/catalogue/importer/"
SignedIn = Callable[[User], Client]


def sent(client: Client, raw: bytes) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile("mon-catalogue.json", raw)})


def signed_in_preview(text: str) -> str:
    found = re.search(r'name="signed" value="([^"]+)"', text)
    assert found
    return found[1]


def test_file_is_previewed_then_imported(artifaille: Hoster, alix: User, signed_in: SignedIn) -> None:
    client = signed_in(alix)
    preview = sent(client, as_bytes(smallest()))
    assert "à créer" in preview.content.decode()
    assert not Offer.objects.exists()
    answer = client.post(CONFIRM, {"signed": signed_in_preview(preview.content.decode())})
    assert answer.status_code == 302
    assert Offer.objects.get().slug == "pack"
    artifaille.refresh_from_db()
    assert artifaille.name == "Artifaille"


def test_errors_are_shown_line_by_line(alix: User, signed_in: SignedIn) -> None:
    raw = as_bytes(smallest()).replace(b'"price"', b'"prix"')
    answer = sent(signed_in(alix), raw)
    assert answer.status_code == 422
    assert "offers[0].tariff.charges[0].prix" in answer.content.decode()
    assert not Offer.objects.exists()


def test_preview_says_what_would_keep_an_offer_from_being_published(alix: User, signed_in: SignedIn) -> None:
    """The remarks of the linter come before the import, and the trial leaves nothing."""
    data = smallest()
    data["offers"][0] |= {"state": "published", "purpose": "Tout.", "export_formats": "mbox"}
    text = words(sent(signed_in(alix), as_bytes(data)))
    assert "Avant d’importer, à savoir" in text
    assert "Q-WHAT" in text
    assert not Offer.objects.exists()
    data["offers"][0]["state"] = "draft"
    assert "à savoir" not in words(sent(signed_in(alix), as_bytes(data)))


def test_preview_tells_the_change_of_price(alix: User, signed_in: SignedIn) -> None:
    client = signed_in(alix)
    client.post(CONFIRM, {"signed": signed_in_preview(sent(client, as_bytes(smallest())).content.decode())})
    data = smallest()
    data["offers"][0]["tariff"]["charges"][0]["price"] = "12.00"
    text = sent(client, as_bytes(data)).content.decode().replace("\u00a0", " ")
    assert "10,00 € devient 12,00 €" in text
    assert "gardent l’ancien" in text


def test_same_catalogue_has_nothing_to_import(alix: User, signed_in: SignedIn) -> None:
    client = signed_in(alix)
    client.post(CONFIRM, {"signed": signed_in_preview(sent(client, as_bytes(smallest())).content.decode())})
    text = sent(client, as_bytes(smallest())).content.decode()
    assert "Tout est déjà à jour" in text
    assert 'name="signed"' not in text


@pytest.mark.parametrize("signed", ["", "x", "eyJhIjoxfQ:1:abc"])
def test_file_that_was_not_previewed_is_refused(signed: str, alix: User, signed_in: SignedIn) -> None:
    answer = signed_in(alix).post(CONFIRM, {"signed": signed})
    assert answer.status_code == 422
    assert not Offer.objects.exists()


def test_preview_of_one_hoster_is_worth_nothing_at_another(
    artifaille: Hoster, alix: User, signed_in: SignedIn
) -> None:
    signed = signed_in_preview(sent(signed_in(alix), as_bytes(smallest())).content.decode())
    camille = make_staff(make_hoster("gouttiere"), Role.ADMIN, "camille@gouttiere.example")
    answer = signed_in(camille).post(f"/chez/gouttiere{CONFIRM}", {"signed": signed})
    assert answer.status_code == 422


def test_form_without_file_says_so(alix: User, signed_in: SignedIn) -> None:
    assert "Choisissez un fichier" in signed_in(alix).post(PAGE).content.decode()


def test_download_is_what_the_upload_reads(alix: User, signed_in: SignedIn) -> None:
    client = signed_in(alix)
    client.post(CONFIRM, {"signed": signed_in_preview(sent(client, as_bytes(smallest())).content.decode())})
    answer = client.get("/gestion/catalogue/telecharger/")
    assert answer["Content-Disposition"] == 'attachment; filename="catalogue-artifaille.json"'
    assert read_catalogue(answer.content).offers == read_catalogue(as_bytes(smallest())).offers


@pytest.mark.parametrize("url", [PAGE, "/gestion/catalogue/telecharger/", "/gestion/catalogue/schema/"])
def test_only_administrators_may(url: str, bastien: User, signed_in: SignedIn) -> None:
    assert signed_in(bastien).get(url).status_code == 403
    assert Client().get(url).status_code == 302
