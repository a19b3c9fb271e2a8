import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hosters.models import Hoster
from offers.catalogue import (
    Catalogue,
    CatalogueError,
    catalogue_schema,
    differences,
    import_catalogue,
    read_catalogue,
    stored_catalogue,
    write_catalogue,
)


class Command(BaseCommand):
    help = "Le catalogue d’un hébergeur en un fichier texte (docs/catalogue.md) : export, import, schema."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        export = actions.add_parser("export", help="écrit le catalogue d’un hébergeur")
        export.add_argument("hoster", help="nom court de l’hébergeur")
        export.add_argument("file", nargs="?", help="fichier à écrire ; sans lui, à l’écran")
        reading = actions.add_parser("import", help="lit un catalogue, entier ou pas du tout")
        reading.add_argument("file")
        reading.add_argument(
            "--hoster", help="donner les offres à cet hébergeur, sans toucher à son identité"
        )
        reading.add_argument("--check", action="store_true", help="dire ce qui changerait, sans rien écrire")
        actions.add_parser("schema", help="écrit le JSON Schema du format")

    def handle(self, *args: Any, **options: Any) -> None:
        {"export": self._export, "import": self._import, "schema": self._schema}[options["action"]](options)

    def _export(self, options: dict[str, Any]) -> None:
        text = write_catalogue(stored_catalogue(_hoster(options["hoster"])))
        if not options["file"]:
            self.stdout.write(text, ending="")
            return
        try:
            Path(options["file"]).write_text(text, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"Ce fichier ne peut pas être écrit : {error.strerror}.") from None

    def _import(self, options: dict[str, Any]) -> None:
        owner = _hoster(options["hoster"]) if options["hoster"] else None
        try:
            catalogue = read_catalogue(_bytes(options["file"]))
            if options["check"]:
                self._tell(catalogue, owner)
                return
            hoster = import_catalogue(catalogue=catalogue, hoster=owner)
        except CatalogueError as error:
            raise CommandError("\n".join(["Rien n’a été écrit.", *error.lines()])) from None
        self.stdout.write(f"{hoster.name} : {len(catalogue.offers)} offres lues.")

    def _tell(self, catalogue: Catalogue, owner: Hoster | None) -> None:
        """What would change; a hoster that does not exist yet has nothing."""
        if owner is None and catalogue.hoster:
            owner = Hoster.objects.filter(slug=catalogue.hoster.slug).first()
        before = stored_catalogue(owner) if owner else Catalogue()
        policy = (owner or Hoster()).vat_policy
        for each in differences(before, catalogue, vat=policy):
            self.stdout.write(f"{each.family} {each.name} : {each.effect_label}")
            for detail in each.details:
                self.stdout.write(f"    {detail}")
        self.stdout.write("Le fichier est bon. Rien n’a été écrit.")

    def _schema(self, options: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(catalogue_schema(), ensure_ascii=False, indent=2))


def _hoster(slug: str) -> Hoster:
    hoster = Hoster.objects.filter(slug=slug).first()
    if hoster is None:
        raise CommandError(f"Aucun hébergeur « {slug} ».")
    return hoster


def _bytes(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"Ce fichier ne peut pas être lu : {error.strerror}.") from None
