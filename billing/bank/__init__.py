"""Statements of the bank: read, matched with invoices, confirmed by a person. The same line never counts twice."""
