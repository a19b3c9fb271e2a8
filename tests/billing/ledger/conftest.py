"""A hoster with invoices of two lines, their files and their payments, all in its ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billing.models import Invoice
from offers.models import Offer
from tests.billing.ledger.world import disarm, paid_invoices, rearm


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEYS = tmp_path / "ledger_keys"


@pytest.fixture
def disarmed(db: None) -> Iterator[None]:
    """The database lets anything be written, as for somebody who owns it."""
    disarm()
    yield
    rearm()


@pytest.fixture
def invoices(marmule: Offer) -> list[Invoice]:
    return paid_invoices(marmule, 3)
