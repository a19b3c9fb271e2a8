"""`manage.py create_hoster`: five questions, then a hoster and the access of the person who will run it."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify

from hosters.links import site_of
from hosters.opening import open_hoster

QUESTIONS = {
    "name": "Comment s’appelle votre hébergeur ? ",
    "slug": "Son nom court dans les adresses ({proposed}) ? ",
    "email": "L’adresse e-mail à laquelle les associations lui écrivent ? ",
    "manager": "Votre adresse e-mail, pour vous connecter ({proposed}) ? ",
}


class Command(BaseCommand):
    help = "Ouvre un hébergeur et l’accès de la personne qui l’administre. Sans option, pose cinq questions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="son nom")
        parser.add_argument("--slug", default="", help="son nom court dans les adresses")
        parser.add_argument("--email", default="", help="son adresse publique")
        parser.add_argument("--manager", default="", help="l’adresse de la personne qui l’administre")

    def handle(self, *args: Any, **options: Any) -> None:
        told = {key: options[key] for key in QUESTIONS}
        told["name"] = told["name"] or self.ask("name")
        told["slug"] = told["slug"] or self.ask("slug", proposed=slugify(told["name"])[:40])
        told["email"] = told["email"] or self.ask("email")
        told["manager"] = told["manager"] or self.ask("manager", proposed=told["email"])
        try:
            hoster = open_hoster(**told, password=self.password())
        except ValidationError as wrong:
            problems = [f"{key} : {' '.join(each)}" for key, each in wrong.message_dict.items()]
            raise CommandError("\n".join(["Rien n’a été créé.", *problems])) from None
        self.stdout.write(f"{hoster.name} est ouvert. Connectez-vous, puis complétez les réglages :")
        self.stdout.write(f"{site_of(hoster)}/gestion/reglages/")

    def ask(self, name: str, proposed: str = "") -> str:
        """An answer typed on the terminal; nothing typed means what is proposed."""
        if not sys.stdin.isatty():
            if proposed:
                return proposed
            raise CommandError(f"Sans terminal, donnez --{name}.")
        return input(QUESTIONS[name].format(proposed=proposed)).strip() or proposed

    def password(self) -> str:
        """Typed twice without being shown, or read from standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().strip()
        first = getpass("Votre mot de passe (douze caractères au moins) : ")
        if first != getpass("Encore une fois : "):
            raise CommandError("Les deux mots de passe diffèrent. Rien n’a été créé.")
        return first
