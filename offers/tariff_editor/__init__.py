"""The tariff editor: a form that edits the text format of a tariff, field by field.

The draft is the tariff file itself (`docs/pricing.md`) with the figures as they were typed. A field of the form is
named by its path in that file, so that a problem found by the engine names its field, and so that whatever the form
does not show stays as it is.
"""
