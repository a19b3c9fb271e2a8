"""The PDF and the page of a quote say the same, line by line and to the cent, with 1, 12 and 60 lines (issue 5)."""

import re
from collections import Counter
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from billing.access_links import mint_link
from billing.models import AccessLink, Quote, QuoteItem
from billing.quoting.drafts import copy_items, start_draft
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from offers.models import Offer
from tests.billing.documents.reading import letters, missing, pages_of, text_of
from tests.factories import make_quote

LINE = re.compile(
    r'<span>([^<]+)</span>\s*<span class="lines__amount">([^<]+)</span>\s*(?:<span class="lines__rule">([^<]+))?'
)
TOTAL = re.compile(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>")
RHYTHMS = ("one_off", "period", "yearly")


def quote_of(marmule: Offer, count: int) -> Quote:
    """The five lines of the Marmule and further ones by hand, some as options; one by hand alone for one line."""
    model = make_quote(marmule)
    draft = start_draft(contact=model.contact)
    own = 0 if count == 1 else model.lines.count()
    if own:
        copy_items(source=model, draft=draft)
    for number in range(count - own):
        QuoteItem.objects.create(
            quote=draft,
            position=number + 2,
            label=f"Accompagnement de l’équipe n° {number}",
            explanation="Une demi-journée sur place, préparation comprise",
            unit="demi-journée",
            quantity=Decimal("1.5"),
            unit_price=Decimal("150.35") + number,
            cadence=RHYTHMS[number % 3],
            optional=number % 5 == 4,
        )
    return send_draft(draft=draft, told=Told())


@pytest.mark.parametrize(
    ("count", "most_pages"), [(1, 2), (12, 2), pytest.param(60, 6, marks=pytest.mark.thorough)]
)
def test_pdf_and_page_say_the_same(marmule: Offer, count: int, most_pages: int) -> None:
    quote = quote_of(marmule, count)
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    page = unescape(Client().get(reverse("storefront:quote", kwargs={"token": token})).content.decode())
    reader = pages_of(quote)
    lines, totals = LINE.findall(page), TOTAL.findall(page)
    assert len(lines) == quote.lines.count() == count
    assert missing(reader, [words for label, _amount, rule in lines for words in (label, rule)]) == []
    printed, shown = text_of(reader), Counter(letters(amount) for _label, amount, _rule in lines)
    assert {each: times for each, times in shown.items() if printed.count(each) < times} == {}
    assert totals and missing(reader, [amount for _label, amount in totals]) == []
    assert len(reader.pages) <= most_pages
