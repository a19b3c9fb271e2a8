"""Pages of a long list that never fail: a silly page number gives the nearest page."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

ROWS = 25
#: Rows of a very long list that one may turn over; beyond, one chooses better.
MOST = 5000


def page_of(rows: "QuerySet[Any]", request: HttpRequest) -> Page:
    """The page asked by `?page=`, `ROWS` rows each."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))


class _Capped(Paginator):
    """Counts no further than `MOST`: nobody reads the page after, and counting everything would cost as much."""

    @cached_property
    def count(self) -> int:
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # always a queryset here
        return rows.order_by().values("pk")[: MOST + 1].count()  # nothing that is only shown is worked out

    def page(self, number: Any) -> Page:
        """The keys of a page are found first: what is worked out of each row is not for those that are passed over."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # idem
        keys = rows.values("pk")[first : min(first + self.per_page, self.count)]
        return Page(rows.filter(pk__in=keys), number, self)

    most = MOST

    @property
    def beyond(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.count > MOST


def capped_page_of(rows: "QuerySet[Any]", request: HttpRequest) -> Page:
    """The page asked by `?page=` of a list that may be very long: only its first rows can be turned over."""
    return _Capped(rows, ROWS).get_page(request.GET.get("page"))
