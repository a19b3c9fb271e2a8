"""Pages of whoever keeps the accounts: turnover, exports, archives, ledger."""
