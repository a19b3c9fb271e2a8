"""Announcing a debit before it happens: its amount, its day, the mandate (SEP-02, fourteen days unless agreed)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from billing.invoicing.fees import companion_of
from billing.invoicing.telling import was_told
from billing.models import DebitOrder, Invoice, SepaMandate
from billing.people import reader_of_invoices
from billing.sepa.mandates import MandateRefused, mandate_of
from hosters.mail import queue_mail
from hosters.models import Hoster, Mail

SATURDAY = 5  # date.weekday()
State = DebitOrder.State
MAIL = "debit_announced"
#: What stopped because of the debit itself, or because somebody said so: trying again is a person's decision. A debit
#: that stopped with its mandate is announced again by itself, with the next mandate.
STOPPED = Q(state=State.REJECTED) | Q(state=State.CANCELLED, mandate__revoked_at=None)


@transaction.atomic
def announce_debit(*, invoice: Invoice) -> DebitOrder | None:
    """Plan the debit of an unpaid invoice whose association signed a mandate; once, whatever runs at the same time.

    The invoice itself says it when it is not written yet; else a mail does, and the membership fees due with it are
    announced by the same one. None when nothing is to be debited.
    """
    if not invoice.hoster.sepa_ics:
        return None
    other = companion_of(invoice)
    keys = [each.pk for each in (invoice, other) if each]
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("organization", "hoster")
    held = {each.pk: each for each in rows.filter(pk__in=keys).order_by("pk")}
    order = _plan(held[invoice.pk])
    if order is not None and was_told(invoice):
        if other and not _decided().filter(invoice=other).exists():
            _plan(held[other.pk])
        contact = reader_of_invoices(invoice.contact)
        queue_mail(hoster=invoice.hoster, kind=MAIL, to=contact.email, reference=order.pk)
    return order


def announced_together(order: DebitOrder) -> list[DebitOrder]:
    """The debits still to come that the mail of this one tells: its own, then that of the other half of the same day
    when no mail of its own does."""
    found = [order]
    if other := companion_of(order.invoice):
        same = DebitOrder.objects.filter(
            invoice=other,
            mandate=order.mandate_id,
            announced_on=order.announced_on,
            collect_on=order.collect_on,
        )
        found += same.select_related("invoice", "mandate").order_by("-pk")[:1]
    told = Mail.objects.filter(hoster=order.hoster_id, kind=MAIL)
    alone = [each for each in found[1:] if not told.filter(reference=str(each.pk)).exists()]
    return [each for each in [order, *alone] if each.state == State.ANNOUNCED]


def _plan(invoice: Invoice) -> DebitOrder | None:
    """The new debit of a locked invoice; None when there is one already, no mandate, or nothing to pay."""
    if DebitOrder.objects.filter(invoice=invoice, state__in=DebitOrder.LIVE).exists():
        return None
    mandate = mandate_of(invoice.organization)
    if mandate is None or invoice.is_credit or invoice.balance() <= 0:
        return None
    today = timezone.localdate()
    rank = DebitOrder.objects.filter(invoice=invoice).count() + 1
    return DebitOrder.objects.create(
        hoster=invoice.hoster,
        invoice=invoice,
        mandate=mandate,
        amount=invoice.balance(),
        announced_on=today,
        collect_on=bank_day(max(invoice.due_on, today + timedelta(days=invoice.hoster.debit_notice_days))),
        end_to_end=f"{invoice.number}-{rank}",
    )


def run_announcements() -> int:
    """Announce every debit that may be (the hourly task). Running it again announces nothing again."""
    announced = 0
    for hoster in Hoster.objects.exclude(sepa_ics="").order_by("pk"):
        with scope(hoster=hoster):
            announced += sum(announce_debit(invoice=each) is not None for each in _to_announce(hoster))
    return announced


def _to_announce(hoster: Hoster) -> list[Invoice]:
    """Unpaid invoices of associations with a usable mandate, without a debit nor a decision to take about one."""
    usable = SepaMandate.objects.filter(hoster=hoster).usable(timezone.localdate())
    rows = Invoice.objects.filter(hoster=hoster, organization__in=usable.values("organization")).unpaid()
    return list(rows.filter(~Exists(_decided().filter(invoice=OuterRef("pk")))))


def _decided() -> "QuerySet[DebitOrder]":
    """Debits after which nothing is announced by itself."""
    return DebitOrder.objects.filter(STOPPED | Q(state__in=DebitOrder.LIVE))


def stopped_debits(hoster: Hoster) -> "QuerySet[DebitOrder]":
    """The last debit of each invoice that is still to pay, rejected or given up: somebody decides what comes next."""
    rows = DebitOrder.objects.filter(
        STOPPED, hoster=hoster, invoice__in=Invoice.objects.filter(hoster=hoster).unpaid().values("pk")
    )
    later = DebitOrder.objects.filter(invoice=OuterRef("invoice"), pk__gt=OuterRef("pk"))
    return (
        rows.filter(~Exists(later))
        .select_related("invoice__organization", "mandate")
        .order_by("-collect_on", "-pk")
    )


@transaction.atomic
def announce_again(*, order: DebitOrder) -> DebitOrder:
    """Try again a debit that stopped: a new one is announced, with the whole notice (SEP-02). Twice is harmless.

    Raises:
        MandateRefused: nothing is due any more, or no mandate can be used.
    """
    held = Invoice.objects.select_for_update(of=("self",)).get(pk=order.invoice_id)
    if coming := DebitOrder.objects.filter(invoice=held, state__in=DebitOrder.UNDER_WAY).first():
        return coming
    if again := announce_debit(invoice=held):
        return again
    if held.balance() <= 0:
        raise MandateRefused(_("Cette facture n’est plus à payer."))
    raise MandateRefused(
        _("L’association n’a pas de mandat utilisable : faites-en signer un, ou demandez un virement.")
    )


def announced_debit(invoice: Invoice) -> DebitOrder | None:
    """The debit to come of an invoice; None for a draft, and when it is to be paid otherwise."""
    if invoice.pk is None:
        return None
    coming = DebitOrder.objects.filter(invoice=invoice, state=State.ANNOUNCED)
    return coming.select_related("mandate").first()


def bank_day(day: date) -> date:
    """That day, or the Monday after a weekend: banks move no money then."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= SATURDAY else day
