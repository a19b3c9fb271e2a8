"""What the reform asks of the team today: a platform to choose, invoices to deposit or to make again, a report."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.accounting.batches import invoices_left, payments_left
from billing.accounting.receipts import TOLD
from billing.accounting.reporting import E_REPORTING, REPORTED
from billing.invoicing.routes import Route
from billing.models import Invoice, InvoiceKind, InvoiceStatus, Standing
from billing.reform.calendar import RECEIVE_SINCE, is_concerned, issue_since, last_period
from billing.reform.statuses import THROUGH_PLATFORM
from crm.workqueue import WorkItem, WorkItems, oldest, register_source
from hosters.models import Hoster, Role
from pricing.dates import date_format


def register() -> None:
    """Add our things to do."""
    for source in (platform_to_choose, invoices_to_deposit, invoices_sent_back, report_to_send):
        register_source(source)


def platform_to_choose(hoster: Hoster) -> WorkItems:
    """Whoever is taxable must be able to receive (EIN-01, EIN-14)."""
    yield ()
    today = timezone.localdate()
    if hoster.platform_name or hoster.is_example or today < RECEIVE_SINCE or not is_concerned(hoster):
        return
    yield WorkItem(
        at=_at(today),
        label=_("Facture électronique"),
        title=_("Choisir une plateforme agréée"),
        detail=_("Vos fournisseurs vous envoient des factures électroniques depuis le 1er septembre 2026."),
        url=reverse("staff:reform"),
        button=_("Voir ce qui est demandé"),
        tone="warning",
        roles=(Role.ACCOUNTANT,),
    )


def invoices_to_deposit(hoster: Hoster) -> WorkItems:
    """What nobody said was deposited: on Chorus Pro since ever, on a platform from the day of the law (EIN-02)."""
    since = issue_since(hoster)
    routes = [Route.B2G.value]
    if since and timezone.localdate() >= since:
        routes.append(Route.B2B.value)
    rows = Invoice.objects.filter(hoster=hoster, standing=Standing.OWED, route__in=routes)
    rows = rows.exclude(kind=InvoiceKind.CREDIT_NOTE).filter(statuses=None)
    waiting = oldest(rows.select_related("organization"), "issued_on")
    yield (waiting,)
    for invoice in waiting:
        told = {"number": invoice.number, "place": Route(invoice.route).label}
        yield WorkItem(
            at=_at(invoice.issued_on),
            label=_("Facture à déposer"),
            title=invoice.organization.name,
            detail=_("Facture %(number)s : %(place)s. Déposez-la, puis notez-le sur sa page.") % told,
            url=invoice.get_absolute_url(),
            button=_("Ouvrir la facture"),
            tone="warning",
            roles=(Role.ACCOUNTANT,),
        )


def invoices_sent_back(hoster: Hoster) -> WorkItems:
    """Refused or rejected, and nothing was made of it: a credit note, then another number (NUM-03)."""
    ended = InvoiceStatus.objects.filter(invoice=OuterRef("pk"), code__in=InvoiceStatus.ENDED)
    mended = Invoice.objects.filter(corrects=OuterRef("pk"))
    rows = Invoice.objects.filter(hoster=hoster, standing=Standing.OWED, route__in=THROUGH_PLATFORM)
    rows = rows.filter(Exists(ended), ~Exists(mended)).select_related("organization")
    waiting = oldest(rows, "issued_on")
    yield (waiting,)
    for invoice in waiting:
        yield WorkItem(
            at=_at(invoice.issued_on),
            label=_("Facture refusée"),
            title=invoice.organization.name,
            detail=_("%(number)s ne repart jamais sous le même numéro : créditez-la, puis refaites-la.")
            % {"number": invoice.number},
            url=invoice.get_absolute_url(),
            button=_("Ouvrir la facture"),
            tone="danger",
            roles=(Role.ACCOUNTANT,),
        )


def report_to_send(hoster: Hoster) -> WorkItems:
    """The last period of e-reporting, when something of it is in no lot yet (EIN-07); nothing when nothing was sold."""
    yield ()
    since, today = issue_since(hoster), timezone.localdate()
    if since is None or today < since + timedelta(days=1):
        return
    period = last_period(hoster, today)
    sold = invoices_left(hoster, E_REPORTING, period.end).filter(route__in=REPORTED)
    paid = payments_left(hoster, E_REPORTING, period.end).filter(invoice__route__in=TOLD)
    if period.end < since or not (sold.exists() or paid.exists()):
        return
    told = {"end": date_format(period.end), "day": date_format(period.send_by, "j F Y")}
    yield WorkItem(
        at=_at(period.end),
        label=_("E-reporting"),
        title=_("Ventes jusqu’au %(end)s") % told,
        detail=_("À transmettre par votre plateforme avant le %(day)s.") % told,
        url=reverse("staff:accounts") + "#e-reporting",
        button=_("Faire le lot"),
        tone="danger" if today > period.send_by else "warning",
        roles=(Role.ACCOUNTANT,),
    )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
