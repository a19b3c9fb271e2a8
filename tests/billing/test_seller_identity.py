"""Who sells is said in full on every document and every mail, as the law of each legal form wants (DEV-01, DEV-02)."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django_scopes import scope

from billing.models import Quote
from billing.parties import seller_of
from billing.quoting.sending import send_draft
from billing.quoting.states import ActRefused, Told
from crm.models import Request
from hosters.mail import parts_of
from hosters.models import Hoster
from offers.models import Offer
from tests.factories import make_draft, make_quote

SELLERS = [
    (
        {"legal_form": "association", "rna": "W691234567"},
        "Association loi 1901 · SIREN 303 265 045 · RNA W691234567",
    ),
    (
        {"legal_form": "cooperative", "registration": "SCIC au capital de 20 000 €, RCS Lyon"},
        "Coopérative (SCIC, SCOP) · SIREN 303 265 045 · SCIC au capital de 20 000 €, RCS Lyon",
    ),
    (
        {"legal_form": "company", "registration": "SARL au capital de 5 000 €, RCS Lyon"},
        "Société · SIREN 303 265 045 · SARL au capital de 5 000 €, RCS Lyon",
    ),
    (
        {"legal_form": "sole_trader", "registration": "RCS Lyon"},
        "Entreprise individuelle (EI) · SIREN 303 265 045 · RCS Lyon",
    ),
]


@pytest.mark.parametrize(("said", "printed"), SELLERS, ids=[each["legal_form"] for each, _printed in SELLERS])
def test_seller_names_its_form_and_its_register(
    artifaille: Hoster, said: dict[str, str], printed: str
) -> None:
    """DEV-02 (C. com. R123-237, R526-27), on documents and in both forms of a mail."""
    none = {"rna": "", "registration": "", "siren": "303265045", "vat_regime": "franchise_293b"}
    Hoster.objects.filter(pk=artifaille.pk).update(**none | said)
    artifaille.refresh_from_db()
    assert " · ".join(seller_of(artifaille).mentions) == printed
    for template in ("mails/message.txt", "mails/message.html"):
        parts = parts_of(artifaille, subject="x", body="x", link=None)
        assert printed in render_to_string(template, parts)


MISSING = [
    {"legal_name": ""},
    {"street": ""},
    {"legal_form": "company", "siren": ""},
    {"legal_form": "sole_trader", "registration": ""},
    {"rna": "", "siren": "", "registration": ""},
    {"vat_number": ""},
]


@pytest.mark.parametrize("missing", MISSING, ids=str)
def test_draft_is_not_sent_while_the_seller_is_not_named(
    marmule: Offer, artifaille: Hoster, missing: dict[str, str]
) -> None:
    """DEV-01."""
    draft = make_draft(make_quote(marmule).contact)
    Hoster.objects.filter(pk=artifaille.pk).update(**missing)
    with scope(hoster=artifaille), pytest.raises(ActRefused, match="Il manque votre identité légale"):
        send_draft(draft=Quote.objects.get(pk=draft.pk), told=Told())
    draft.refresh_from_db()
    assert (draft.state, draft.number) == (Quote.State.DRAFT, "")


def test_online_a_person_answers_meanwhile(ask: Callable[..., HttpResponse], artifaille: Hoster) -> None:
    Hoster.objects.filter(pk=artifaille.pk).update(street="")
    ask()
    assert not Quote.objects.exists()
    assert Request.objects.get().kind == Request.Kind.ON_QUOTE
