"""The ledger: an append-only chain over every column of what was issued and received (ISC-03; docs/registre.md)."""
