"""What an acceptance leaves: conditions, contract, proof, and the acknowledgment (DEV-04, DEV-05, LEG-02)."""

from uuid import uuid4

import pytest
from django.test import Client
from django_scopes import scope

from billing.acceptance import AcceptanceRefused, Mandate, accept_quote, statement_of
from billing.access_links import mint_link
from billing.conditions import attach_conditions
from billing.models import Acceptance, AccessLink, Contract, Document, Quote, QuoteConditions
from billing.panels import terms_to_publish
from billing.quoting.states import Told, move
from crm.models import Stage
from hosters.models import FrozenError, Hoster, TermsKind
from hosters.retention import rules
from hosters.terms import current_terms, missing_terms, terms_kinds
from hosters.together import read_together
from offers.models import Offer
from tests.factories import make_acceptance, make_file, make_hoster, make_offer, make_quote, make_terms
from tests.pages import hidden_fields, words

MANDATE = {"name": "Dominique Petit", "role": "Trésorière", "mandated": "on", "purpose": "own"}


@pytest.fixture
def quote(marmule: Offer) -> Quote:
    issued = make_quote(marmule)
    make_file(issued.document)
    return issued


def url_of(quote: Quote) -> str:
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return f"/devis/{token}/accepter/"


def mandate(quote: Quote, **changes: object) -> Mandate:
    values = {"name": "Dominique Petit", "role": "Trésorière", "email": quote.contact.email}
    return Mandate(**values | {"statement": statement_of(quote)} | changes)  # type: ignore[arg-type]


def test_quote_carries_the_versions_in_force_at_issue(artifaille: Hoster, marmule: Offer) -> None:
    quote = make_quote(marmule)
    make_terms(artifaille, text="Deuxième version, publiée après")
    carried = QuoteConditions.objects.get(quote=quote)
    assert [(each["kind"], each["number"]) for each in carried.terms] == [("cgv", 1), ("sous-traitance", 1)]
    assert attach_conditions(quote) == carried
    assert len(carried.sha256) == 64


@pytest.mark.parametrize("model", [QuoteConditions, Contract])
def test_what_was_agreed_never_changes(quote: Quote, model: type[Contract]) -> None:
    make_acceptance(quote)
    row = model.objects.get()
    with pytest.raises(FrozenError):
        row.save()
    with pytest.raises(FrozenError):
        row.delete()


def test_texts_are_shown_before_and_kept_with_the_evidence(quote: Quote) -> None:
    """LEG-02, CON-12: the versions are read on the page that commits, and their seal is in the evidence."""
    url = url_of(quote)
    client = Client()
    page = client.post(url, MANDATE)
    for path in ("/conditions/cgv/1/", "/conditions/sous-traitance/1/"):
        assert path in page.content.decode()
    assert "Accepter le devis (engagement de payer)" in words(page)
    assert "clauses du contrat" in words(page) and "Partir avec ses données" in words(page)
    client.post(url, hidden_fields(page))
    proof = Acceptance.objects.get()
    assert proof.conditions == quote.conditions
    assert proof.kind == Acceptance.Kind.ONLINE and proof.proved and proof.key is not None


def test_acceptance_makes_a_numbered_contract_and_a_proof(quote: Quote) -> None:
    """003-015: in the same transaction; their files are made after it."""
    acceptance = make_acceptance(quote)
    contract = Contract.objects.get()
    assert contract.number.startswith("C-") and contract.number.endswith("-0001")
    assert (contract.quote, contract.acceptance) == (quote, acceptance)
    assert acceptance.proof is not None
    names = set(Document.objects.values_list("name", flat=True))
    assert {f"contrat-{contract.number}.pdf", f"preuve-acceptation-{quote.number}.pdf"} <= names


def test_conditions_that_changed_since_they_were_read_accept_nothing(quote: Quote) -> None:
    with pytest.raises(AcceptanceRefused, match="conditions jointes ont changé"):
        accept_quote(quote=quote, mandate=mandate(quote, conditions="0" * 64))
    assert not Acceptance.objects.exists() and not Contract.objects.exists()


def test_same_key_gives_the_same_acceptance(quote: Quote) -> None:
    key = uuid4()
    first = accept_quote(quote=quote, mandate=mandate(quote, key=key))
    assert accept_quote(quote=quote, mandate=mandate(quote, key=key)) == first
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("change", [{"name": "Sacha"}, {"role": "Présidente"}, {"email": "x@example.org"}])
def test_same_key_with_something_else_is_refused(quote: Quote, change: dict[str, str]) -> None:
    key = uuid4()
    accept_quote(quote=quote, mandate=mandate(quote, key=key))
    with pytest.raises(AcceptanceRefused, match="a déjà servi"):
        accept_quote(quote=quote, mandate=mandate(quote, key=key, **change))
    assert Acceptance.objects.get().name == "Dominique Petit"


def test_key_of_another_quote_is_refused(quote: Quote, marmule: Offer) -> None:
    key, another = uuid4(), make_quote(marmule)
    make_file(another.document)
    accept_quote(quote=quote, mandate=mandate(quote, key=key))
    with pytest.raises(AcceptanceRefused, match="a déjà servi"):
        accept_quote(quote=another, mandate=mandate(another, key=key))
    assert Acceptance.objects.count() == 1


@pytest.mark.parametrize("act", ["supersede", "withdraw", "refuse"])
def test_quote_that_is_over_is_refused(quote: Quote, act: str) -> None:
    actor = "client" if act == "refuse" else "staff"
    move(quote=quote, act=act, actor=actor, told=Told(note="Une nouvelle version"))
    with pytest.raises(AcceptanceRefused):
        accept_quote(quote=quote, mandate=mandate(quote))
    quote.organization.refresh_from_db()
    assert not Acceptance.objects.exists() and quote.organization.stage != Stage.CLIENT


def test_hoster_without_terms_sells_and_is_warned(db: None) -> None:
    hoster = make_hoster(terms=False)
    with scope(hoster=hoster):
        quote = make_quote(make_offer(hoster))
        assert QuoteConditions.objects.get().terms == []
        make_acceptance(quote)
        [[item]] = map(list, read_together([terms_to_publish(hoster)]))
        assert "conditions générales" in item.detail and "sous-traitance" in item.detail
        make_terms(hoster)
        assert missing_terms(terms_kinds(hoster)) == [str(TermsKind.PROCESSING.label)]
        make_terms(hoster, TermsKind.PROCESSING)
        assert [list(told) for told in read_together([terms_to_publish(hoster)])] == [[]]


def test_quote_older_than_conditions_takes_those_of_the_day(quote: Quote, artifaille: Hoster) -> None:
    QuoteConditions.objects.filter(quote=quote)._raw_delete("default")
    acceptance = make_acceptance(Quote.objects.get(pk=quote.pk))
    assert acceptance.conditions is not None
    assert acceptance.conditions.terms[0]["sha256"] == current_terms(artifaille)["cgv"].sha256


def test_association_finds_its_contract_and_its_proof(quote: Quote) -> None:
    acceptance = make_acceptance(quote)
    contract = Contract.objects.get()
    assert acceptance.proof is not None
    for document in (contract.document, acceptance.proof):
        make_file(document)
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=quote.contact)
    client = Client()
    page = client.get(f"/espace/lien/{token}/", follow=True)
    assert contract.number in words(page)
    for document in (contract.document, acceptance.proof):
        assert client.get(f"/espace/documents/{document.pk}/").status_code == 200


def test_who_agreed_is_kept_as_long_as_the_law_asks() -> None:
    """CON-13: the identity of clients and the data of contracts five years after the contract, invoices ten."""
    kept = {rule.model: str(rule.how_long) for rule in rules()}
    assert kept["billing.Quote"] == kept["billing.Acceptance"] == "cinq ans après la fin du contrat"
    assert kept["billing.Invoice"] == "dix ans"
