"""The data of an association that left are erased: by people, on the day, with a certificate that it receives."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.departures.refusal import DepartureRefused
from billing.documents.issue import new_document
from billing.models import Departure
from hosters.models import User
from pricing.dates import date_format


@transaction.atomic
def record_erasure(*, departure: Departure, on: date, what: str, by: User) -> Departure:
    """Everything is erased, backups included: the certificate is made and sent after the transaction (CON-08, CON-13).

    Recording twice changes nothing.

    Raises:
        DepartureRefused: the data must still be within reach, the day is not past, or nothing says what.
    """
    rows = Departure.objects.select_for_update(of=("self",)).select_related("end__subscription__quote")
    locked = rows.get(pk=departure.pk)
    if locked.erased_on:
        return locked
    if locked.end.applied_at is None or on <= locked.retrieval_until:
        told = {"day": date_format(locked.retrieval_until, "j F Y")}
        raise DepartureRefused(
            _("Les données restent à disposition jusqu’au %(day)s : effacez-les après ce jour.") % told
        )
    if on > timezone.localdate():
        raise DepartureRefused(_("Ce jour n’est pas encore passé."))
    if not what.strip():
        raise DepartureRefused(_("Dites ce qui est effacé : le certificat le reprend."))
    number = locked.end.subscription.quote.number
    locked.erased_on, locked.erased_what, locked.erased_by = on, what.strip()[:400], by
    locked.certificate = new_document(hoster=locked.hoster, name=f"certificat-effacement-{number}.pdf")
    locked.save()
    return locked
