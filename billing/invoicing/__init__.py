"""Numbered documents: invoices, deposit invoices, credit notes, corrective invoices; issued once, never changed."""
