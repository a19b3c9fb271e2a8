import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from hosters.models import Hoster, Role
from hosters.staff import add_staff


class Command(BaseCommand):
    help = (
        "Ouvre un accès à une personne de l’équipe. Le mot de passe est demandé, ou lu sur l’entrée standard."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("hoster", help="le nom court de l’hébergeur")
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMIN.value)

    def handle(self, *args: Any, **options: Any) -> None:
        hoster = Hoster.objects.filter(slug=options["hoster"]).first()
        if hoster is None:
            raise CommandError(f"Aucun hébergeur « {options['hoster']} ». Importez d’abord son catalogue.")
        password = getpass("Mot de passe : ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        try:
            validate_password(password)
        except ValidationError as weak:
            raise CommandError("\n".join(weak.messages)) from None
        user = add_staff(
            hoster=hoster,
            email=options["email"],
            password=password,
            role=Role(options["role"]),
            name=options["name"],
        )
        self.stdout.write(f"{user.email} a maintenant accès à {hoster}.")
