import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from statistics import median
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from billing.documents import pdf
from billing.documents.render import make_pdf
from billing.quotes import QuoteRequest, request_quote
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Selection, price

PAGE = "/chez/artifaille/offres/marmule/?users=12&storage_gb=35"
FLOOR = "/chez/artifaille/sante/vivant/"


class Command(BaseCommand):
    help = (
        "Mesure le prix, la page du configurateur et le PDF d’un devis, sur la démonstration. N’écrit rien."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        hoster = Hoster.objects.filter(slug="artifaille").first()
        if hoster is None:
            raise CommandError("Chargez d’abord la démonstration : python manage.py demo")
        with scope(hoster=hoster):
            self._price(hoster)
            self._page()
            self._quote(hoster)

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
