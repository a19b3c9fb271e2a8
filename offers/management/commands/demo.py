import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_scopes import scope

from hosters.demonstration import create_staff, gather_crowd, give_logo, tell_stories
from hosters.models import Hoster
from offers.catalogue import import_catalogue, read_catalogue, shipped
from offers.demonstration import note_study
from offers.generator import generate

#: Its workshop shows a dedicated range made by the generator, still in draft (002-072).
WITH_DRAFTS = "demo"
#: The hosters whose workshop is shown; the others are there for their offers.
STAFFED = {"artifaille", "demo"}
#: `--volume` fills this hoster with copies of what that one has.
CROWDED, COPIED = "foule", "artifaille"


class Command(BaseCommand):
    help = "Charge les données de démonstration et affiche les accès de l’équipe. Deux fois ne change rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--volume",
            nargs="?",
            const="1",
            metavar="PART",
            help="ajoute l’hébergeur « foule », sans fichiers, pour mesurer : 100 000 structures et factures, "
            "300 000 échanges, 20 000 devis, 1 000 000 de comptages, ou cette part (0.01)",
        )

    def handle(self, *args: Any, volume: str | None, **options: Any) -> None:
        scale = None if volume is None else _scale(volume)
        for path in shipped():
            # What was changed since in the workshop stays: the file only fills an install that lacks its hoster.
            hoster = Hoster.objects.filter(slug=path.stem).first() or _loaded(path)
            give_logo(hoster, path.parent / "logos" / f"{hoster.slug}.png")
            if hoster.slug not in STAFFED:
                continue
            note_study(hoster=hoster)
            for user, password in create_staff(hoster):
                self.stdout.write(f"{hoster.name} : {user.email} / {password}")
            tell_stories(hoster)
        if scale is not None:
            self._gather(scale)

    def _gather(self, scale: Decimal) -> None:
        crowded = _crowded()
        (user, password), *_others = create_staff(crowded)
        self.stdout.write(f"{crowded.name} : {user.email} / {password}")
        gather_crowd(crowded, like=Hoster.objects.get(slug=COPIED), by=user, scale=scale)


def _scale(typed: str) -> Decimal:
    try:
        scale = Decimal(typed)
    except InvalidOperation:
        scale = Decimal(0)
    if not 0 < scale <= 10:
        raise CommandError(f"--volume {typed} : un nombre entre 0 et 10, tel que 0.01.")
    return scale


def _crowded() -> Hoster:
    """The hoster that is filled: the catalogue of another under its own name."""
    (path,) = (each for each in shipped() if each.stem == COPIED)
    typed = json.loads(path.read_bytes())
    typed["hoster"] |= {"slug": CROWDED, "name": CROWDED.capitalize()}
    found = Hoster.objects.filter(slug=CROWDED).first()
    return found or import_catalogue(catalogue=read_catalogue(json.dumps(typed).encode()))


def _loaded(path: Path) -> Hoster:
    hoster = import_catalogue(catalogue=read_catalogue(path.read_bytes()))
    if hoster.slug == WITH_DRAFTS:
        with scope(hoster=hoster):
            generate(hoster=hoster, slugs=["asso-niveaux"], model=None, key=uuid4(), by=None)
    return hoster
