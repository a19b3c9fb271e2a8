"""What the template of a quote shows, worked out from the frozen row: the template only lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.documents.brief_page import BriefPage, brief_page
from billing.documents.exit_answers import Answer, answers_of
from billing.documents.quote_words import budget_words, three_years_words
from billing.documents.vat_table import VatTable, rate_label, vat_table
from billing.documents.wording import amount_of, day, unbroken, whole
from billing.due import committed_months
from billing.models import Quote, QuoteLine
from billing.models.quote import Renewal
from billing.totals import bill_of, is_whole
from pricing.engine import BilledLine, Cadence, Metric
from pricing.engine.text import per_period, sentence_case
from pricing.typography import CENT, NBSP, euros

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

    `short`: the calculation is kept on one page; else each rule follows its label, to save paper, and work written by
    hand is only named (`also`) above the price, since its own line explains it.
    """

    seller_mentions: list[str]
    buyer_mentions: list[str]
    parts: list[dict[str, str]]
    also: list[str]
    tax: str
    issued: str
    valid_until: str
    main: Figure
    figures: list[Figure]
    vat: VatTable | None
    three_years: str
    configuration: list[str]
    groups: list[Group]
    spare: list[Row]
    short: bool
    payment: list[str]
    exit: list[tuple[str, str]]
    answers: list[Answer]
    texts: list[str]
    resolution: str
    brief: BriefPage | None


def quote_page(quote: Quote, lines: Sequence[QuoteLine]) -> QuotePage:
    """The page of an issued quote; `lines` are its own, in order. The options that were not chosen come apart."""
    charged = not quote.mention
    spare = [line for line in lines if not line.kept]
    lines = [line for line in lines if line.kept]
    short = len(lines) <= MOST_ROWS_TOGETHER
    parts = quote.promise["parts"]
    by_hand = (
        set() if short else {item.label for item in quote.items.all() if item.kept and not item.offer_id}
    )
    return QuotePage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        buyer_mentions=unbroken(quote.buyer["mentions"]),
        parts=[part for part in parts if part["detail"] or part["need"] not in by_hand],
        also=[part["need"] for part in parts if part["need"] in by_hand and not part["detail"]],
        tax=_("TTC") if charged else "",
        issued=day(quote.issued_on),
        valid_until=day(quote.valid_until),
        main=_main_figure(quote, lines),
        figures=_figures(quote),
        vat=vat_table(_named_bills(quote)) if charged else None,
        three_years=three_years_words(quote, lines),
        configuration=_configuration(quote),
        groups=_groups(lines),
        spare=[_spare_row(line) for line in spare],
        short=short,
        payment=_payment(quote, lines),
        exit=exit_terms(quote),
        answers=answers_of(quote.promise),
        texts=[each["title"] for each in _conditions(quote)],
        resolution=_resolution(quote),
        brief=brief_page(quote.promise.get("brief", {})),
    )


def _rhythm(quote: Quote) -> str:
    return per_period(quote.term_months)


def _main_figure(quote: Quote, lines: Sequence[QuoteLine]) -> Figure:
    """The price of a period, what it makes a month, and what it becomes after a welcome discount.

    Without anything that comes back by periods: what comes each year, else what is paid once.
    """
    if not quote.period_gross:
        return Figure(quote.main_rhythm, quote.main_gross)
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
        [
            line
            for line in lines
            if line.cadence == Cadence.PERIOD
            and line.periods is None
            and line.term_months == quote.term_months
        ]
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
    figures = [Figure(name, Decimal(quote.totals[code]["gross"]), notes[code]) for code, name in names]
    return [each for each in figures if each.amount]


def _named_bills(quote: Quote) -> list[tuple[str, dict[str, object]]]:
    bills = [(name, quote.totals[code]) for code, name in _bill_names(quote) if code in quote.totals]
    return [(name, bill) for name, bill in bills if Decimal(bill["gross"])] or bills


def _configuration(quote: Quote) -> list[str]:
    """What was asked for, in words: `12 personnes (comptes nominatifs)`, `35 Go` (002-118)."""
    found = []
    for item in quote.items.select_related("tariff_version"):
        if item.tariff_version and item.kept:
            asked = item.selection["quantities"]
            metrics = item.tariff_version.tariff.metrics
            found += [
                _asked(metric, Decimal(asked[metric.code]))
                for metric in metrics
                if asked.get(metric.code) is not None
            ]
    return found


def _asked(metric: Metric, quantity: Decimal) -> str:
    told = [
        _("comptes nominatifs") if metric.nominative else "",
        _("pour toute l’association") if metric.pooled else "",
    ]
    marks = ", ".join(filter(None, told))
    words = metric.words(quantity)
    return f"{words} ({marks})" if marks else words


def _groups(lines: Sequence[QuoteLine]) -> list[Group]:
    terms = sorted({line.term_months for line in lines if line.cadence == Cadence.PERIOD})
    titles = [(Cadence.PERIOD, months, sentence_case(per_period(months))) for months in terms]
    titles += [
        (Cadence.ONE_OFF, 0, _("Une seule fois, au démarrage")),
        (Cadence.YEARLY, 0, _("Chaque année")),
    ]
    groups = []
    for cadence, months, title in titles:
        same = [line for line in lines if line.cadence == cadence and months in (0, line.term_months)]
        if same:
            billed = bill_of(same)
            groups.append(Group(title, [_row(each) for each in billed.lines], billed.gross))
    return groups


def _spare_row(line: QuoteLine) -> Row:
    """An option that was not chosen, at its own price and rhythm."""
    row = _row(bill_of([line]).lines[0])
    return replace(row, rule=" – ".join(filter(None, [_rhythm_of(line), row.rule])))


def _rhythm_of(line: QuoteLine) -> str:
    if line.cadence == Cadence.PERIOD:
        return per_period(line.term_months)
    return _("une seule fois") if line.cadence == Cadence.ONE_OFF else _("chaque année")


def _row(billed: BilledLine) -> Row:
    line = billed.line
    return Row(
        label=line.label,
        rule=line.rule,
        quantity=whole() if is_whole(line) else amount_of(line.quantity, line.unit),
        rate=rate_label(line.vat_category, line.vat_rate),
        amount=billed.gross,
    )


def _invoiced(lines: Sequence[QuoteLine]) -> str:
    if committed_months(lines) is None:
        return _("Une seule facture, à l’acceptation.")
    if any(line.cadence == Cadence.PERIOD for line in lines):
        return _(
            "Première facture à l’acceptation, puis une facture au début de chaque période, à payer d’avance."
        )
    return _("Première facture à l’acceptation, puis une facture chaque année, à payer d’avance.")


def _payment(quote: Quote, lines: Sequence[QuoteLine]) -> list[str]:
    sentences = [
        _("Ce devis est gratuit. Rien n’est dû tant qu’il n’est pas accepté."),
        _invoiced(lines),
        _("Règlement par virement, %(when)s.") % {"when": _when_paid(quote.seller["payment_days"])},
    ]
    if quote.seller["person"]:
        seller = quote.seller | {"phone": quote.seller["phone"].replace(" ", NBSP)}
        who = ", ".join(filter(None, (seller[name] for name in ("person", "phone", "hours"))))
        sentences.append(_("Une question, une réclamation : %(who)s.") % {"who": who})
    return sentences


def _when_paid(days: int) -> str:
    within = ngettext("dans le délai de %(days)s jour", "dans les %(days)s jours", days) % {"days": days}
    return within if days else _("à réception")


def exit_terms(quote: Quote) -> list[tuple[str, str]]:
    """What happens at the end of the contract (002-155), as promised when the quote was issued."""
    promised = quote.promise["exit"]
    terms = [
        (_("Au terme"), _term_words(quote)),
        (_("Préavis"), _days(promised["notice_days"]) or _("aucun")),
        (_("Vos données vous sont rendues"), promised["export_formats"]),
        (_("Pour les récupérer"), _after_the_end(promised["retrieval_days"])),
        (_("Effacement"), _after_the_end(promised["erasure_days"])),
        (_("Aide au départ"), promised["help"]),
    ]
    return [(term, text) for term, text in terms if text]


def _term_words(quote: Quote) -> str:
    """What the contract does at its term (002-042); "" when nothing comes back."""
    if not Decimal(quote.totals["yearly"]["gross"]):
        return ""
    if quote.renewal == Renewal.NONE:
        return _("il s’arrête de lui-même, après un rappel ; rien n’est reconduit")
    return _("il est reconduit, sauf avis contraire")


def _conditions(quote: Quote) -> list[dict[str, str]]:
    """The texts that the quote carries; a draft has none yet."""
    attached = getattr(quote, "conditions", None)
    return attached.terms if attached else []


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
    return _(
        "décide d’accepter le devis %(number)s émis par %(seller)s le %(day)s pour « %(offer)s » : "
        "%(budget)s."
    ) % {
        "number": quote.number,
        "seller": quote.seller["name"],
        "day": day(quote.issued_on),
        "offer": quote.promise["offer"],
        "budget": budget_words(quote),
    }
