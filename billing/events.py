"""What billing adds to the story of an organisation."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from billing.models import Acceptance, Invoice, Payment, Quote, Termination
from crm.models import Organization
from crm.timeline import Event, register_source
from pricing.typography import euros


def register() -> None:
    """Add our sources to the timeline."""
    for source in (quotes, acceptances, invoices, payments, terminations):
        register_source(source)


def quotes(organization: Organization) -> Iterable[Event]:
    for quote in Quote.objects.filter(organization=organization):
        title = _("Devis %(number)s émis") % {"number": quote.number}
        text = _("%(amount)s la première année") % {"amount": euros(quote.first_year_gross)}
        yield Event(when=quote.created_at, title=title, text=text, url=quote.get_absolute_url())


def acceptances(organization: Organization) -> Iterable[Event]:
    for acceptance in Acceptance.objects.filter(quote__organization=organization).select_related("quote"):
        title = _("Devis %(number)s accepté") % {"number": acceptance.quote.number}
        text = f"{acceptance.name}, {acceptance.role}"
        url = acceptance.quote.get_absolute_url()
        yield Event(when=acceptance.accepted_at, title=title, text=text, url=url, tone="success")


def invoices(organization: Organization) -> Iterable[Event]:
    for invoice in Invoice.objects.filter(organization=organization):
        title = _("Facture %(number)s émise") % {"number": invoice.number}
        url = invoice.get_absolute_url()
        yield Event(when=invoice.created_at, title=title, text=euros(invoice.gross), url=url)


def payments(organization: Organization) -> Iterable[Event]:
    for payment in Payment.objects.filter(invoice__organization=organization).select_related("invoice"):
        title = _("Paiement reçu pour %(number)s") % {"number": payment.invoice.number}
        url = payment.invoice.get_absolute_url()
        yield Event(when=payment.created_at, title=title, text=euros(payment.amount), url=url, tone="success")


def terminations(organization: Organization) -> Iterable[Event]:
    for notice in Termination.objects.filter(subscription__organization=organization):
        title = _("Résiliation reçue pour %(contract)s") % {"contract": notice.contract}
        yield Event(when=notice.received_at, title=title, text=notice.reason, tone="warning")
