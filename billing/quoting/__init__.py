"""Quotes: asked online or drafted by staff, priced, issued, changed, decided on."""
