"""The steps of the funnel that documents themselves tell: asked, accepted, paid."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from billing.models import Acceptance, Invoice, Quote
from funnel.report import Step, register_step
from hosters.models import Hoster


def register() -> None:
    """Add our steps to the funnel, after the anonymous ones."""
    register_step(Step("quoted", str(_("devis demandé")), quotes_asked))
    register_step(Step("accepted", str(_("devis accepté")), quotes_accepted))
    register_step(Step("paid", str(_("première facture payée")), first_invoices_paid))


def quotes_asked(hoster: Hoster, since: date, until: date) -> int:
    return Quote.objects.filter(hoster=hoster, issued_on__range=(since, until)).count()


def quotes_accepted(hoster: Hoster, since: date, until: date) -> int:
    """Among the quotes asked in the period: a vote three weeks later still counts for it."""
    return Acceptance.objects.filter(quote__hoster=hoster, quote__issued_on__range=(since, until)).count()


def first_invoices_paid(hoster: Hoster, since: date, until: date) -> int:
    """Among the quotes asked in the period, those whose subscription has a first invoice fully paid."""
    first = Invoice.objects.filter(
        hoster=hoster,
        subscription__quote__issued_on__range=(since, until),
        period_start=F("subscription__started_on"),
    )
    return first.paid_in_full().count()
