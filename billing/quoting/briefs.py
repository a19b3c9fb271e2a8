"""The *cahier des charges* that a quote answers: frozen in its promise when it leaves (003-013)."""

from typing import Any

from django.utils import timezone

from billing.deals import deal_key
from billing.models import Quote
from crm.models import Request


def brief_of(quote: Quote) -> dict[str, Any]:
    """The latest version of the brief that a quote answers: its number, the day it came, its answers; {} without."""
    asked = Request.objects.filter(
        hoster=quote.hoster_id, key=deal_key(quote), kind=Request.Kind.BRIEF
    ).first()
    return frozen_brief(asked) if asked and "brief" in asked.details else {}


def version_of(request: Request, number: int) -> dict[str, Any]:
    """One version of the brief of a request as a promise keeps it: a former one, else the latest."""
    for each in request.details.get("former", []):
        if each["version"] == number:
            sent_on = each["sent_on"] or _received(request)
            return {"version": number, "sent_on": sent_on, "answers": each["brief"]}
    return frozen_brief(request)


def frozen_brief(request: Request) -> dict[str, Any]:
    """The brief of a request as a promise keeps it."""
    return {
        "version": request.details.get("version", 1),
        "sent_on": request.details.get("sent_on") or _received(request),
        "answers": request.details.get("brief", {}),
    }


def _received(request: Request) -> str:
    """The day on which a request came, for a brief written before versions had theirs."""
    return timezone.localdate(request.created_at).isoformat()
