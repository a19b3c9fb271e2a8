"""Where an invoice stands: something left to pay, nothing, or too much received. A mark beside the frozen columns, so
that the few that are owed are found without working out what is left of all of them.

It is derived: `note_standing` writes it in the transaction of each payment and each document, and nothing else does.
Amounts are always worked out from payments; `contradicted` tells the marks that lie (`manage.py verify_ledger`).
"""

from collections.abc import Iterable

from django.db.models import Case, F, Value, When

from billing.models import Invoice, Standing
from billing.models.invoice import InvoiceQuerySet
from hosters.models import Hoster


def note_standing(keys: Iterable[int]) -> None:
    """Mark invoices as their payments and credit notes say; they are locked, or new, in this transaction."""
    for row in _contradicted(Invoice.objects.filter(pk__in=list(keys))):
        Invoice.objects.filter(pk=row.pk).update(standing=row.said)  # type: ignore[attr-defined]  # an annotation


def contradicted(hoster: Hoster) -> InvoiceQuerySet:
    """The invoices of a hoster whose mark is not what their payments say (`said`): there should be none."""
    return _contradicted(Invoice.objects.filter(hoster=hoster))


def _contradicted(rows: InvoiceQuerySet) -> InvoiceQuerySet:
    said = Case(
        When(left__gt=0, then=Value(Standing.OWED)),
        When(left__lt=0, then=Value(Standing.EXCESS)),
        default=Value(Standing.SETTLED),
    )
    return rows.with_paid().annotate(said=said).exclude(standing=F("said")).order_by("pk")
