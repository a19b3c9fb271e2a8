"""Exports, turnover: from documents to what an accountant reads."""
