"""Reminders of unpaid invoices: a few, in the tone of a neighbour, until the payment or a pause."""
