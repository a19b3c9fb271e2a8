"""The ledger: what it finds, and what it never accuses."""
