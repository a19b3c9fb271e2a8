"""What the linter would say of a file once it is imported: it is written, read, and taken back."""

from django.db import transaction

from hosters.models import Hoster
from offers.catalogue.entries import Catalogue
from offers.catalogue.importing import import_catalogue
from offers.linter import Finding, lint_hoster
from offers.models import Offer
from pricing.engine import Severity


class _TakenBack(Exception):
    """Ends the trial: nothing of it stays."""


def errors_to_come(*, catalogue: Catalogue, hoster: Hoster) -> list[Finding]:
    """The errors of the offers that the file puts on sale; those of the hoster as a whole included."""
    sold = {entry.slug for entry in catalogue.offers if entry.state == Offer.State.PUBLISHED}
    found: list[Finding] = []
    try:
        with transaction.atomic():
            import_catalogue(catalogue=catalogue, hoster=hoster)
            found = [
                each
                for each in lint_hoster(hoster)
                if each.severity is Severity.ERROR and (not each.offer or each.offer in sold)
            ]
            raise _TakenBack
    except _TakenBack:
        return found if sold else []
