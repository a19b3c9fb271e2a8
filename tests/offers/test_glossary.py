"""Technical words explained where they are read (002-057)."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from hosters.models import Hoster, User
from offers.catalogue import shipped
from offers.glossary.explaining import PageGlossary
from offers.glossary.terms import load_defaults, shipped_explanations
from offers.linter import lint_hoster
from offers.linter.words.jargon import ACRONYMS, WORDS
from offers.models import GlossaryTerm
from tests.factories import make_offer
from tests.pages import words

pytestmark = pytest.mark.django_db


def term(word: str, variants: str = "", explanation: str = "Une explication.", pk: int = 1) -> GlossaryTerm:
    return GlossaryTerm(pk=pk, word=word, variants=variants, explanation=explanation)


def test_every_word_of_the_linter_has_a_shipped_explanation() -> None:
    told = shipped_explanations()
    assert set(told) >= {*ACRONYMS, *WORDS}
    assert all(text.endswith(".") and 20 < len(text) <= 300 for text in told.values())


def test_software_of_the_library_and_of_the_course_is_explained() -> None:
    """002-120: somebody who never heard of Nextcloud reads what it is. The course's brands are their own subject."""
    terms = [term(word, pk=number) for number, word in enumerate(shipped_explanations())]
    files = [*shipped(), Path("offers/library/associations.json")]
    named = {name for path in files for name in re.findall(r'"software": "([^"]+)"', path.read_text())}
    unknown = {name for name in named if "<button" not in PageGlossary(terms).explain(name)}
    # « Sympa » is also what people say of a nice team: explained, it would be underlined everywhere.
    assert {name for name in unknown if not name.startswith("Proton ")} == {"kSuite", "Sympa"}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Un accès IMAP, un autre", ("", ",")),
        ("(IMAP) ou", ("(", ")")),
        ("d’IMAP.", ("d’", ".")),
        ("50\u00a0IMAP de plus", ("50\u00a0", "")),
    ],
)
def test_line_never_breaks_between_a_word_and_its_punctuation(text: str, held: tuple[str, str]) -> None:
    page = PageGlossary([term("IMAP")]).explain(text)
    assert f'<span class="nowrap">{held[0]}<button' in page and f"</button>{held[1]}</span>" in page


def test_word_is_explained_once_on_a_page() -> None:
    page = PageGlossary([term("IMAP")])
    assert page.explain("Accès IMAP, puis IMAP.").count("<button") == 1
    assert page.explain("Encore IMAP") == "Encore IMAP"


@pytest.mark.parametrize("text", ["bases de données", "Base de données", "BASES DE DONNÉES"])
def test_plural_and_capitals_are_recognised(text: str) -> None:
    assert "<button" in PageGlossary([term("base de données")]).explain(text)


@pytest.mark.parametrize("text", ["imap", "IMAPS", "SIMAP"])
def test_acronym_is_read_as_written(text: str) -> None:
    assert PageGlossary([term("IMAP")]).explain(text) == text


def test_variant_opens_the_same_explanation() -> None:
    assert "<button" in PageGlossary([term("nuage", "cloud, nuages")]).explain("Dans le cloud")


def test_longer_word_wins() -> None:
    page = PageGlossary([term("domaine", pk=1), term("nom de domaine", pk=2)])
    answer = page.explain("Un nom de domaine")
    assert 'id="mot-2"' in answer and 'id="mot-1"' not in answer


def test_hostile_words_and_texts_are_escaped() -> None:
    page = PageGlossary([term("<script>", explanation='"><img src=x onerror=alert(1)>')])
    answer = page.explain("<b>gras</b> <script>alert(1)</script>")
    assert "<script" not in answer and "<img" not in answer and "<b>" not in answer
    assert "&lt;b&gt;" in answer


def test_word_with_signs_of_a_pattern_is_only_a_word() -> None:
    assert "<button" in PageGlossary([term("C++ (.*")]).explain("écrit en C++ (.* donc")


def test_offer_page_explains_its_words(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule", purpose="Vos messages en IMAP et <b>IMAP</b>.")
    with scope(hoster=artifaille):
        GlossaryTerm.objects.create(
            hoster=artifaille, word="IMAP", explanation="Comme une boîte aux lettres."
        )
    page = Client().get("/offres/marmule/").content.decode()
    assert page.count('class="term"') == 1
    assert "Comme une boîte aux lettres." in page
    assert "&lt;b&gt;IMAP" in page


def test_explained_word_is_no_jargon_any_more(artifaille: Hoster) -> None:
    make_offer(artifaille, purpose="Vos messages en IMAP, tout simplement.")
    assert "glossary.IMAP" in {each.field for each in lint_hoster(artifaille)}
    with scope(hoster=artifaille):
        GlossaryTerm.objects.create(hoster=artifaille, word="messagerie", variants="IMAP", explanation="…")
    assert "glossary.IMAP" not in {each.field for each in lint_hoster(artifaille)}


def test_loading_the_shipped_words_keeps_ones_own(artifaille: Hoster) -> None:
    with scope(hoster=artifaille):
        GlossaryTerm.objects.create(hoster=artifaille, word="Nuage", variants="cloud", explanation="À nous.")
        first, second = load_defaults(hoster=artifaille), load_defaults(hoster=artifaille)
        assert (first, second) == (len(shipped_explanations()) - 1, 0)
        assert not GlossaryTerm.objects.filter(word="cloud").exists()


def test_public_page_shows_the_words_of_its_hoster_only(artifaille: Hoster, other: Hoster) -> None:
    for hoster, word in ((artifaille, "IMAP"), (other, "CANARI")):
        with scope(hoster=hoster):
            GlossaryTerm.objects.create(hoster=hoster, word=word, explanation=f"Ce que {word} veut dire.")
    page = words(Client().get(f"/chez/{artifaille.slug}/glossaire/"))
    assert "Ce que IMAP veut dire." in page
    assert "CANARI" not in page


def test_empty_glossary_says_so(artifaille: Hoster) -> None:
    assert "Pas encore de mots ici" in words(Client().get("/glossaire/"))


def test_team_adds_changes_and_deletes_a_word(artifaille: Hoster, alix: User, signed_in: Any) -> None:
    client = signed_in(alix)
    typed = {
        "word": "IMAP",
        "explanation": "Une boîte.",
        "variants": "",
        "key": "7f1b0c52-6f0e-4a53-9a3b-4f8a4a1c8d10",
    }
    for _time in range(2):
        assert client.post("/gestion/glossaire/", typed).status_code == 302
    with scope(hoster=artifaille):
        kept = GlossaryTerm.objects.get()
    page = f"/gestion/etude/fiches/mot/{kept.pk}/"
    assert client.post(page, typed | {"explanation": "Une boîte commune."}).status_code == 302
    assert "Une boîte commune." in words(client.get("/gestion/glossaire/"))
    assert client.post(f"{page}supprimer/", {"confirmer": "oui"}).status_code == 302
    assert "Aucun mot n’est expliqué" in words(client.get("/gestion/glossaire/"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"word": "imap"}, "est déjà expliqué"),
        ({"word": "courrier", "variants": "IMAP"}, "est déjà expliqué"),
        ({"word": "a"}, "deux lettres"),
        ({"word": ""}, "obligatoire"),
    ],
)
def test_wrong_word_is_told(
    artifaille: Hoster, alix: User, signed_in: Any, typed: dict[str, str], sentence: str
) -> None:
    with scope(hoster=artifaille):
        GlossaryTerm.objects.create(hoster=artifaille, word="IMAP", explanation="…")
    answer = signed_in(alix).post("/gestion/glossaire/", {"explanation": "Une boîte."} | typed)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_word_to_explain_fills_the_form(artifaille: Hoster, alix: User, signed_in: Any) -> None:
    make_offer(artifaille, purpose="Vos messages en IMAP, tout simplement.")
    client = signed_in(alix)
    assert 'href="?mot=IMAP#ajouter"' in client.get("/gestion/glossaire/").content.decode()
    assert "boîte aux lettres" in words(client.get("/gestion/glossaire/?mot=IMAP"))
