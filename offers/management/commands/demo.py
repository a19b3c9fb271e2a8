from typing import Any

from django.core.management.base import BaseCommand

from hosters.demonstration import create_staff, give_logo
from hosters.models import Hoster
from offers.catalogue import import_catalogue, read_catalogue, shipped

#: The hosters whose workshop is shown; the others are there for their offers.
STAFFED = {"artifaille", "demo"}


class Command(BaseCommand):
    help = "Charge les données de démonstration et affiche les accès de l’équipe. Deux fois ne change rien."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in shipped():
            # What was changed since in the workshop stays: the file only fills an install that lacks its hoster.
            hoster = Hoster.objects.filter(slug=path.stem).first() or import_catalogue(
                catalogue=read_catalogue(path.read_bytes())
            )
            give_logo(hoster, path.parent / "logos" / f"{hoster.slug}.png")
            if hoster.slug not in STAFFED:
                continue
            for user, password in create_staff(hoster):
                self.stdout.write(f"{hoster.name} : {user.email} / {password}")
