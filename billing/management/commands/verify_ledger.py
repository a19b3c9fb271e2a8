"""manage.py verify_ledger: read the ledger of each hoster again, everything that it covers, and the marks derived."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django_scopes import scope

from billing.ledger.heads import kept_heads
from billing.ledger.verification import Report, verify
from billing.standing import contradicted
from hosters.models import Hoster

#: Numbers of invoices that are told.
SHOWN = 20


class Command(BaseCommand):
    help = "Vérifie le registre : chaque ligne, son sceau, chaque colonne de ce qu’il couvre, et les factures à payer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hoster", metavar="SLUG", help="un seul hébergeur")
        parser.add_argument("--json", action="store_true", help="un rapport pour une machine")
        parser.add_argument("--head", metavar="FICHIER", type=Path, help="une tête gardée ailleurs")

    def handle(self, *args: Any, **options: Any) -> None:
        hosters = Hoster.objects.order_by("pk")
        if options["hoster"]:
            hosters = hosters.filter(slug=options["hoster"])
            if not hosters:
                raise CommandError(f"Aucun hébergeur « {options['hoster']} ».")
        if options["head"] and not options["head"].exists():
            raise CommandError(f"{options['head']} n’existe pas.")
        told = [self._verify(each, options["head"]) for each in hosters]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for report in told:
                self._tell(report)
        if not all(report["sound"] for report in told):
            raise CommandError("Le registre ne correspond pas à ce qui est écrit.")

    def _verify(self, hoster: Hoster, head: Path | None) -> dict[str, Any]:
        start = time.monotonic()
        try:
            anchors = kept_heads(head, hoster) if head else None
        except ValueError as error:
            raise CommandError(str(error)) from error
        with scope(hoster=hoster):
            report = verify(hoster, heads=anchors)
            marks = [invoice.number for invoice in contradicted(hoster)]
        told = _as_data(report) | {"marks": marks, "seconds": round(time.monotonic() - start, 3)}
        return told | {"sound": report.sound and not marks}

    def _tell(self, report: dict[str, Any]) -> None:
        self.stdout.write(
            f"{report['hoster']} : {report['entries']} lignes, {report['pieces']} pièces relues"
            f" en {report['seconds']:.1f} s."
        )
        if report["sound"]:
            self.stdout.write(self.style.SUCCESS(f"  Tout concorde. Tête : {report['head'] or 'aucune'}"))
            return
        if report["marks"]:
            told = ", ".join(report["marks"][:SHOWN])
            self.stdout.write(
                self.style.ERROR(f"  Le reste dû est mal marqué sur {len(report['marks'])} factures : {told}")
            )
        for number, problem in enumerate(report["problems"]):
            first = "  D’abord : " if number == 0 else "  Puis : "
            self.stdout.write(self.style.ERROR(first + problem["words"]))


def _as_data(report: Report) -> dict[str, Any]:
    problems = [
        {
            "fault": problem.fault.name.lower(),
            "label": problem.label,
            "table": problem.table,
            "row": problem.row,
            "position": problem.position,
            "words": str(problem.words),
        }
        for problem in report.problems
    ]
    return {
        "hoster": report.hoster.slug,
        "sound": report.sound,
        "entries": report.entries,
        "pieces": report.pieces,
        "head": report.mac,
        "first": problems[0] if problems else None,
        "problems": problems,
    }
