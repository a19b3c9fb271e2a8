"""What a quote promises, from its items: one offer, several, or work written by hand."""

from collections.abc import Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from billing.models import QuoteItem
from billing.selections import selection_from_json
from offers.models import Component, ComponentKind, Offer
from offers.price_parts import price_parts
from offers.promise import promise_of
from pricing.engine import Cadence, VatCategory, price


def promise_of_items(items: Sequence[QuoteItem], title: str = "") -> dict[str, Any]:
    """The promises of the offers joined, and the lines by hand as further parts.

    An option that is not chosen promises nothing. At the end of the contract the association gets the kindest of
    each term: the shortest notice, the longest time to fetch its data.
    """
    items = [item for item in items if item.kept]
    sold = list({item.offer.pk: item for item in items if item.offer}.values())
    promises = [_promise(item, items) for item in sold] or [_by_hand()]
    by_hand = [item for item in items if item.offer is None]
    joined = dict(promises[0])
    joined["offer"] = title or _named([each["offer"] for each in promises if each["offer"]], by_hand)
    joined["parts"] = [part for each in promises for part in each["parts"]]
    joined["parts"] += [_part(item) for item in by_hand]
    joined["is_example"] = any(each["is_example"] for each in promises)
    joined["not_included"] = " ".join(filter(None, (each["not_included"] for each in promises)))
    joined["exit"] = _exit([each["exit"] for each in promises])
    joined["shares"] = _shares(sold[0]) if len(items) == len(sold) == 1 else []
    return joined


def _promise(item: QuoteItem, items: Sequence[QuoteItem]) -> dict[str, Any]:
    """An offer, with what each of its items adds for this association (000-008)."""
    assert item.offer is not None
    promise = promise_of(_as_sold(item.offer), item.selection.get("providers"))
    for each in items:
        if each.offer == item.offer and (each.explanation or each.sessions):
            _measured(promise["parts"], each)
    return promise


def _measured(parts: list[dict[str, Any]], item: QuoteItem) -> None:
    """The sessions are those of the first piece of work of the offer, which they make precise; else a part more."""
    known = [each for each in parts if each["delivery"] and item.sessions]
    works = [each for each in known if each["delivery"]["kind"] == ComponentKind.PRESTATION]
    work = next((each for each in works if not each["delivery"].get("sessions")), None)
    if work is None:
        own = {"need": _("Fait pour vous"), "function": item.explanation or _("Séances prévues")}
        parts.append(_part(item) | own)
        return
    told = [work["detail"], item.explanation, _sessions(item)]
    work["detail"] = " ; ".join(filter(None, told))
    work["delivery"]["sessions"] = item.sessions


def _shares(item: QuoteItem) -> list[dict[str, str]]:
    """What goes to each structure the first year, for an offer sold alone (002-167)."""
    if item.offer is None or item.tariff_version is None:
        return []
    selection = selection_from_json(item.selection)
    breakdown = price(item.tariff_version.tariff, selection, vat=item.offer.hoster.vat_policy)
    rows = price_parts(_as_sold(item.offer), breakdown, item.selection.get("providers")).providers
    return [{"label": row.label, "amount": str(row.amount)} for row in rows]


def _as_sold(offer: Offer) -> Offer:
    """What visitors read of an offer: what is being prepared is promised to nobody (002-067).

    An offer that is not on sale is what the workshop says.
    """
    return Offer.objects.published().filter(pk=offer.pk).first() or offer


def _named(offers: list[str], by_hand: Sequence[QuoteItem]) -> str:
    names = offers or [item.label for item in by_hand[:2]]
    return Truncator(" + ".join(names)).chars(160) or _("Sur mesure")


def _part(item: QuoteItem) -> dict[str, Any]:
    return {
        "need": item.label,
        "function": item.explanation,
        "software": "",
        "detail": " ; ".join(filter(None, [_answered(item), _sessions(item)])),
        "kind": "",
        "care": [],
        "delivery": _delivery(item),
    }


def _sessions(item: QuoteItem) -> str:
    return " ; ".join(filter(None, map(str.strip, item.sessions.splitlines())))


def _answered(item: QuoteItem) -> str:
    """Which need that was told a line by hand answers (003-010)."""
    return _("répond à : %(need)s") % {"need": item.need} if item.need else ""


def _delivery(item: QuoteItem) -> dict[str, Any] | None:
    """What the team will have to do: the sessions (000-008), or what a line by hand says is paid once.

    A membership is no work.
    """
    by_hand = item.offer is None
    once = by_hand and item.cadence == Cadence.ONE_OFF and item.vat != VatCategory.OUT_OF_SCOPE
    if not once and not item.sessions:
        return None
    return {
        "component": "",
        "kind": ComponentKind.PRESTATION if once else ComponentKind.SERVICE,
        "by_hand": True,
        "billing": Component.Billing.ONE_OFF if once else Component.Billing.RECURRING,
        "hours": "",
        "person": "",
        "review_months": None,
        "sessions": item.sessions,
    }


def _exit(exits: list[dict[str, Any]]) -> dict[str, Any]:
    kind = dict(exits[0])
    kind["notice_days"] = min(each["notice_days"] for each in exits)
    kind["retrieval_days"] = max(each["retrieval_days"] for each in exits)
    kind["erasure_days"] = max(each["erasure_days"] for each in exits)
    formats = dict.fromkeys(each["export_formats"] for each in exits if each["export_formats"])
    kind["export_formats"] = " ; ".join(formats)
    return kind


def _by_hand() -> dict[str, Any]:
    """The terms of an offer that says nothing of its own."""
    usual = Offer()
    return {
        "offer": "",
        "audience": "",
        "purpose": _("Une réponse faite pour vous, ligne par ligne."),
        "kind": "",
        "is_example": False,
        "not_included": "",
        "data_location": "",
        "parts": [],
        "exit": {
            "notice_days": usual.notice_days,
            "export_formats": _("vos fichiers dans des formats ouverts"),
            "retrieval_days": usual.retrieval_days,
            "erasure_days": usual.erasure_days,
            "help": "",
        },
    }
