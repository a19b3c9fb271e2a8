"""Pages of a list that may be very long (issue 7)."""

from django.test import RequestFactory
from django_scopes import scope

from crm.models import Organization
from hosters.models import Hoster
from hosters.paging import ROWS, capped_page_of


def test_pages_of_a_long_list_follow_each_other(artifaille: Hoster, rf: RequestFactory) -> None:
    names = [f"Association {number:02}" for number in range(2 * ROWS + 10)]
    with scope(hoster=artifaille):
        Organization.objects.bulk_create(
            Organization(hoster=artifaille, name=name) for name in reversed(names)
        )
        rows = Organization.objects.filter(hoster=artifaille).order_by("name")
        pages = [capped_page_of(rows, rf.get("/", {"page": page})) for page in (1, 2, 3)]
        assert [each.name for page in pages for each in page] == names
        last = capped_page_of(rows, rf.get("/", {"page": 99}))
        assert ([each.name for each in last], last.has_next()) == (names[-10:], False)
        assert list(capped_page_of(rows.none(), rf.get("/"))) == []
