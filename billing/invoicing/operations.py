"""What a document sells before the law: services, goods, or both (INV-15; CGI ann. II, 242 nonies A, I)."""

from collections.abc import Sequence
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from billing.models import InvoiceLine

GOODS = InvoiceLine.Nature.GOODS


class Operation(StrEnum):
    """The first letter of the business process (BT-23, BR-FR-08)."""

    SERVICES = "S"
    GOODS = "B"
    MIXED = "M"


#: As the law names them; printed on the document.
WORDS = {
    Operation.SERVICES: _("Prestation de services"),
    Operation.GOODS: _("Livraison de biens"),
    Operation.MIXED: _("Livraison de biens et prestation de services"),
}


def operation_of(lines: Sequence[InvoiceLine]) -> Operation:
    """What these lines sell; what takes money off says nothing of it."""
    natures = {line.nature == GOODS for line in lines if line.amount > 0}
    if natures == {True, False}:
        return Operation.MIXED
    return Operation.GOODS if natures == {True} else Operation.SERVICES
