"""The answer of the bank to a file of debits: pain.002, or the returns that it writes with the same words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.models import DebitOrder
from billing.payments.rows import PaymentRefused
from billing.sepa.collecting import reject_order
from hosters.models import Hoster, User

REJECTED = "RJCT"


@dataclass
class Answer:
    """What an answer changed: the debits rejected, and the references that are none of ours."""

    rejected: list[DebitOrder] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def receive_answer(*, hoster: Hoster, content: bytes, on: date, by: User) -> Answer:
    """Reject the debits that the bank refused. The same file again changes nothing.

    Raises:
        PaymentRefused: the file is no pain.002, or a debit cannot be rejected.
    """
    answer = Answer()
    ours = DebitOrder.objects.filter(hoster=hoster)
    for end_to_end, code, words in _refused(content, ours):
        order = ours.filter(end_to_end=end_to_end).first()
        if order is None:
            answer.unknown.append(end_to_end)
        elif order.state != DebitOrder.State.REJECTED:
            reject_order(order=order, code=code, reason=words, on=on, by=by)
            answer.rejected.append(order)
    return answer


def _refused(content: bytes, ours: "QuerySet[DebitOrder]") -> Iterator[tuple[str, str, str]]:
    """Reference, code and words of each debit that was refused; of all those of the file when it was refused whole."""
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        raise PaymentRefused(
            _("Ce fichier n’est pas du XML : demandez un pain.002 à votre banque.")
        ) from None
    report = root.find("./{*}CstmrPmtStsRpt")
    if report is None:
        raise PaymentRefused(_("Ce fichier n’est pas une réponse pain.002."))
    named = report.findall("./{*}OrgnlPmtInfAndSts/{*}TxInfAndSts")
    for each in named:
        if _text(each, "./{*}TxSts") in {REJECTED, ""}:
            yield _text(each, "./{*}OrgnlEndToEndId"), *_why(each)
    group = report.find("./{*}OrgnlGrpInfAndSts")
    if group is not None and not named and _text(group, "./{*}GrpSts") == REJECTED:
        whole = ours.filter(batch__message_id=_text(group, "./{*}OrgnlMsgId"))
        for end_to_end in whole.order_by("pk").values_list("end_to_end", flat=True):
            yield end_to_end, *_why(group)


def _why(element: Element) -> tuple[str, str]:
    """The code, and the words of the bank."""
    code = _text(element, "./{*}StsRsnInf/{*}Rsn/{*}Cd", "./{*}StsRsnInf/{*}Rsn/{*}Prtry")
    return code, _text(element, "./{*}StsRsnInf/{*}AddtlInf")


def _text(element: Element, *places: str) -> str:
    for place in places:
        found = element.find(place)
        if found is not None and (found.text or "").strip():
            return (found.text or "").strip()
    return ""
