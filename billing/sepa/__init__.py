"""SEPA direct debits: signed mandates, debits announced, files for the bank, rejections."""
