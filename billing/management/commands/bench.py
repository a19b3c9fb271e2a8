import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from statistics import median
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from billing.crowd.pages import speeds
from billing.documents import pdf
from billing.documents.bench import figures
from billing.documents.render import make_pdf
from billing.facturx.data import missing
from billing.models import Invoice
from billing.quoting.online import QuoteRequest, request_quote
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster, Role, User
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Selection, price

PAGE = "/chez/artifaille/offres/marmule/?users=12&storage_gb=35"
FLOOR = "/chez/artifaille/sante/vivant/"


class Command(BaseCommand):
    help = (
        "Mesure le prix, la page du configurateur, les PDF d’un devis et d’une facture, sur la démonstration. "
        "N’écrit rien."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pages",
            metavar="SLUG",
            help="mesure seulement les pages de l’équipe de cet hébergeur (« foule »)",
        )

        parser.add_argument(
            "--only", default="", metavar="TEXTE", help="les pages dont l’adresse le contient"
        )

    def handle(self, *args: Any, pages: str | None, only: str, **options: Any) -> None:
        if pages:
            self._pages(pages, only)
            return
        hoster = Hoster.objects.filter(slug="artifaille").first()
        if hoster is None:
            raise CommandError("Chargez d’abord la démonstration : python manage.py demo")
        with scope(hoster=hoster):
            self._price(hoster)
            self._page()
            self._quote(hoster)
        self._invoice()

    def _pages(self, slug: str, only: str) -> None:
        hoster = Hoster.objects.filter(slug=slug).first()
        user = User.objects.filter(memberships__hoster=hoster, memberships__role=Role.ADMIN).first()
        if hoster is None or user is None:
            raise CommandError(f"Pas d’équipe chez « {slug} ». Chargez-la : python manage.py demo --volume")
        self.stdout.write("queries database ms   cpu ms   p50 ms   p95 ms (4 at once)   page")
        for each in speeds(hoster, user, only):
            told = (each.database, each.cpu, each.p50, each.p95)
            told_in_columns = f"{told[0]:11.1f}" + "".join(f" {value:8.1f}" for value in told[1:])
            self.stdout.write(f"{each.queries:7d} {told_in_columns}              {each.page}")

    def _price(self, hoster: Hoster) -> None:
        tariff, selection = (
            _marmule().tariff_versions.get().tariff,
            Selection({"users": 12, "storage_gb": 35}),
        )
        each = cpu_ms(lambda: price(tariff, selection, vat=hoster.vat_policy).to_json(), times=2000)
        self.stdout.write(f"price of Marmule with its sentences: {1000 / each:.0f} per second")

    def _page(self) -> None:
        client = Client(headers={"host": "localhost", "user-agent": "robot"})
        floor = cpu_ms(lambda: client.get(FLOOR), times=50)
        for name, headers in (("configurator page", {}), ("configurator fragment", {"HX-Request": "true"})):
            each = cpu_ms(partial(client.get, PAGE, headers=headers), times=50)
            with CaptureQueriesContext(connection) as queries:
                client.get(PAGE, headers=headers)
            self.stdout.write(
                f"{name}: {each:.1f} ms of processor, {each / floor:.1f} x an empty page, {len(queries)} queries"
            )

    def _quote(self, hoster: Hoster) -> None:
        with transaction.atomic():
            created = cpu_ms(lambda: request_quote(hoster=hoster, asked=_asked()), times=20)
            quote = request_quote(hoster=hoster, asked=_asked())
            pdf.warm_up()
            rendered = cpu_ms(lambda: make_pdf(quote.document), times=20)
            transaction.set_rollback(True)
        self.stdout.write(f"quote created: {created:.1f} ms of processor")
        self.stdout.write(
            f"quote PDF: {rendered:.0f} ms of processor, {rendered / created:.1f} x its creation"
        )

    def _invoice(self) -> None:
        """An invoice that holds its data, of any hoster."""
        with scopes_disabled():
            found = next((each for each in Invoice.objects.order_by("pk") if not missing(each)), None)
        if found is None:
            raise CommandError("Aucune facture électronique dans la démonstration.")
        with scope(hoster=found.hoster):
            for line in figures(found, cpu_ms):
                self.stdout.write(line)


def cpu_ms(action: Callable[[], object], *, times: int) -> float:
    """Median processor time of one call, in milliseconds."""
    action()
    spent = []
    for _turn in range(times):
        start = time.process_time()
        action()
        spent.append(time.process_time() - start)
    return 1000 * median(spent)


def _marmule() -> Offer:
    return Offer.objects.for_display().get(slug="marmule")


def _asked() -> QuoteRequest:
    offer = _marmule()
    version = tariff_in_force(offer)
    assert version is not None
    return QuoteRequest(
        offer=offer,
        tariff_version=version,
        selection=Selection({"users": Decimal(12), "storage_gb": Decimal(35)}),
        organization=OrganizationDetails("Les Amis du lavoir", "3 place du Marché", "69003", "Lyon"),
        person=PersonDetails("Dominique Petit", "dominique@lavoir.example", notice="bench"),
        message="",
        source="",
        key=uuid4(),
    )
