"""What the one page made for a vote says, on screen and on paper: the same sentences, worked out once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.board.wording import resolution_of
from billing.documents.quote_page import exit_terms
from billing.documents.wording import day, unbroken
from billing.due import committed_months
from billing.models import BoardMeeting, BoardSummary, Quote
from pricing.engine.text import sentence_case
from pricing.typography import CENT, euros

SHOWN_NEEDS = 3


@dataclass(frozen=True)
class SummaryFigure:
    """An amount in EUR and what it is; `note` is "" when it is exact."""

    label: str
    amount: Decimal
    note: str


@dataclass(frozen=True)
class SummaryPage:
    """`tax` is « TTC », or "" when the hoster charges no VAT. `facts` are pairs (term, sentence)."""

    seller_mentions: list[str]
    tax: str
    issued: str
    valid_until: str
    figures: list[SummaryFigure]
    needs: list[str]
    more_needs: str
    replaces: str
    difference: str
    facts: list[tuple[str, str]]
    who_decides: str
    resolution: str


def summary_page(
    quote: Quote,
    summary: BoardSummary | None,
    *,
    meeting: BoardMeeting | None = None,
    until: date | None = None,
) -> SummaryPage:
    """The page of a quote; `until` is its last day of validity, if the row printed says another than today's."""
    needs = list(dict.fromkeys(part["need"] for part in quote.promise["parts"]))
    more = len(needs) - SHOWN_NEEDS
    return SummaryPage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        tax=_("TTC") if quote.with_vat else "",
        issued=day(quote.issued_on),
        valid_until=day(until or quote.valid_until),
        figures=_figures(quote),
        needs=needs[:SHOWN_NEEDS],
        more_needs=ngettext("et %(more)s autre besoin", "et %(more)s autres besoins", more) % {"more": more}
        if more > 0
        else "",
        replaces=summary.replaces if summary else "",
        difference=_difference(quote, summary.replaced_yearly if summary else None),
        facts=_facts(quote),
        who_decides=_(
            "Vos statuts disent qui décide d’une dépense et qui signe : le plus souvent le conseil d’administration "
            "ou le bureau vote, et la présidence signe ou donne mandat. Au-dessus d’un certain montant, c’est parfois "
            "l’assemblée générale."
        ),
        resolution=resolution_of(quote, meeting=meeting),
    )


def _figures(quote: Quote) -> list[SummaryFigure]:
    if not quote.period_gross:
        return [SummaryFigure(sentence_case(quote.main_rhythm), quote.main_gross, _("tout compris"))]
    exact = quote.period_gross / quote.term_months
    monthly = exact.quantize(CENT)
    amounts = {code: Decimal(quote.totals[code]["gross"]) for code in ("yearly", "first_year")}
    return [
        SummaryFigure(_("Par mois"), monthly, "" if monthly == exact else _("environ")),
        SummaryFigure(_("Par an"), amounts["yearly"], _("dès la deuxième année")),
        SummaryFigure(_("La première année"), amounts["first_year"], _("tout compris")),
    ]


def _difference(quote: Quote, replaced: Decimal | None) -> str:
    """What changes in the budget of a usual year, next to what the association says that it pays today."""
    if replaced is None:
        return ""
    change = Decimal(quote.totals["yearly"]["gross"]) - replaced
    words = {"before": euros(replaced), "change": euros(abs(change))}
    if change > 0:
        return _("Coût actuel : %(before)s par an. Avec ce devis : %(change)s de plus par an.") % words
    if change < 0:
        return _("Coût actuel : %(before)s par an. Avec ce devis : %(change)s de moins par an.") % words
    return _("Coût actuel : %(before)s par an. Avec ce devis : le même coût.") % words


def _facts(quote: Quote) -> list[tuple[str, str]]:
    facts = [(_("Engagement"), _commitment(quote)), *exit_terms(quote)]
    if where := quote.promise["data_location"]:
        facts.append((_("Où sont les données"), where))
    return facts


def _commitment(quote: Quote) -> str:
    """How long it binds; work that is paid once binds to nothing after it."""
    months = committed_months(quote.kept_lines)
    if months is None:
        return _("aucun après ce travail : rien ne revient")
    return ngettext(
        "un mois à la fois, payé d’avance ; ensuite vous continuez ou vous partez",
        "%(months)s mois à la fois, payés d’avance ; ensuite vous continuez ou vous partez",
        months,
    ) % {"months": months}
