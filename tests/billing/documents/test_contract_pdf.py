"""The contract and the proof that an association keeps (003-015, 003-018, 003-038, CON-03, CON-12, DEV-04)."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from billing.documents import render
from billing.law_texts import RENEWAL
from billing.models import Acceptance
from hosters.models import Hoster, TermsKind
from offers.models import Offer
from tests.billing.documents.reading import missing, names_of, text_of
from tests.factories import make_acceptance, make_quote, make_terms


@pytest.fixture
def acceptance(marmule: Offer, artifaille: Hoster) -> Acceptance:
    make_terms(
        artifaille,
        TermsKind.PROCESSING,
        "# Accord\n\nNous gardons vos données **en France**.\n\n[ici](https://x.example)",
    )
    return make_acceptance(make_quote(marmule))


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def test_contract_says_parties_object_price_clauses_and_annexes(acceptance: Acceptance) -> None:
    contract = acceptance.contract
    reader = read(render.make_pdf(contract.document))
    expected = [
        f"Contrat {contract.number}",
        f"Devis {contract.quote.number}",
        "Association Hébergeur",
        "Les Amis du lavoir",
        "Un seul endroit pour tout.",
        "12 personnes, 35 Go",
        "Première année : 430,00 € TTC",
        "12 personnes − 5 personnes",
        "garantie de temps d’intervention, GTI",
        "Aucune pénalité forfaitaire",
        "fichiers tels quels",
        "règlement européen 2023/2854",
        "30 jours",
        "Dominique Petit, Trésorière",
        contract.acceptance.statement,
        "Annexe 1 : conditions générales, version 1",
        "Soyons clairs.",
        "Annexe 2 : accord de sous-traitance (RGPD, article 28), version 2",
        "Nous gardons vos données en France.",
    ]
    assert missing(reader, expected) == []
    assert reader.metadata is not None and contract.number in str(reader.metadata.title)


def test_contract_reproduces_the_articles_of_the_law_in_full(acceptance: Acceptance) -> None:
    """CON-03: L215-1 to L215-3 and L241-3, word for word."""
    reader = read(render.make_pdf(acceptance.contract.document))
    wanted = [paragraph for article in RENEWAL for paragraph in article.paragraphs]
    assert [article.number for article in RENEWAL] == ["L215-1", "L215-1-1", "L215-2", "L215-3", "L241-3"]
    text = text_of(reader)
    for paragraph in wanted:
        assert "".join(paragraph.split())[:60] in text
        assert "".join(paragraph.split())[-60:] in text


def test_contract_is_tagged_and_points_nowhere(acceptance: Acceptance) -> None:
    names = names_of(read(render.make_pdf(acceptance.contract.document)))
    assert {"/StructTreeRoot", "/MarkInfo"} <= names
    assert not names & {"/URI", "/JavaScript", "/EmbeddedFile", "/Launch"}


def test_proof_holds_every_seal(acceptance: Acceptance) -> None:
    """DEV-04: who, when in Paris, which address was proved, the hash of each file and text."""
    conditions = acceptance.conditions
    assert acceptance.proof is not None and conditions is not None
    reader = read(render.make_pdf(acceptance.proof))
    expected = [
        "Preuve d’acceptation",
        acceptance.quote.number,
        "Dominique Petit, Trésorière",
        "(heure de Paris)",
        f"L’adresse {acceptance.email} est prouvée",
        acceptance.statement,
        acceptance.document_sha256,
        conditions.sha256,
        *(each["sha256"] for each in conditions.terms),
    ]
    assert missing(reader, expected) == []
    assert len(reader.pages) == 1


def test_same_rows_give_the_same_bytes(acceptance: Acceptance) -> None:
    document = acceptance.contract.document
    assert render.make_pdf(document) == render.make_pdf(document)


def test_contract_never_says_ttc_without_vat(artifaille: Hoster, marmule: Offer) -> None:
    """DEV-06."""
    artifaille.vat_regime = "franchise_293b"
    artifaille.save()
    marmule.refresh_from_db()
    contract = make_acceptance(make_quote(Offer.objects.get(pk=marmule.pk))).contract
    text = text_of(read(render.make_pdf(contract.document)))
    assert "TTC" not in text and "TVAnonapplicable,article293BduCGI" in text
