"""Mails that a person of the team writes to one person: models to start from, a preview, the refusals of the law."""
