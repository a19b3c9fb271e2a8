"""What the template of a quote shows, worked out from the frozen row: the template only lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.documents.vat_table import VatTable, rate_label, vat_table
from billing.documents.wording import amount_of, day, unbroken
from billing.models import Quote, QuoteLine
from billing.totals import bill_of
from pricing.engine import BilledLine, Cadence
from pricing.engine.text import per_period
from pricing.typography import CENT, euros

#: Up to here the whole calculation stays on one page, with room left for the box of the vote.
MOST_ROWS_TOGETHER = 10


@dataclass(frozen=True)
class Figure:
    """An amount that the board decides on, in EUR."""

    label: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    rule: str
    quantity: str
    rate: str
    amount: Decimal


@dataclass(frozen=True)
class Group:
    """Lines due at the same rhythm, and their sum in EUR."""

    title: str
    rows: list[Row]
    total: Decimal


@dataclass(frozen=True)
class QuotePage:
    """`tax` is « TTC », or "" when the hoster charges no VAT: that word is then nowhere (DEV-06).

    `short`: the calculation is kept on one page.
    """

    seller_mentions: list[str]
    buyer_mentions: list[str]
    tax: str
    issued: str
    valid_until: str
    main: Figure
    figures: list[Figure]
    vat: VatTable | None
    configuration: list[str]
    groups: list[Group]
    short: bool
    payment: list[str]
    exit: list[tuple[str, str]]
    resolution: str


def quote_page(quote: Quote, lines: Sequence[QuoteLine]) -> QuotePage:
    """The page of an issued quote; `lines` are its own, in order."""
    charged = not quote.mention
    return QuotePage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        buyer_mentions=unbroken(quote.buyer["mentions"]),
        tax=_("TTC") if charged else "",
        issued=day(quote.issued_on),
        valid_until=day(quote.valid_until),
        main=_main_figure(quote, lines),
        figures=_figures(quote),
        vat=vat_table(_named_bills(quote)) if charged else None,
        configuration=_configuration(quote),
        groups=_groups(quote, lines),
        short=len(lines) <= MOST_ROWS_TOGETHER,
        payment=_payment(quote),
        exit=_exit(quote),
        resolution=_resolution(quote),
    )


def _rhythm(quote: Quote) -> str:
    return per_period(quote.term_months)


def _main_figure(quote: Quote, lines: Sequence[QuoteLine]) -> Figure:
    """The price of a period, what it makes a month, and what it becomes after a welcome discount."""
    notes = []
    if quote.term_months > 1:
        exact = quote.period_gross / quote.term_months
        word = (
            _("soit %(amount)s par mois")
            if exact == exact.quantize(CENT)
            else _("soit environ %(amount)s par mois")
        )
        notes.append(word % {"amount": euros(exact)})
    regular = bill_of(
        [line for line in lines if line.cadence == Cadence.PERIOD and line.periods is None]
    ).gross
    if regular != quote.period_gross:
        words = {"amount": euros(regular), "rhythm": _rhythm(quote)}
        notes.append(_("puis %(amount)s %(rhythm)s après l’offre de bienvenue") % words)
    return Figure(_rhythm(quote), quote.period_gross, ", ".join(notes))


def _bill_names(quote: Quote) -> list[tuple[str, str]]:
    period = _rhythm(quote)
    return [
        ("period", period[0].upper() + period[1:]),
        ("first", _("Première facture")),
        ("first_year", _("Première année")),
        ("yearly", _("Années suivantes")),
    ]


def _figures(quote: Quote) -> list[Figure]:
    names = [(code, name) for code, name in _bill_names(quote) if code != "period" and code in quote.totals]
    notes = {"first": _("à l’acceptation"), "first_year": _("tout compris"), "yearly": _("par an")}
    return [Figure(name, Decimal(quote.totals[code]["gross"]), notes[code]) for code, name in names]


def _named_bills(quote: Quote) -> list[tuple[str, dict[str, object]]]:
    return [(name, quote.totals[code]) for code, name in _bill_names(quote) if code in quote.totals]


def _configuration(quote: Quote) -> list[str]:
    """What was asked for, in words: `12 personnes`, `35 Go`."""
    asked = quote.selection["quantities"]
    metrics = quote.tariff_version.tariff.metrics
    return [
        metric.words(Decimal(asked[metric.code])) for metric in metrics if asked.get(metric.code) is not None
    ]


def _groups(quote: Quote, lines: Sequence[QuoteLine]) -> list[Group]:
    period = _rhythm(quote)
    titles = [
        (Cadence.PERIOD, period[0].upper() + period[1:]),
        (Cadence.ONE_OFF, _("Une seule fois, au démarrage")),
        (Cadence.YEARLY, _("Chaque année")),
    ]
    groups = []
    for cadence, title in titles:
        if of_cadence := [line for line in lines if line.cadence == cadence]:
            billed = bill_of(of_cadence)
            groups.append(Group(title, [_row(each) for each in billed.lines], billed.gross))
    return groups


def _row(billed: BilledLine) -> Row:
    line = billed.line
    return Row(
        label=line.label,
        rule=line.rule,
        quantity=amount_of(line.quantity, line.unit),
        rate=rate_label(line.vat_category, line.vat_rate),
        amount=billed.gross,
    )


def _payment(quote: Quote) -> list[str]:
    sentences = [
        _("Ce devis est gratuit. Rien n’est dû tant qu’il n’est pas accepté."),
        _("Première facture à l’acceptation, puis une facture au début de chaque période, à payer d’avance."),
        _("Règlement par virement, %(when)s.") % {"when": _when_paid(quote.seller["payment_days"])},
    ]
    if person := quote.seller["person"]:
        words = {"person": person, "hours": quote.seller["hours"]}
        who = _("%(person)s, %(hours)s") if words["hours"] else _("%(person)s")
        sentences.append(_("Une question, une réclamation : %(who)s.") % {"who": who % words})
    return sentences


def _when_paid(days: int) -> str:
    within = ngettext("dans le délai de %(days)s jour", "dans les %(days)s jours", days) % {"days": days}
    return within if days else _("à réception")


def _exit(quote: Quote) -> list[tuple[str, str]]:
    """What happens at the end of the contract (002-155), as promised when the quote was issued."""
    promised = quote.promise["exit"]
    terms = [
        (_("Préavis"), _days(promised["notice_days"]) or _("aucun")),
        (_("Vos données vous sont rendues"), promised["export_formats"]),
        (_("Pour les récupérer"), _after_the_end(promised["retrieval_days"])),
        (_("Effacement"), _after_the_end(promised["erasure_days"])),
        (_("Aide au départ"), promised["help"]),
    ]
    return [(term, text) for term, text in terms if text]


def _days(count: int) -> str:
    return ngettext("%(count)s jour", "%(count)s jours", count) % {"count": count} if count else ""


def _after_the_end(count: int) -> str:
    return (
        _("%(days)s après la fin du contrat") % {"days": _days(count)}
        if count
        else _("dès la fin du contrat")
    )


def _resolution(quote: Quote) -> str:
    """The sentence that the minutes of the meeting may take word for word (002-143, ASS-03)."""
    tax = "" if quote.mention else " " + _("TTC")
    amounts = {code: euros(Decimal(quote.totals[code]["gross"])) + tax for code in ("first_year", "yearly")}
    return _(
        "décide d’accepter le devis %(number)s émis par %(seller)s le %(day)s pour « %(offer)s » : "
        "%(first_year)s la première année, puis %(yearly)s par an."
    ) % {
        "number": quote.number,
        "seller": quote.seller["name"],
        "day": day(quote.issued_on),
        "offer": quote.promise["offer"],
        **amounts,
    }
