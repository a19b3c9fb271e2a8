"""`manage.py migrate`, which also guards what was issued: the triggers follow the tables as they become."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from billing.immutability.guards import thawed


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, with the guards away meanwhile and written anew afterwards; a mere look leaves them alone."""
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
            return
        with thawed():
            super().handle(*args, **options)
