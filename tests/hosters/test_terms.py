"""The texts that clients accept: drafts that change, versions that never do (LEG-02, CON-12)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django_scopes import scope

from hosters.models import FrozenError, Hoster, Subprocessor, TermsDraft, TermsKind, TermsVersion, User
from hosters.rich_text import rich_text
from hosters.terms import (
    DraftChanged,
    NothingNew,
    current_terms,
    differences,
    digest,
    discard_draft,
    publish_terms,
    save_draft,
    starting_text,
)
from tests.billing.documents.hostile import Canary, snippets
from tests.factories import make_hoster, make_terms

SALE, PROCESSING = TermsKind.SALE, TermsKind.PROCESSING


@pytest.fixture
def nobody(db: None) -> Iterator[Hoster]:
    """A hoster who published nothing yet, with its scope open."""
    hoster = make_hoster(terms=False)
    with scope(hoster=hoster):
        yield hoster


def publish(hoster: Hoster, text: str) -> TermsVersion:
    draft = save_draft(hoster=hoster, kind=SALE, text=text)
    return publish_terms(hoster=hoster, kind=SALE, read=digest(draft.text), by=None)


def test_publication_takes_the_next_number_and_seals_the_text(artifaille: Hoster, alix: User) -> None:
    draft = save_draft(hoster=artifaille, kind=SALE, text="# Deux\r\n\r\nPartir est simple.  ")
    version = publish_terms(hoster=artifaille, kind=SALE, read=digest(draft.text), by=alix)
    assert (version.number, version.text) == (2, "# Deux\n\nPartir est simple.\n")
    assert version.sha256 == digest(version.text)
    assert current_terms(artifaille)[SALE] == version
    assert not TermsDraft.objects.exists()


@pytest.mark.parametrize("deed", ["save", "delete"])
def test_published_version_never_changes(artifaille: Hoster, deed: str) -> None:
    version = current_terms(artifaille)[SALE]
    version.text = "Autre chose"
    with pytest.raises(FrozenError):
        getattr(version, deed)()
    version.refresh_from_db()
    assert "Soyons clairs" in version.text


def test_draft_that_changed_since_it_was_read_is_not_published(artifaille: Hoster) -> None:
    read = digest(save_draft(hoster=artifaille, kind=SALE, text="Ce que j’ai lu").text)
    save_draft(hoster=artifaille, kind=SALE, text="Ce qu’une autre personne a écrit")
    with pytest.raises(DraftChanged):
        publish_terms(hoster=artifaille, kind=SALE, read=read, by=None)
    assert current_terms(artifaille)[SALE].number == 1


def test_same_text_is_not_published_twice(artifaille: Hoster) -> None:
    publish(artifaille, "Un texte")
    with pytest.raises(NothingNew):
        publish(artifaille, "Un texte")
    assert current_terms(artifaille)[SALE].number == 2


def test_abandoned_draft_leaves_what_is_in_force(artifaille: Hoster) -> None:
    save_draft(hoster=artifaille, kind=SALE, text="Brouillon")
    discard_draft(hoster=artifaille, kind=SALE)
    assert not TermsDraft.objects.exists()
    assert current_terms(artifaille)[SALE].number == 1


def test_versions_of_another_hoster_do_not_count(artifaille: Hoster, other: Hoster) -> None:
    for turn in range(3):
        make_terms(other, text=f"Conditions de l’autre {turn}")
    assert publish(artifaille, "À nous").number == 2


@pytest.mark.parametrize("kind", TermsKind)
def test_starting_text_carries_the_identity(nobody: Hoster, kind: TermsKind) -> None:
    text = starting_text(nobody, kind)
    assert nobody.email in text
    assert "{" not in text and "None" not in text


def test_starting_terms_of_sale_say_what_the_law_wants(nobody: Hoster) -> None:
    """Late fees by profile (INV-13), renewal (CON-02), leaving (CON-08), mediation (LEG-03), deposits (DEV-07)."""
    text = starting_text(nobody, SALE)
    for said in (
        "40 €",
        "L215-1",
        "L221-3",
        "2023/2854",
        "deux mois",
        "trente jours",
        "médiateur",
        "acompte",
    ):
        assert said in text
    assert "ec.europa.eu/consumers/odr" not in text


def test_hoster_without_vat_is_never_said_ttc(nobody: Hoster) -> None:
    """DEV-06."""
    nobody.vat_regime = "franchise_293b"
    assert "toutes taxes comprises" not in starting_text(nobody, SALE)


def test_processing_agreement_names_the_subprocessors(nobody: Hoster, other: Hoster) -> None:
    """GDPR article 28: each one is named, with what it is for; those of another hoster are not."""
    told = {"purpose": "sauvegardes", "data": "fichiers chiffrés", "country": "France"}
    Subprocessor.objects.create(hoster=nobody, name="Le Silo", **told)
    Subprocessor.objects.create(hoster=other, name="Ailleurs", **told)
    text = starting_text(nobody, PROCESSING)
    assert "**Le Silo** (France) : sauvegardes" in text
    assert "Ailleurs" not in text


def test_differences_are_told_by_paragraph() -> None:
    before, after = "Titre\n\nPréavis : 30 jours.\n\nFin", "Titre\n\nPréavis : 15 jours.\n\nFin\n\nMerci"
    assert differences(before, after) == [
        ("del", "Préavis : 30 jours."),
        ("ins", "Préavis : 15 jours."),
        ("ins", "Merci"),
    ]
    assert differences(before, before) == []


def test_markdown_becomes_titles_lists_and_links() -> None:
    html = rich_text("# Un\n\n- **deux**\n\n[trois](https://exemple.org)")
    assert "<h2>Un</h2>" in html and "<li><strong>deux</strong></li>" in html
    assert 'href="https://exemple.org"' in html
    assert "<a " not in rich_text("[trois](https://exemple.org)", links=False)


def test_no_snippet_becomes_markup() -> None:
    """What a hoster types, or what its identity holds, is text (T04)."""
    canary = Canary("http://canari.example", Path("/etc/passwd"), "secret")
    for snippet in snippets(canary):
        html = rich_text(f"Avant\n\n{snippet}\n\n![x]({canary.url}/z.png) [y](javascript:alert(1))")
        for tag in (
            "<img",
            "<script",
            "<style",
            "<link",
            "<svg",
            "<iframe",
            "<object",
            "<embed",
            "<base",
            "<meta",
        ):
            assert tag not in html.lower(), snippet
        assert 'href="javascript' not in html
