"""CAMT.053, the statement of ISO 20022, in any of its versions: what every French bank can give."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from billing.bank.lines import BankLine, UnreadableStatement

#: A single line of a batch says its own amount in one of these places.
AMOUNTS = ("./{*}Amt", "./{*}AmtDtls/{*}TxAmt/{*}Amt")
PARTY = {
    True: ("./{*}RltdPties/{*}Dbtr/{*}Nm", "./{*}RltdPties/{*}Dbtr/{*}Pty/{*}Nm"),
    False: ("./{*}RltdPties/{*}Cdtr/{*}Nm", "./{*}RltdPties/{*}Cdtr/{*}Pty/{*}Nm"),
}


def looks_like_xml(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_camt(content: bytes) -> list[BankLine]:
    """The booked lines of a statement.

    Raises:
        UnreadableStatement: not XML, not CAMT.053, or not in euros.
    """
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        raise UnreadableStatement(
            _("Ce fichier XML est abîmé : demandez-le de nouveau à votre banque.")
        ) from None
    statements = root.findall("./{*}BkToCstmrStmt/{*}Stmt")
    if not statements:
        raise UnreadableStatement(
            _(
                "Ce fichier XML n’est pas un relevé CAMT.053 : c’est le nom à choisir dans l’espace de votre banque."
            )
        )
    return [line for each in statements for line in _lines(each)]


def _lines(statement: Element) -> Iterator[BankLine]:
    account = _text(statement, "./{*}Acct/{*}Id/{*}IBAN", "./{*}Acct/{*}Id/{*}Othr/{*}Id")
    for entry in statement.findall("./{*}Ntry"):
        if _text(entry, "./{*}Sts/{*}Cd", "./{*}Sts") not in {"BOOK", ""}:
            continue
        yield from _entry(entry, account)


def _entry(entry: Element, account: str) -> Iterator[BankLine]:
    credit = _text(entry, "./{*}CdtDbtInd") == "CRDT"
    whole = _amount(entry, ("./{*}Amt",))
    booked_on = _day(_text(entry, "./{*}BookgDt/{*}Dt", "./{*}BookgDt/{*}DtTm", "./{*}ValDt/{*}Dt"))
    told = _text(entry, "./{*}AcctSvcrRef", "./{*}NtryRef")
    information = _text(entry, "./{*}AddtlNtryInf")
    details = entry.findall("./{*}NtryDtls/{*}TxDtls")
    amounts = [_amount(each, AMOUNTS) for each in details]
    if len(details) > 1 and None not in amounts and sum(filter(None, amounts)) == whole:
        parts = list(zip(details, amounts, strict=True))
    else:
        parts = [(details[0] if details else entry, whole)]
    for rank, (part, amount) in enumerate(parts):
        if amount is None:
            raise UnreadableStatement(_("Une ligne de ce relevé n’a pas de montant."))
        yield BankLine(
            booked_on=booked_on,
            amount=amount if credit else -amount,
            label=_label(part, information),
            party=_text(part, *PARTY[credit])[:140],
            reference=_reference(part),
            bank_id=f"{account}/{told}/{rank}" if told else "",
        )


def _label(part: Element, information: str) -> str:
    said = [(each.text or "").strip() for each in part.findall("./{*}RmtInf/{*}Ustrd")]
    return (" ".join(filter(None, [*said, information])) or _text(part, "./{*}AddtlTxInf"))[:400]


def _reference(part: Element) -> str:
    found = [
        _text(part, "./{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref"),
        _text(part, "./{*}Refs/{*}EndToEndId"),
    ]
    return " ".join(each for each in found if each and each != "NOTPROVIDED")[:140]


def _amount(element: Element, places: tuple[str, ...]) -> Decimal | None:
    for place in places:
        found = element.find(place)
        if found is None:
            continue
        if found.get("Ccy", "EUR") != "EUR":
            raise UnreadableStatement(_("Ce relevé n’est pas en euros."))
        try:
            amount = Decimal((found.text or "").strip())
        except InvalidOperation:
            return None
        return amount if amount.is_finite() else None
    return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise UnreadableStatement(_("Une ligne de ce relevé n’a pas de date.")) from None


def _text(element: Element, *places: str) -> str:
    """The first text found."""
    for place in places:
        found = element.find(place)
        if found is not None and (found.text or "").strip():
            return (found.text or "").strip()
    return ""
