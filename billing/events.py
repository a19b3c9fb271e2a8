"""What billing adds to the story of an organisation."""

from django.utils.translation import gettext as _

from billing.board.story import OF_QUOTE
from billing.models import Acceptance, Invoice, Payment, Quote, QuoteEvent, SubscriptionEnd, Termination
from crm.models import Organization
from crm.timeline import Event, Events, register_source
from pricing.dates import date_format
from pricing.typography import euros


def register() -> None:
    """Add our sources to the timeline."""
    for source in (quotes, quote_acts, acceptances, invoices, payments, terminations, ends):
        register_source(source)


def quotes(organization: Organization) -> Events:
    rows = Quote.objects.filter(organization=organization).issued()
    rows = rows.only("number", "state", "created_at", "first_year_gross")
    yield (rows,)
    for quote in rows:
        title = _("Devis %(number)s émis") % {"number": quote.number}
        text = _("%(amount)s la première année") % {"amount": euros(quote.first_year_gross)}
        yield Event(when=quote.created_at, title=title, text=text, url=quote.get_absolute_url())


#: What people of the association said, and what was taken back; the rest tells itself.
TOLD = (
    QuoteEvent.Act.CHOOSE_OPTIONS,
    QuoteEvent.Act.ASK_CHANGE,
    QuoteEvent.Act.PUT_IN_REVIEW,
    QuoteEvent.Act.REFUSE,
    QuoteEvent.Act.WITHDRAW,
)


def quote_acts(organization: Organization) -> Events:
    rows = QuoteEvent.objects.filter(quote__organization=organization, act__in=TOLD).exclude(quote__number="")
    rows = rows.select_related("quote").only("at", "act", "reason", "note", *OF_QUOTE)
    yield (rows,)
    for event in rows:
        title = _("Devis %(number)s : %(act)s") % {
            "number": event.quote.number,
            "act": event.get_act_display(),
        }
        text = " – ".join(filter(None, [event.get_reason_display(), event.note]))
        yield Event(when=event.at, title=title, text=text, url=event.quote.get_absolute_url())


def acceptances(organization: Organization) -> Events:
    rows = Acceptance.objects.filter(quote__organization=organization).select_related("quote")
    rows = rows.only("name", "role", "accepted_at", *OF_QUOTE)
    yield (rows,)
    for acceptance in rows:
        title = _("Devis %(number)s accepté") % {"number": acceptance.quote.number}
        text = f"{acceptance.name}, {acceptance.role}"
        url = acceptance.quote.get_absolute_url()
        yield Event(when=acceptance.accepted_at, title=title, text=text, url=url, tone="success")


def invoices(organization: Organization) -> Events:
    rows = Invoice.objects.filter(organization=organization)
    rows = rows.only("number", "kind", "fees", "gross", "reason", "created_at")
    yield (rows,)
    for invoice in rows:
        kind = invoice.kind_label
        title = _("%(kind)s %(number)s") % {"kind": kind[0].upper() + kind[1:], "number": invoice.number}
        text = " – ".join(filter(None, [euros(invoice.signed_gross), invoice.reason]))
        yield Event(when=invoice.created_at, title=title, text=text, url=invoice.get_absolute_url())


def payments(organization: Organization) -> Events:
    rows = Payment.objects.filter(invoice__organization=organization).select_related("invoice")
    rows = rows.only("kind", "amount", "created_at", "invoice__number")
    yield (rows,)
    for payment in rows:
        told = {"kind": payment.get_kind_display(), "number": payment.invoice.number}
        yield Event(
            when=payment.created_at,
            title=_("Paiement %(kind)s pour %(number)s") % told,
            text=euros(payment.amount),
            url=payment.invoice.get_absolute_url(),
            tone="success" if payment.amount > 0 else "warning",
        )


def terminations(organization: Organization) -> Events:
    rows = Termination.objects.filter(subscription__organization=organization)
    yield (rows,)
    for notice in rows:
        title = _("Résiliation reçue pour %(contract)s") % {"contract": notice.contract}
        yield Event(when=notice.received_at, title=title, text=notice.reason, tone="warning")


def ends(organization: Organization) -> Events:
    rows = SubscriptionEnd.objects.filter(subscription__organization=organization)
    rows = rows.select_related("subscription__quote").only(
        "ends_on",
        "reason",
        "decided_at",
        "undone_at",
        "undone_why",
        "applied_at",
        "subscription__quote__number",
    )
    yield (rows,)
    for end in rows:
        told = {
            "contract": end.subscription.quote.number,
            "day": date_format(end.ends_on, "j F Y"),
        }
        title = _("Fin du contrat %(contract)s décidée : le %(day)s") % told
        url = end.subscription.get_absolute_url()
        yield Event(when=end.decided_at, title=title, text=str(end.get_reason_display()), url=url)
        if end.undone_at:
            title = _("Fin du contrat %(contract)s annulée") % told
            yield Event(when=end.undone_at, title=title, text=end.undone_why, url=url, tone="success")
        if end.applied_at:
            title = _("Contrat %(contract)s terminé") % told
            yield Event(when=end.applied_at, title=title, text="", url=url, tone="warning")
