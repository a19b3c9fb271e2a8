"""One calculation gives the totals of a quote and its later invoices, whatever it mixes (002-011, RND-01, DEV-09)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.documents.quote_page import quote_page
from billing.documents.quote_words import three_years_words
from billing.due import YEAR
from billing.models import Invoice, Quote, QuoteItem, Subscription
from billing.quoting.drafts import write_prices
from billing.quoting.sending import send_draft
from billing.quoting.states import ActRefused, Told
from billing.selections import selection_to_json
from billing.subscriptions.periods import due_lines
from billing.subscriptions.runs import run_billing
from billing.totals import bill_of
from crm.models import Contact
from hosters.models import Hoster
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Selection, price
from tests.factories import MARMULE, make_acceptance, make_draft, make_offer, make_quote
from tests.sampling import sampled

MONTHLY = {"label": "Suivi", "unit_price": Decimal("33.33"), "cadence": "period", "term_months": 1}
QUARTER = {"label": "Sauvegardes", "unit_price": Decimal("19.99"), "cadence": "period", "term_months": 3}
YEARLY = {"label": "Adhésion", "unit_price": Decimal(20), "cadence": "yearly", "vat": "O"}
TRAINING = {"label": "Formation", "quantity": Decimal("1.5"), "unit_price": Decimal("400.01"), "vat": "10"}
NET = {"tax_included": False}


def contact_of(offer: Offer) -> Contact:
    return make_quote(offer).contact


def filled(contact: Contact, *lines: dict[str, Any], offer: Offer | None = None, **fields: Any) -> Quote:
    """A draft with these lines, and the Marmule before them if asked."""
    draft = make_draft(contact)
    draft.items.all().delete()
    if offer:
        version = tariff_in_force(offer)
        asked = Selection({"users": Decimal(12), "storage_gb": Decimal(35)})
        QuoteItem.objects.create(
            quote=draft, offer=offer, tariff_version=version, selection=selection_to_json(asked)
        )
    for position, line in enumerate(lines, start=2):
        QuoteItem.objects.create(quote=draft, position=position, **line)
    Quote.objects.filter(pk=draft.pk).update(**fields)
    draft.refresh_from_db()
    write_prices(draft=draft)
    return Quote.objects.get(pk=draft.pk)


def invoiced_in_a_year(quote: Quote) -> Decimal:
    make_acceptance(quote)
    subscription = Subscription.objects.get(quote=quote)
    run_billing(as_of=subscription.day(YEAR - 1))
    return sum((each.gross for each in Invoice.objects.filter(subscription=subscription)), Decimal(0))


@pytest.mark.parametrize(
    "lines",
    [
        [TRAINING],
        [MONTHLY, TRAINING],
        [QUARTER, YEARLY],
        [MONTHLY, QUARTER, YEARLY, TRAINING],
        [MONTHLY | NET, QUARTER | NET, TRAINING | NET],
        [MONTHLY, QUARTER | NET, TRAINING | {"vat": "5.5"}, YEARLY],
    ],
    ids=str,
)
@pytest.mark.parametrize("discount", [None, Decimal("12.5")])
@pytest.mark.parametrize("with_offer", sampled([True, False], 2))
def test_invoices_of_a_year_make_the_first_year_of_the_quote(
    marmule: Offer, lines: list[dict[str, Any]], discount: Decimal | None, with_offer: bool
) -> None:
    """Monthly hosting, quarterly backups, yearly membership and one-off training in one quote."""
    contact = contact_of(marmule)
    offer = marmule if with_offer else None
    draft = filled(contact, *lines, offer=offer, discount_percent=discount, discount_reason="jeune")
    quote = send_draft(draft=draft, told=Told())
    assert invoiced_in_a_year(quote) == quote.first_year_gross == Decimal(quote.totals["first_year"]["gross"])
    first = Invoice.objects.filter(subscription__quote=quote, period_start=quote.subscription.started_on)
    assert sum(each.gross for each in first) == Decimal(quote.totals["first"]["gross"])


def test_second_year_is_the_year_that_follows(marmule: Offer) -> None:
    quote = send_draft(draft=filled(contact_of(marmule), MONTHLY, QUARTER, YEARLY, TRAINING), told=Told())
    make_acceptance(quote)
    subscription = Subscription.objects.get(quote=quote)
    second = [bill_of(due_lines(subscription, months)).gross for months in range(YEAR, 2 * YEAR)]
    assert sum(second) == Decimal(quote.totals["yearly"]["gross"])


@pytest.mark.parametrize("users", [1, 12, 40])
def test_quote_of_one_offer_says_what_the_engine_says(marmule: Offer, users: int) -> None:
    """The page of the offer, the quote asked online and its bills: one price."""
    asked = Selection({"users": Decimal(users), "storage_gb": Decimal(35)})
    version = tariff_in_force(marmule)
    assert version is not None
    answer = price(version.tariff, asked, vat=marmule.hoster.vat_policy)
    quote = make_quote(marmule, selection=asked)
    told = {name: Decimal(bill["gross"]) for name, bill in quote.totals.items()}
    assert told == {
        "period": answer.recurring_per_period,
        "first": answer.first_invoice,
        "first_year": answer.first_year_total,
        "yearly": answer.yearly_after,
    }
    assert [line.amount for line in quote.lines.all()] == [line.amount for line in answer.lines]


def test_spare_option_is_in_no_total_and_no_invoice(marmule: Offer) -> None:
    draft = filled(contact_of(marmule), MONTHLY, TRAINING | {"optional": True})
    quote = send_draft(draft=draft, told=Told())
    assert [line.label for line in quote.spare_lines] == ["Formation"]
    assert quote.first_year_gross == Decimal("33.33") * 12
    assert invoiced_in_a_year(quote) == quote.first_year_gross


def test_second_offer_asks_no_second_membership(artifaille: Hoster, marmule: Offer) -> None:
    """One membership a year and an organisation, whatever it orders."""
    other = make_offer(artifaille, tariff=MARMULE)
    draft = filled(contact_of(marmule), offer=marmule)
    QuoteItem.objects.create(
        quote=draft,
        position=9,
        offer=other,
        tariff_version=tariff_in_force(other),
        selection=draft.items.get().selection,
    )
    write_prices(draft=draft)
    assert draft.lines.filter(cadence="yearly").count() == 1
    assert draft.lines.filter(label="Pack de base").count() == 2


def test_discount_amount_is_off_each_period(marmule: Offer) -> None:
    """002-150."""
    draft = filled(contact_of(marmule), MONTHLY, discount_amount=Decimal("3.33"), discount_reason="solidaire")
    assert (draft.period_gross, draft.first_year_gross) == (Decimal("30.00"), Decimal("360.00"))
    assert "solidaire" in draft.lines.get(label="Remise solidaire").rule


def test_discount_above_the_price_is_refused(marmule: Offer) -> None:
    draft = filled(contact_of(marmule), MONTHLY, discount_amount=Decimal(34), discount_reason="…")
    with pytest.raises(ActRefused, match=r"33,33.€ au plus"):
        send_draft(draft=draft, told=Told())


def test_empty_draft_is_not_sent(marmule: Offer) -> None:
    with pytest.raises(ActRefused, match="devis vide"):
        send_draft(draft=filled(contact_of(marmule)), told=Told())


def test_draft_has_no_number_and_takes_one_when_sent(marmule: Offer) -> None:
    contact = contact_of(marmule)
    drafts = [filled(contact, MONTHLY) for _index in range(3)]
    assert {draft.number for draft in drafts} == {""}
    sent = send_draft(draft=drafts[2], told=Told())
    assert sent.number.endswith("-0002")
    assert send_draft(draft=drafts[2], told=Told()).number == sent.number
    assert sent.issued_on >= date(2026, 1, 1)


@pytest.mark.parametrize(
    ("lines", "main", "words"),
    [
        ([{"label": "Audit", "unit_price": Decimal(600)}], "600.00", "TTC une seule fois"),
        ([YEARLY], "20.00", "TTC par an"),
        ([YEARLY, {"label": "Audit", "unit_price": Decimal(600)}], "20.00", "TTC par an"),
        ([MONTHLY, {"label": "Audit", "unit_price": Decimal(600)}], "33.33", "TTC par mois"),
    ],
)
def test_main_price_is_never_a_zero_when_something_is_to_be_paid(
    artifaille: Hoster, lines: list[dict[str, Any]], main: str, words: str
) -> None:
    """A quote without hosting speaks of what it costs, not of « 0,00 € par an »."""
    quote = filled(contact_of(make_offer(artifaille)), *lines)
    assert (quote.main_gross, quote.main_caption) == (Decimal(main), words)


def test_page_of_a_single_payment_prints_no_zero(artifaille: Hoster) -> None:
    quote = filled(contact_of(make_offer(artifaille)), {"label": "Audit", "unit_price": Decimal(600)})
    page = quote_page(quote, list(quote.lines.all()))
    assert (page.main.amount, page.main.label) == (Decimal(600), "une seule fois")
    assert all(figure.amount for figure in page.figures)
    assert "la première année, rien ensuite" in page.resolution


def test_three_years_are_the_sum_of_their_invoices(marmule: Offer) -> None:
    """003-002: 430 € the first year, then twice 380 €; work paid once has no years to come."""
    quote = make_quote(marmule)
    said = "".join(three_years_words(quote, quote.kept_lines).split())
    assert "1190,00€" in said
    once = send_draft(draft=make_draft(quote.contact), told=Told())
    assert three_years_words(once, once.kept_lines) == ""
