"""The options of a quote as its page shows them: which are on, what each costs, and what it all makes."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from billing.models import Quote
from billing.quoting.options import Chosen, choice_of, price_with
from billing.quoting.states import ActRefused
from billing.tariff_options import CountsForm, Supplements, field_name
from billing.totals import TimedLine
from pricing.presentation import TotalRow, bill_rows, caption, due_words
from pricing.typography import euros

FIELD = "option"


@dataclass(frozen=True)
class Option:
    """An item that may be switched, with what it costs, rhythm by rhythm."""

    position: int
    name: str
    explanation: str
    prices: list[str]
    on: bool


@dataclass(frozen=True)
class Choice:
    """A choice of options and what the quote would cost with it. `kept`: it is the one of the quote itself.

    `sent` are the fields that keep it; `problem` says why what was asked has no price, which is then the quote's.
    """

    options: list[Option]
    supplements: list[Supplements]
    amount: Decimal
    caption: str
    rows: list[TotalRow]
    kept: bool
    sent: list[tuple[str, str]]
    problem: str = ""


def asked_choice(data: QueryDict, quote: Quote) -> Chosen:
    """The choice in an address or a form; what is not a small number is nothing of ours.

    Raises:
        ActRefused: a supplement cannot be counted so; the message says which one and what to write.
    """
    if "choix" not in data:
        return choice_of(quote)
    on = {
        int(value) for value in data.getlist(FIELD) if value.isascii() and value.isdigit() and len(value) < 5
    }
    form = CountsForm(quote, data.dict())
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise ActRefused(f"{form[name].label} – {errors[0]}")
    return Chosen(frozenset(on), form.counts())


def options_shown(quote: Quote, data: QueryDict) -> Choice | None:
    """The options of a quote, as asked; None when it has none. A choice that makes no price shows the own one of
    the quote, and says why."""
    items = [item for item in quote.items.select_related("offer") if item.optional]
    kept, problem = choice_of(quote), ""
    if not items and not kept.counts:
        return None
    try:
        wanted = asked_choice(data, quote)
        priced = price_with(quote=quote, chosen=wanted)
    except ActRefused as refused:
        wanted, problem = kept, str(refused)
        priced = price_with(quote=quote, chosen=kept)
    first, year, after = (Decimal(priced.totals[bill]["gross"]) for bill in ("first", "first_year", "yearly"))
    form = CountsForm(quote, dict(_sent_counts(wanted)))
    form.is_valid()
    return Choice(
        options=[
            Option(
                item.position,
                item.name,
                item.explanation,
                _prices([each for each in priced.lines if each.item == item.position]),
                item.position in wanted.positions,
            )
            for item in items
        ],
        supplements=form.supplements(),
        amount=priced.period_gross,
        caption=caption(priced.term_months, with_vat=quote.with_vat),
        rows=bill_rows(first, year, after or None, with_vat=quote.with_vat),
        kept=wanted == kept,
        sent=[(FIELD, str(position)) for position in sorted(wanted.positions)] + _sent_counts(wanted),
        problem=problem,
    )


def _prices(lines: list[TimedLine]) -> list[str]:
    """What an option costs, rhythm by rhythm: `240,00 € une seule fois`."""
    found: dict[str, Decimal] = {}
    for each in lines:
        rhythm = due_words(each.cadence, each.term_months)
        found[rhythm] = found.get(rhythm, Decimal(0)) + (each.line.amount or Decimal(0))
    return [f"{euros(amount)} {rhythm}" for rhythm, amount in found.items()]


def _sent_counts(chosen: Chosen) -> list[tuple[str, str]]:
    """The supplements of a choice as the fields that ask for them."""
    return [
        (field_name(position, code), f"{count.normalize():f}")
        for position, taken in chosen.counts.items()
        for code, count in taken.items()
    ]
