"""Pages of a long list that never fail: a silly page number gives the nearest page."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 25


def page_of(rows: "QuerySet[Any]", request: HttpRequest) -> Page:
    """The page asked by `?page=`, `ROWS` rows each."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
