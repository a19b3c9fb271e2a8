"""What an invoice lacks to be Factur-X. Its PDF is then made without data, and staff read why."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from billing.facturx.parties import Party, electronic_address
from billing.invoicing.fees import mixes_scopes


def gaps(*, seller: Party, buyer: Party, vat_rows: Iterable[dict[str, Any]]) -> list[str]:
    """One sentence for each thing missing; nothing when the data can be written."""
    found = []
    if not seller["siren"]:
        found.append(_("le SIREN de l’hébergeur (réglages, identité)"))
    if not electronic_address(buyer):
        found.append(_("le SIREN ou l’adresse e-mail du client"))
    if mixes_scopes(row["category"] for row in vat_rows):
        found.append(
            _("une adhésion hors TVA et des ventes ne tiennent pas sur une même facture électronique")
        )
    return found
