"""What billing shows on the pages of crm: latest documents, unpaid invoices, files that failed."""

from collections.abc import Iterable
from datetime import datetime, time

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Document, Invoice, Quote, Subscription
from crm.models import Organization
from crm.panels import Panel, register_dashboard_panel, register_organization_panel
from crm.workqueue import WorkItem, register_source
from hosters.models import Hoster
from pricing.typography import euros

LATEST = 5


def register() -> None:
    """Add our panels and our things to do."""
    register_dashboard_panel(latest_documents)
    register_organization_panel(documents_of)
    register_source(overdue_invoices)
    register_source(failed_documents)


def latest_documents(hoster: Hoster) -> Panel:
    """The latest quotes and invoices, what waits for a vote and what is left to receive (CARD-012)."""
    quotes, invoices = Quote.objects.filter(hoster=hoster), Invoice.objects.filter(hoster=hoster)
    waiting = quotes.filter(state=Quote.State.SENT, valid_until__gte=timezone.localdate())
    context = {
        "quotes": quotes.latest_first()[:LATEST],
        "invoices": invoices.latest_first().with_paid()[:LATEST],
        "waiting": waiting.count(),
        "unpaid": invoices.unpaid().aggregate(number=Count("pk"), amount=Sum(F("gross") - F("paid"))),
    }
    return Panel("staff/panels/latest_documents.html", context)


def documents_of(organization: Organization) -> Panel:
    context = {
        "quotes": Quote.objects.filter(organization=organization).latest_first(),
        "subscriptions": Subscription.objects.filter(organization=organization).select_related("quote"),
        "invoices": Invoice.objects.filter(organization=organization).latest_first().with_paid(),
    }
    return Panel("staff/panels/documents_of.html", context)


def overdue_invoices(hoster: Hoster) -> Iterable[WorkItem]:
    """Unpaid after their due day."""
    rows = Invoice.objects.filter(hoster=hoster, due_on__lt=timezone.localdate()).unpaid()
    for invoice in rows.select_related("organization"):
        yield WorkItem(
            at=timezone.make_aware(datetime.combine(invoice.due_on, time())),
            label=_("Retard de paiement"),
            title=invoice.organization.name,
            detail=_("Facture %(number)s : il reste %(amount)s à payer.")
            % {"number": invoice.number, "amount": euros(invoice.balance())},
            url=invoice.get_absolute_url(),
            button=_("Ouvrir la facture"),
            tone="warning",
        )


def failed_documents(hoster: Hoster) -> Iterable[WorkItem]:
    """PDFs that could not be made: nothing is lost, a person decides to try again."""
    rows = Document.objects.filter(hoster=hoster, state=Document.State.FAILED).select_related(
        "quote", "invoice"
    )
    for document in rows:
        source = getattr(document, "quote", None) or document.invoice
        yield WorkItem(
            at=document.due_at,
            label=_("PDF en échec"),
            title=document.name,
            detail=document.last_error,
            url=source.get_absolute_url(),
            button=_("Réessayer"),
            act=reverse("staff:retry_document", kwargs={"pk": document.pk}),
            tone="danger",
        )
