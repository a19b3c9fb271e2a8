"""The archive of a year: what was issued and received, its files, the ledger, and the way to verify it all."""
