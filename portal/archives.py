"""One ZIP for a fiscal year: the PDFs as they were issued, and an index that a treasurer opens in a spreadsheet."""

import logging
from collections.abc import Iterator

from django.utils.translation import gettext as _

from billing.documents import files
from billing.models import Contract, Document, Invoice, Quote
from crm.models import Organization
from hosters.spreadsheets import csv_bytes
from portal.fiscal_years import FiscalYear

logger = logging.getLogger("chatiere.documents")
HEADER = [
    "nature",
    "numero",
    "emise_le",
    "a_payer_avant_le",
    "objet",
    "ht",
    "tva",
    "total",
    "regle",
    "fichier",
]


def documents_of_year(
    organization: Organization, year: FiscalYear
) -> tuple[list[Invoice], list[Quote], list[Contract]]:
    """The invoices issued in a fiscal year, the quotes accepted among those issued in it, the contracts concluded."""
    within = {"issued_on__gte": year.start, "issued_on__lte": year.end}
    invoices = Invoice.objects.filter(organization=organization, **within).latest_first().with_paid()
    accepted = Quote.objects.filter(organization=organization, state=Quote.State.ACCEPTED, **within)
    concluded = Contract.objects.filter(
        quote__organization=organization, concluded_on__gte=year.start, concluded_on__lte=year.end
    ).select_related("quote", "document", "acceptance__proof")
    return list(reversed(invoices)), list(reversed(accepted.latest_first())), list(concluded.order_by("pk"))


def entries(
    invoices: list[Invoice], quotes: list[Quote], contracts: list[Contract]
) -> Iterator[tuple[str, bytes]]:
    """Each file with its name, then the index; a file that is missing is said in the index, never skipped."""
    rows: list[list[object]] = []
    for quote in quotes:
        found, said = _file(quote.document)
        if found:
            yield found
        rows.append(
            [_("devis"), quote.number, quote.issued_on, "", quote.promise["offer"], *_bill(quote), "", said]
        )
    for contract in contracts:
        papers = [(_("contrat"), contract.document), (_("preuve d’acceptation"), contract.acceptance.proof)]
        for nature, document in papers:
            if document is None:
                continue
            found, said = _file(document)
            if found:
                yield found
            offer = contract.quote.promise["offer"]
            rows.append([nature, contract.number, contract.concluded_on, "", offer, "", "", "", "", said])
    for invoice in invoices:
        found, said = _file(invoice.document)
        if found:
            yield found
        paid = "" if invoice.is_credit else invoice.gross - invoice.balance()
        amounts = [invoice.signed_net, invoice.signed_vat, invoice.signed_gross]
        facts = [invoice.issued_on, invoice.due_on, invoice.subject, *amounts]
        rows.append([invoice.kind_label, invoice.number, *facts, paid, said])
    yield "index.csv", csv_bytes(HEADER, rows)


def _bill(quote: Quote) -> list[str]:
    """HT, VAT and total of the first year, as frozen with the quote."""
    year = quote.totals["first_year"]
    return [year["net"], year["vat"], year["gross"]]


def _file(document: Document) -> tuple[tuple[str, bytes] | None, str]:
    if not document.ready:
        return None, _("en préparation")
    try:
        return (document.name, files.read(document)), document.name
    except files.DamagedFile as damaged:
        logger.critical("%s", damaged)
        return None, _("manquant : écrivez-nous")
