"""Filters of the storefront."""
