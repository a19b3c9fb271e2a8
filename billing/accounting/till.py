"""Whether the law on tills concerns a hoster: money received from people, in a way that no bank sees (ISC-01, ISC-02).

Sales to legal persons are always invoiced, and so are outside that law; a seller without VAT is too.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Payment
from crm.models import LegalForm
from hosters.models import Hoster

#: What a credit institution always sees; of a card, only its provider says whether it is one.
THROUGH_A_BANK = (Payment.Method.TRANSFER, Payment.Method.DEBIT, Payment.Method.CHEQUE)
SOURCE = _("CGI, articles 286, I, 3° bis et 286, II")


@dataclass(frozen=True)
class Till:
    """Payments of people since a day, and how many of them no bank saw for sure."""

    payments: int
    outside_banks: int
    source: Promise = SOURCE


def till_of(hoster: Hoster, *, since: date) -> Till | None:
    """None when nothing concerns this hoster: no VAT charged, or nothing received from people."""
    if not hoster.charges_vat:
        return None
    received = Payment.objects.filter(invoice__hoster=hoster, received_on__gte=since)
    from_people = received.filter(
        kind=Payment.Kind.RECEIVED, invoice__organization__legal_form=LegalForm.PERSON
    )
    outside = Count("pk", filter=~Q(method__in=THROUGH_A_BANK))
    counted = from_people.aggregate(payments=Count("pk"), outside_banks=outside)
    return Till(**counted) if counted["payments"] else None
