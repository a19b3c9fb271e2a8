"""What the template of a contract shows, worked out from frozen rows: the template only lays it out (003-015)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.conditions import conditions_of, versions_of
from billing.documents.quote_page import QuotePage, quote_page
from billing.documents.wording import day, moment, unbroken
from billing.due import committed_months
from billing.law_texts import RENEWAL, Article
from billing.models import Acceptance, Contract, Quote, QuoteLine
from billing.models.quote import Renewal
from hosters.rich_text import rich_text
from pricing.periods import months_after


@dataclass(frozen=True)
class Annex:
    """A text of the hoster, whole, in the version that was accepted."""

    title: str
    version: str
    text: SafeString


@dataclass(frozen=True)
class ContractPage:
    """`price` is the page of the frozen quote: the same lines, the same amounts. `care`: by component, what keeps it
    running (003-030, 003-037); `continuity`: who can act (003-027)."""

    seller_mentions: list[str]
    buyer_mentions: list[str]
    concluded: str
    duration: list[str]
    price: QuotePage
    clauses: list[dict[str, Any]]
    continuity: str
    care: list[tuple[str, list[tuple[str, str]]]]
    annexes: list[Annex]
    law: tuple[Article, ...]
    consent: str


def contract_page(contract: Contract, lines: Sequence[QuoteLine]) -> ContractPage:
    """The page of a concluded contract; `lines` are those of its quote, in order."""
    quote = contract.quote
    conditions = conditions_of(quote)
    return ContractPage(
        seller_mentions=unbroken(quote.seller["mentions"]),
        buyer_mentions=unbroken(quote.buyer["mentions"]),
        concluded=day(contract.concluded_on),
        duration=_duration(contract, quote),
        price=replace(quote_page(quote, lines), spare=[]),
        clauses=conditions.clauses,
        continuity=quote.seller.get("continuity", ""),
        care=[(part["function"], part["care"]) for part in quote.promise["parts"] if part.get("care")],
        annexes=[
            Annex(
                title=str(version.get_kind_display()),
                version=_("version %(number)s du %(day)s")
                % {"number": version.number, "day": day(timezone.localdate(version.published_at))},
                text=rich_text(version.text, links=False),
            )
            for version in versions_of(conditions)
        ],
        law=RENEWAL,
        consent=consent(contract.acceptance),
    )


def _duration(contract: Contract, quote: Quote) -> list[str]:
    """When it begins, for how long, and what it does at its term, as the quote said (002-042, 003-015)."""
    subscription = getattr(quote, "subscription", None)
    starts_on = subscription.started_on if subscription else contract.concluded_on
    return [
        _("Le contrat commence le %(day)s.") % {"day": day(starts_on)},
        _length(quote, starts_on, committed_months(quote.kept_lines)),
    ]


def _length(quote: Quote, starts_on: date, months: int | None) -> str:
    if months is None:
        return _(
            "Il porte sur un travail payé une fois : il finit quand ce travail est fait, et rien n’est reconduit."
        )
    told = {
        "length": ngettext("%(n)s mois, payé d’avance", "%(n)s mois, payés d’avance", months) % {"n": months},
        "end": day(months_after(starts_on, months) - timedelta(days=1)),
    }
    if quote.renewal == Renewal.NONE:
        return (
            _(
                "Il est conclu pour %(length)s, jusqu’au %(end)s, et s’arrête alors de lui-même : rien n’est "
                "reconduit. Le client peut partir plus tôt, avec le préavis indiqué."
            )
            % told
        )
    return (
        _(
            "Il est conclu pour %(length)s, puis reconduit chaque fois pour la même durée tant que personne n’y met "
            "fin. Le client peut partir à tout moment, avec le préavis indiqué."
        )
        % told
    )


def consent(acceptance: Acceptance) -> str:
    """Who committed, how and when, in one sentence."""
    told = {"name": acceptance.name, "role": acceptance.role, "when": moment(acceptance.accepted_at)}
    if acceptance.kind == Acceptance.Kind.ONLINE:
        return _(
            "Accepté en ligne par %(name)s, %(role)s, le %(when)s, avec le lien secret reçu à %(email)s."
        ) % (told | {"email": acceptance.email})
    assert acceptance.signed_on is not None
    signed = told | {"signed": day(acceptance.signed_on)}
    return _("Devis signé par %(name)s, %(role)s, le %(signed)s ; fichier signé reçu le %(when)s.") % signed
