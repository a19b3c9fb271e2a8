"""Which hoster a request is for: its domain, its prefix, or because it is alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_script_prefix

from hosters.links import absolute_url
from hosters.models import Hoster, User

LOGO = "/marque.css"  # a page that says whose it is without a template of its own


def color_at(path: str, host: str = "localhost") -> str:
    answer = Client().get(path, headers={"host": host})
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


@pytest.fixture
def red(artifaille: Hoster) -> Hoster:
    artifaille.brand_color = "#8a3b2e"
    artifaille.save()
    return artifaille


def test_single_hoster_is_at_the_root(red: Hoster) -> None:
    assert "#8a3b2e" in color_at(LOGO)


def test_single_hoster_keeps_its_prefix_too(red: Hoster) -> None:
    """Links of mails bear it, so that they still work the day a second hoster comes."""
    assert "#8a3b2e" in color_at("/chez/artifaille" + LOGO)


def test_two_hosters_have_their_prefixes(red: Hoster, other: Hoster) -> None:
    assert "#8a3b2e" in color_at("/chez/artifaille" + LOGO)
    assert "#1f6f5c" in color_at("/chez/gouttiere" + LOGO)


def test_root_of_several_hosters_belongs_to_none(red: Hoster, other: Hoster) -> None:
    assert color_at(LOGO) == "404"


def test_unknown_prefix_is_not_found(red: Hoster, other: Hoster) -> None:
    assert color_at("/chez/personne/") == "404"


def test_domain_of_a_hoster_is_its_root(red: Hoster, other: Hoster, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "artifaille.example"]  # type: ignore[attr-defined]
    red.domain = "artifaille.example"
    red.save()
    assert "#8a3b2e" in color_at(LOGO, host="artifaille.example")
    assert "#8a3b2e" in color_at(LOGO, host="ARTIFAILLE.example:8000")


@pytest.mark.parametrize(
    "host", ["evil.example", "artifaille.example.evil.example", "localhost:80@evil.example", "", "a b"]
)
def test_host_that_is_not_ours_is_refused(host: str, artifaille: Hoster) -> None:
    assert Client().get(LOGO, headers={"host": host}).status_code == 400


def test_forwarded_host_is_not_believed(artifaille: Hoster) -> None:
    answer = Client().get("/gestion/", headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in answer["Location"]


def test_prefix_does_not_leak_into_the_next_request(red: Hoster, other: Hoster) -> None:
    Client().get("/chez/gouttiere" + LOGO)
    assert get_script_prefix() == "/"


def test_links_of_mails_come_from_the_settings(artifaille: Hoster, settings: object) -> None:
    settings.PUBLIC_URL = "https://chatiere.example"  # type: ignore[attr-defined]
    assert absolute_url(artifaille, "portal:home") == "https://chatiere.example/chez/artifaille/espace/"
    artifaille.domain = "artifaille.example"
    assert absolute_url(artifaille, "portal:home") == "https://artifaille.example/espace/"


def test_sign_in_comes_back_to_the_page_asked(artifaille: Hoster, other: Hoster) -> None:
    answer = Client().get("/chez/artifaille/gestion/devis/?page=2")
    assert answer["Location"].startswith(
        "/chez/artifaille/compte/login/?next=/chez/artifaille/gestion/devis/%3Fpage"
    )


def test_htmx_request_of_a_stranger_goes_to_the_login_page(artifaille: Hoster) -> None:
    answer = Client().get("/gestion/", headers={"hx-request": "true"})
    assert "/compte/login/" in answer["HX-Redirect"]


def test_private_pages_are_neither_kept_nor_indexed(artifaille: Hoster, alix: User) -> None:
    answer = Client().get("/espace/lien/jeton-inconnu/")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "path", ["login/", "password/change/", "password/reset/", "2fa/recovery-codes/generate/"]
)
def test_pages_of_accounts_are_neither_kept_nor_indexed(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client], path: str
) -> None:
    answer = signed_in(alix).get(f"/compte/{path}")
    assert answer.status_code in {200, 302}
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/marque.css", "/sante/vivant/", "/introuvable/"])
def test_every_answer_bears_the_headers_of_privacy(path: str, artifaille: Hoster) -> None:
    answer = Client().get(path)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy and "data:" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "HX-Request" in answer["Vary"]
