"""The same paid invoices as the ledger's tests."""

from tests.billing.ledger.conftest import _own_keys, disarmed, invoices

__all__ = ["_own_keys", "disarmed", "invoices"]
