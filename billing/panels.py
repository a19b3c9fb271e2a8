"""What billing shows on the pages of crm: latest documents, unpaid invoices, files that failed."""

from collections.abc import Iterable
from datetime import datetime, time
from urllib.parse import urlencode

from django.db.models import Count, F, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from billing.models import Document, Invoice, Quote, Subscription, Termination
from billing.terminations import effective_on
from crm.models import Organization
from crm.panels import Panel, register_dashboard_panel, register_organization_panel
from crm.workqueue import WorkItem, register_source
from hosters.legal_identity import missing_identity
from hosters.models import Hoster, Role
from pricing.typography import euros

LATEST = 5


def register() -> None:
    """Add our panels and our things to do."""
    register_dashboard_panel(latest_documents)
    register_organization_panel(documents_of)
    register_source(overdue_invoices)
    register_source(failed_documents)
    register_source(terminations_to_confirm)
    register_source(identity_to_complete)


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


def terminations_to_confirm(hoster: Hoster) -> Iterable[WorkItem]:
    """People who leave expect a date by return (CON-04)."""
    rows = Termination.objects.filter(hoster=hoster).waiting()
    for notice in rows.select_related("subscription__organization", "subscription__quote"):
        end = effective_on(notice)
        told = {"contract": notice.contract, "email": notice.email}
        detail = _("Contrat %(contract)s, demandé par %(email)s.") % told
        if end:
            detail += " " + _("Fin prévue le %(day)s.") % {"day": date_format(end, "j F Y")}
        else:
            detail += " " + _("Contrat non reconnu : à vérifier.")
        yield WorkItem(
            at=notice.received_at,
            label=_("Résiliation"),
            title=notice.organization,
            detail=" – ".join(filter(None, [detail, notice.reason])),
            url=_organization_or_search(notice),
            button=_("C’est confirmé"),
            act=reverse("staff:close_termination", kwargs={"pk": notice.pk}),
            tone="warning",
            roles=(Role.SALES, Role.ACCOUNTANT),
        )


def _organization_or_search(notice: Termination) -> str:
    if notice.subscription:
        return notice.subscription.organization.get_absolute_url()
    return f"{reverse('staff:organizations')}?{urlencode({'q': notice.email})}"


def identity_to_complete(hoster: Hoster) -> Iterable[WorkItem]:
    """The legal pages are public: what they cannot say is the first thing to mend (LEG-01)."""
    missing = [] if hoster.is_example else missing_identity(hoster)
    if missing:
        yield WorkItem(
            at=timezone.now(),
            label=_("Vitrine"),
            title=_("Pages légales incomplètes"),
            detail=_("Il manque : %(missing)s. À ajouter dans le fichier du catalogue.")
            % {"missing": ", ".join(missing)},
            url=reverse("storefront:legal"),
            button=_("Voir la page"),
            tone="danger",
        )
