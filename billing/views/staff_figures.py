"""The figures of the hoster on one screen, and the rows behind each."""

from decimal import Decimal

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.figures.bars import chart_of
from billing.figures.dashboard import FUNNEL_DAYS, board_of
from billing.figures.relations import relations_of
from billing.figures.rows import FIGURES
from hosters.access import StaffRequest, staff
from hosters.paging import page_of


@staff()
@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    """Recurring revenue, quotes to decide, renewals, departures, unpaid, answers, sales, funnel."""
    board = board_of(request.hoster, today=timezone.localdate())
    context = {
        "board": board,
        "figures": FIGURES,
        "funnel_days": FUNNEL_DAYS,
        "recurring_chart": chart_of([(each.first_day, each.recurring, Decimal(0)) for each in board.months]),
        "sales_chart": chart_of([(each.first_day, each.older, each.new) for each in board.sales.months]),
    }
    return TemplateResponse(request, "staff/figures.html", context)


@staff()
@require_safe
def relations(request: StaffRequest) -> HttpResponse:
    """Who stays first (001-025), then what a client brings, how long a sale takes, who was qualified, who came by word
    of mouth, who arrives and what waits."""
    told = relations_of(request.hoster, today=timezone.localdate())
    chart = chart_of([(month, Decimal(number), Decimal(0)) for month, number in told.arrivals])
    context = {
        "told": told,
        "arrival_chart": chart,
        "arrived": sum(number for _month, number in told.arrivals),
    }
    return TemplateResponse(request, "staff/figures_relations.html", context)


@staff()
@require_safe
def rows(request: StaffRequest, code: str) -> HttpResponse:
    """The rows behind a figure, with its definition."""
    figure = FIGURES[code]
    page = page_of(figure.rows(request.hoster, timezone.localdate()), request)
    context = {"figure": figure, "page": page, "rows": [figure.told(row) for row in page.object_list]}
    return TemplateResponse(request, "staff/figure_rows.html", context)
