"""Factur-X: the invoice as data (EN 16931, syntax CII) inside its own PDF, written from the frozen rows alone."""
