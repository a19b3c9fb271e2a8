"""Public pages and staff screens of the texts that clients accept (LEG-02, LEG-04, CON-12)."""

from collections.abc import Callable

import pytest
from django.test import Client

from hosters.models import Hoster, Role, TermsDraft, TermsVersion, User
from hosters.terms import current_terms
from tests.factories import make_hoster, make_staff, make_terms
from tests.pages import hidden_fields, words

SignIn = Callable[[User], Client]
DRAFT, PUBLISH = "/gestion/conditions/cgv/", "/gestion/conditions/cgv/publier/"


def test_list_shows_what_is_in_force_and_what_was(artifaille: Hoster) -> None:
    make_terms(artifaille, text="Deuxième")
    page = Client().get("/conditions/")
    read = words(page)
    assert "Conditions générales , version 2" in read or "Conditions générales, version 2" in read
    assert "Versions précédentes" in read
    assert 'href="/conditions/cgv/1/"' in page.content.decode()
    assert not page.cookies


def test_hoster_without_terms_says_so(db: None) -> None:
    make_hoster(terms=False, name="Sans texte")
    assert "n’a pas encore publié ses conditions" in words(Client().get("/conditions/"))


def test_old_version_stays_readable_and_points_to_the_new_one(artifaille: Hoster) -> None:
    make_terms(artifaille, text="Deuxième")
    old, new = Client().get("/conditions/cgv/1/"), Client().get("/conditions/cgv/2/")
    assert "Soyons clairs." in words(old) and "Il y a une version plus récente" in words(old)
    assert "Deuxième" in words(new) and "plus récente" not in words(new)
    assert TermsVersion.objects.get(kind="cgv", number=1).sha256 in words(old)


@pytest.mark.parametrize("path", ["cgv/9/", "charte/1/", "inconnu/1/", "cgv/0/"])
def test_version_that_does_not_exist_is_a_404(artifaille: Hoster, path: str) -> None:
    assert Client().get(f"/conditions/{path}").status_code == 404


def test_every_page_and_the_site_map_lead_there(artifaille: Hoster) -> None:
    assert 'href="/conditions/"' in Client().get("/").content.decode()
    assert "/conditions/</loc>" in Client().get("/sitemap.xml").content.decode()


def test_staff_write_read_again_and_publish(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client = signed_in(alix)
    assert "Soyons clairs." in words(client.get(DRAFT))
    preview = client.post(DRAFT, {"text": "# Conditions\n\nSoyons brefs."}, follow=True)
    assert "Retiré : Soyons clairs." in words(preview) and "Ajouté : Soyons brefs." in words(preview)
    assert current_terms(artifaille)["cgv"].number == 1
    done = client.post(PUBLISH, hidden_fields(preview), follow=True)
    assert "Version 2 publiée" in words(done)
    version = current_terms(artifaille)["cgv"]
    assert (version.number, version.published_by) == (2, alix)
    assert not TermsDraft.objects.exists()


def test_first_draft_is_the_text_shipped(db: None, signed_in: SignIn) -> None:
    hoster = make_hoster(terms=False)
    page = words(signed_in(make_staff(hoster)).get("/gestion/conditions/sous-traitance/"))
    assert "responsable du traitement" in page and hoster.legal_name in page


def test_draft_changed_by_somebody_else_is_read_again(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client = signed_in(alix)
    preview = client.post(DRAFT, {"text": "Un"}, follow=True)
    client.post(DRAFT, {"text": "Deux"})
    assert "a changé entre-temps" in words(client.post(PUBLISH, hidden_fields(preview), follow=True))
    assert current_terms(artifaille)["cgv"].number == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 60_001])
def test_text_that_cannot_be_is_refused(artifaille: Hoster, alix: User, signed_in: SignIn, text: str) -> None:
    assert signed_in(alix).post(DRAFT, {"text": text}).status_code == 422
    assert not TermsDraft.objects.exists()


@pytest.mark.parametrize("role", [Role.SALES, Role.ACCOUNTANT])
def test_only_administrators_write(artifaille: Hoster, signed_in: SignIn, role: Role) -> None:
    client = signed_in(make_staff(artifaille, role))
    assert "Préparer la version suivante" not in words(client.get("/gestion/conditions/"))
    assert client.post(DRAFT, {"text": "Un"}).status_code == 403
    assert client.post(PUBLISH, {"read": "x"}).status_code == 403
    assert not TermsDraft.objects.exists()


def test_draft_is_abandoned(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client = signed_in(alix)
    client.post(DRAFT, {"text": "Un"})
    client.post("/gestion/conditions/cgv/abandonner/")
    assert not TermsDraft.objects.exists()


def test_markup_in_a_text_is_never_markup(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    page = signed_in(alix).post(DRAFT, {"text": "<script>x</script>\n\n<img src=x onerror=y>"}, follow=True)
    assert b"<script>x" not in page.content and b"<img src=x" not in page.content
