"""What looks like an invoice and is none, what no screen claims, and delays that the law sets."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from billing.invoicing.drafts import issue_draft, start_draft, write_draft
from billing.models import InvoiceDraft, LedgerEntry
from crm.models import Organization
from hosters.models import Hoster, User
from offers.models import Offer
from tests.billing.documents.reading import missing, pages_of, text_of
from tests.factories import make_invoice, make_quote

DAY = {"label": "Atelier", "quantity": "1", "unit": "jour", "unit_price": "400.00", "vat": "", "nature": ""}


def by_hand(offer: Offer, by: User) -> InvoiceDraft:
    draft = start_draft(contact=make_quote(offer).contact, by=by)
    write_draft(draft=draft, values={"subject": "Atelier"}, lines=[DAY])
    return InvoiceDraft.objects.get(pk=draft.pk)


def test_quote_is_never_called_an_invoice(marmule: Offer) -> None:
    """EIN-13: no pro forma, a series of its own."""
    quote = make_quote(marmule)
    text = text_of(pages_of(quote)).lower()
    assert quote.number.startswith(marmule.hoster.quote_prefix)
    assert "proforma" not in text and f"devis{quote.number.lower()}" in text
    assert "factureélectronique" not in text and quote.number not in make_invoice(marmule).number


def test_what_an_example_writes_says_so(marmule: Offer, alix: User) -> None:
    """NUM-03, ISC-03: a simulation, on an invoice of hand-written lines too."""
    words = "Exemple du cours : ce document n’engage personne."
    real = issue_draft(draft=by_hand(marmule, alix), by=alix)
    Hoster.objects.update(is_example=True)
    marmule.hoster.refresh_from_db()
    simulated = issue_draft(draft=by_hand(marmule, alix), by=alix)
    assert missing(pages_of(real), [words]) == [words]
    assert missing(pages_of(simulated), [words]) == []


def test_each_piece_says_which_version_wrote_it(marmule: Offer) -> None:
    """NUM-07: with the version of the software and of the calculation, and the tariff that was accepted."""
    invoice = make_invoice(marmule)
    line = LedgerEntry.objects.get(table="billing.invoice", row=invoice.pk)
    assert (line.version, invoice.calculation_version) == (settings.VERSION, 1)
    assert invoice.quote is not None
    assert invoice.quote.items.get().tariff_version == marmule.tariff_versions.get()


@pytest.mark.parametrize(
    ("form", "asked", "days"),
    [("", 45, 45), ("association", 45, 45), ("company", 45, 45), ("public", 45, 30), ("public", 15, 15)],
)
def test_delay_of_payment_is_within_the_law(
    marmule: Offer, alix: User, form: str, asked: int, days: int
) -> None:
    """DUE-01, DUE-02: what the hoster chose, sixty days at most; thirty for a public buyer (CCP R2192-10)."""
    Hoster.objects.update(payment_days=asked)
    draft = by_hand(marmule, alix)
    Organization.objects.update(legal_form=form, siret="21380185500015", siren="213801855")
    draft = InvoiceDraft.objects.select_related("hoster", "organization").get(pk=draft.pk)
    assert issue_draft(draft=draft, by=alix).due_on == timezone.localdate() + timedelta(days=days)


#: A claim of conformity that only a body or an editor may sign, by its usual words.
CLAIM = re.compile(
    r"NF ?525|logiciel (de caisse )?certifié|conforme à la loi (anti-?fraude|de finances)", re.IGNORECASE
)
DENIAL = re.compile(r"ce que Chatière n’est pas|demande alors un logiciel certifié")


def test_no_page_claims_a_conformity_that_nobody_attested() -> None:
    """ISC-04, ISC-06: the hoster decides with its accountant; screens and documents only deny."""
    root = Path(settings.BASE_DIR)
    lines = [
        (path.name, line)
        for folder in ("templates", "billing", "hosters", "portal", "offers", "docs")
        for path in (root / folder).rglob("*")
        if path.suffix in {".html", ".txt", ".py", ".md"}
        for line in path.read_text().splitlines()
    ]
    assert len(lines) > 10_000
    assert [each for each in lines if CLAIM.search(each[1]) and not DENIAL.search(each[1])] == []
