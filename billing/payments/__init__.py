"""Money on invoices: received, sent back, rejected, moved. Rows are added, never edited."""
