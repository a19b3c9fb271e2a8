"""What `./test` runs of the tests that need a database: one telling file for each capability.

All of them together take minutes; `./test --full` runs them, and so does `./test` with the path of some.
Tests without a database are quick enough to run always.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest

QUICK = {
    "quote, asked and priced": ["billing/test_ask.py", "billing/quoting/test_page.py"],
    "quote, accepted": ["billing/test_acceptance.py", "billing/test_journey.py", "concurrency/test_votes.py"],
    "quote, voted": ["billing/board/test_meeting.py", "billing/board/test_summary.py"],
    "contract": ["billing/test_contracts.py", "billing/test_clauses.py"],
    "invoices": ["billing/test_run_billing.py", "billing/test_frozen.py", "billing/test_numbering.py"],
    "guards of SQLite": ["billing/test_immutability.py"],  # the full suite tries those of PostgreSQL
    "documents": ["billing/documents/test_invoice_pdf.py", "billing/test_rendering.py"],
    "space": ["billing/test_termination.py", "billing/test_support.py"],
    "offers": ["offers/workshop/test_pack_asso.py", "offers/workshop/test_versions.py"],
    "storefront": [
        "offers/test_comparison.py",
        "offers/test_storefront_price.py",
        "offers/test_storefront_privacy.py",
    ],
    "catalogue": ["offers/catalogue/test_price_command.py", "offers/catalogue/test_schema.py"],
    "people": ["crm/test_following.py", "crm/test_consent.py", "crm/test_records.py"],
    "funnel": ["funnel/test_counting.py", "funnel/test_report.py", "funnel/test_nobody_is_followed.py"],
    "hosters": ["hosters/test_accounts.py", "hosters/test_cache.py", "hosters/test_mail.py"],
}

_FOLDER = Path(__file__).parent
_FILES = {_FOLDER / name for names in QUICK.values() for name in names}


def is_quick(test: pytest.Item) -> bool:
    """Whether `./test` runs it: without database, or in one of the files above."""
    needs_rows = {"db", "transactional_db"} & set(getattr(test, "fixturenames", ()))
    needs_rows |= {mark.name for mark in test.iter_markers("django_db")}
    return not needs_rows or test.path in _FILES


def split(tests: Iterable[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The quick tests and the others, each in their order."""
    quick: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for test in tests:
        (quick if is_quick(test) else others).append(test)
    return quick, others
