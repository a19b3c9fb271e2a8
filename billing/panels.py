"""What billing shows on the pages of crm: latest documents, unpaid invoices, files that failed."""

from datetime import datetime, time

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.delivery.waiting import components_oversold, deliveries_to_do
from billing.models import Delivery, Document, Invoice, Objective, Quote, Subscription, Trial
from crm.models import Contact, Organization, Request
from crm.panels import Panel, register_dashboard_panel, register_organization_panel
from crm.workqueue import WorkItem, WorkItems, oldest, register_source
from hosters.legal_identity import identity_gaps
from hosters.models import Hoster, Role
from hosters.terms import missing_terms, terms_kinds
from hosters.together import tally
from offers.models import Offer
from pricing.dates import date_format
from pricing.typography import euros

LATEST = 5


def register() -> None:
    """Add our panels and our things to do."""
    register_dashboard_panel(latest_documents)
    register_organization_panel(documents_of)
    register_source(overdue_invoices)
    register_source(failed_documents)
    register_source(identity_to_complete)
    register_source(first_offer)
    register_source(terms_to_publish)
    register_source(offers_to_review)
    register_source(deliveries_to_do)
    register_source(components_oversold)


def latest_documents(hoster: Hoster) -> Panel:
    """The latest quotes and invoices, what waits for a vote and what is left to receive (CARD-012)."""
    quotes, invoices = Quote.objects.filter(hoster=hoster), Invoice.objects.filter(hoster=hoster)
    waiting = quotes.undecided()
    context = {
        "quotes": quotes.issued().for_rows()[:LATEST],
        "invoices": invoices.with_paid().for_rows()[:LATEST],
        "waiting": tally(waiting),
        "unpaid": tally(invoices.unpaid(), amount=Sum("left")),
    }
    return Panel("staff/panels/latest_documents.html", context)


def documents_of(organization: Organization) -> Panel:
    """Its requests that wait for a price, what is to be done for it, what it wants to reach, its quotes, subscriptions
    and invoices."""
    context = {
        "requests": Request.objects.filter(organization=organization).waiting(),
        "quotes": Quote.objects.filter(organization=organization).for_rows(),
        "subscriptions": Subscription.objects.filter(organization=organization).select_related("quote"),
        "invoices": Invoice.objects.filter(organization=organization).with_paid().for_rows(),
        "contacts": Contact.objects.current().filter(organization=organization).order_by("pk")[:1],
        "trials": Trial.objects.filter(organization=organization).select_related("offer").order_by("-pk"),
        "organization": organization.pk,
        "deliveries": Delivery.objects.filter(organization=organization).to_do().order_by("due_on", "pk"),
        "objectives": Objective.objects.filter(organization=organization).order_by("pk"),
    }
    return Panel("staff/panels/documents_of.html", context)


def overdue_invoices(hoster: Hoster) -> WorkItems:
    """Unpaid after their due day."""
    rows = Invoice.objects.filter(hoster=hoster, due_on__lt=timezone.localdate()).unpaid()
    named = rows.select_related("organization").only("number", "due_on", "organization__name")
    waiting = oldest(named, "due_on")
    yield (waiting,)
    for invoice in waiting:
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


def failed_documents(hoster: Hoster) -> WorkItems:
    """PDFs that could not be made: nothing is lost, a person decides to try again."""
    waiting = oldest(Document.objects.filter(hoster=hoster, state=Document.State.FAILED), "due_at")
    yield (waiting,)
    for document in waiting:
        yield WorkItem(
            at=document.due_at,
            label=_("PDF en échec"),
            title=document.name,
            detail=document.last_error,
            url=reverse("staff:document", kwargs={"pk": document.pk}),
            button=_("Réessayer"),
            act=reverse("staff:retry_document", kwargs={"pk": document.pk}),
            tone="danger",
        )


def identity_to_complete(hoster: Hoster) -> WorkItems:
    """The legal pages are public: what they cannot say is the first thing to mend (LEG-01)."""
    yield ()
    missing = [] if hoster.is_example else list(identity_gaps(hoster))
    if missing:
        yield WorkItem(
            at=timezone.now(),
            label=_("Vitrine"),
            title=_("Pages légales incomplètes"),
            detail=_("Il manque : %(missing)s. À compléter dans les réglages.")
            % {"missing": ", ".join(gap.label for gap in missing)},
            url=reverse("storefront:legal"),
            button=_("Compléter"),
            mend=missing[0].url,
            tone="danger",
            roles=(Role.ADMIN,),
        )


def first_offer(hoster: Hoster) -> WorkItems:
    """Nothing is sold yet: where one begins."""
    sold = Offer.objects.filter(hoster=hoster).exclude(state=Offer.State.DRAFT).values("pk")[:1]
    yield (sold,)
    if not sold:
        yield WorkItem(
            at=timezone.now(),
            label=_("Atelier"),
            title=_("Votre première offre"),
            detail=_(
                "Rien n’est encore en vente. L’atelier part d’une bibliothèque de composants prêts à l’emploi."
            ),
            url=reverse("staff:offers"),
            button=_("Ouvrir l’atelier"),
            tone="info",
            roles=(Role.ADMIN,),
        )


def terms_to_publish(hoster: Hoster) -> WorkItems:
    """A quote without its terms still leaves, but the law wants them with it (LEG-02, CON-12)."""
    published = terms_kinds(hoster)
    yield (published,)
    missing = [] if hoster.is_example else missing_terms(published)
    if missing:
        yield WorkItem(
            at=timezone.now(),
            label=_("Conditions"),
            title=_("Textes à publier"),
            detail=_("Vos devis partent sans ces textes : %(missing)s. Un texte de départ vous attend.")
            % {"missing": ", ".join(missing)},
            url=reverse("staff:terms"),
            button=_("Préparer les textes"),
            tone="warning",
            roles=(Role.ADMIN,),
        )


def offers_to_review(hoster: Hoster) -> WorkItems:
    """An offer whose review date has come: clients, tools and prices have moved (002-067)."""
    due = Offer.objects.filter(
        hoster=hoster, state=Offer.State.PUBLISHED, review_on__lte=timezone.localdate()
    )
    waiting = oldest(due.only("name", "slug", "review_on"), "review_on")
    yield (waiting,)
    for offer in waiting:
        assert offer.review_on is not None  # the filter asked for it
        yield WorkItem(
            at=timezone.make_aware(datetime.combine(offer.review_on, time())),
            label=_("Offre à revoir"),
            title=offer.name,
            detail=_("La relecture était prévue le %(day)s.")
            % {"day": date_format(offer.review_on, "j F Y")},
            url=reverse("staff:offer_review", kwargs={"slug": offer.slug}),
            button=_("Relire l’offre"),
            tone="info",
        )
