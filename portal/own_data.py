"""Everything that an association has here, in an open format (`docs/own-data.md`): flat tables, JSON and CSV.

Its own rows only. Dates are ISO 8601, amounts are EUR with a point and two decimals.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from billing.models import (
    BoardDecision,
    Contract,
    Delivery,
    Invoice,
    InvoiceLine,
    Objective,
    ObjectiveValue,
    Payment,
    Quote,
    QuoteLine,
    SepaMandate,
    Subscription,
    SupportTime,
    Termination,
)
from crm.models import Contact, Organization, Request
from hosters.spreadsheets import csv_bytes

FORMAT, VERSION = "chatiere-espace", 1
Row = dict[str, Any]
LINE = ("position", "label", "rule", "quantity", "unit", "cadence", "category", "rate", "amount")


def own_data(organization: Organization) -> dict[str, Any]:
    """All tables with their format, as plain data."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": timezone.now().isoformat(timespec="seconds"),
        "hoster": organization.hoster.legal_name,
        "tables": tables(organization),
    }


def tables(organization: Organization) -> dict[str, list[Row]]:
    """Each table by its name."""
    theirs = {"organization": organization}
    return {
        "organization": [_organization(organization)],
        "people": _people(organization),
        "requests": _rows(
            Request.objects.filter(**theirs).order_by("pk"),
            "kind subject message phone slot created_at handled_at",
        ),
        **_agreements(organization),
        "subscriptions": [
            {"quote": each.quote.number, "started_on": _plain(each.started_on)}
            | {"ended_on": _plain(each.ended_on), "term_months": each.term_months}
            | {"order_number": each.order_number}
            for each in Subscription.objects.filter(**theirs).select_related("quote").order_by("pk")
        ],
        "support_times": _rows(
            SupportTime.objects.filter(subscription__organization=organization).order_by("spent_on", "pk"),
            "spent_on minutes what cancelled_at",
        ),
        "deliveries": [
            {"quote": each.quote.number}
            | _row(each, "kind what person hours due_on done_on note confirmed_at")
            for each in Delivery.objects.filter(**theirs).select_related("quote").order_by("pk")
        ],
        **_objectives(organization),
        "terminations": _rows(
            Termination.objects.filter(subscription__organization=organization).order_by("pk"),
            "contract email wished_end reason received_at handled_at",
        ),
        "invoices": _rows(
            Invoice.objects.filter(**theirs).order_by("pk"),
            "kind number issued_on due_on period_start period_end subject order_number reason mention net vat gross",
        ),
        "invoice_lines": _lines(InvoiceLine.objects.filter(invoice__organization=organization), "invoice"),
        "mandates": _rows(
            SepaMandate.objects.filter(**theirs).order_by("pk"),
            "rum iban signatory role place signed_on statement revoked_at revoked_reason",
        ),
        "payments": [
            {"invoice": each.invoice.number} | _row(each, "kind amount received_on method reference reason")
            for each in Payment.objects.filter(invoice__organization=organization)
            .select_related("invoice")
            .order_by("pk")
        ],
    }


def _objectives(organization: Organization) -> dict[str, list[Row]]:
    """What it wants to change, and where it was on some days."""
    values = ObjectiveValue.objects.filter(objective__organization=organization).select_related("objective")
    return {
        "objectives": _rows(
            Objective.objects.filter(organization=organization).order_by("pk"), "what start target by"
        ),
        "objective_values": [
            {"objective": each.objective.what} | _row(each, "on value note")
            for each in values.order_by("on", "pk")
        ],
    }


def _agreements(organization: Organization) -> dict[str, list[Row]]:
    """What was proposed, decided and concluded; a draft was never sent to anybody."""
    return {
        "quotes": _rows(
            Quote.objects.filter(organization=organization).issued().order_by("pk"),
            "number state issued_on valid_until term_months period_gross first_year_gross",
        ),
        "quote_lines": _lines(
            QuoteLine.objects.filter(quote__organization=organization).exclude(quote__number=""), "quote"
        ),
        "board_decisions": [
            {"quote": each.quote.number}
            | _row(
                each,
                "body decided_on result conditions present quorum votes_for votes_against votes_abstain "
                "minutes_reference mandated_name mandated_role recorded_by recorded_at",
            )
            for each in BoardDecision.objects.filter(quote__organization=organization)
            .select_related("quote")
            .order_by("pk")
        ],
        "contracts": [
            {"quote": each.quote.number} | _row(each, "number concluded_on")
            for each in Contract.objects.filter(quote__organization=organization)
            .select_related("quote")
            .order_by("pk")
        ],
    }


def csv_files(organization: Organization) -> Iterator[tuple[str, bytes]]:
    """One file for each table; an empty table is left out."""
    for name, rows in tables(organization).items():
        if rows:
            yield f"{name}.csv", csv_bytes(list(rows[0]), [list(row.values()) for row in rows])


def _organization(organization: Organization) -> Row:
    names = "name street postcode town country rna siren segment fiscal_year_start created_at"
    return _row(organization, names)


def _people(organization: Organization) -> list[Row]:
    rows = Contact.objects.filter(organization=organization).order_by("pk")
    return _rows(rows, "name email phone role space_role created_at left_at")


def _rows(rows: Iterable[Any], names: str) -> list[Row]:
    return [_row(each, names) for each in rows]


def _row(each: object, names: str) -> Row:
    return {name: _plain(getattr(each, name)) for name in names.split()}


def _lines(rows: Any, parent: str) -> list[Row]:
    return [
        {parent: getattr(each, parent).number} | {name: _plain(getattr(each, name)) for name in LINE}
        for each in rows.select_related(parent).order_by(f"{parent}_id", "position")
    ]


def _plain(value: Any) -> Any:
    """A value of JSON: a number stays one, the rest is a text."""
    if value is None or isinstance(value, bool | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
