"""What is accepted beside the price: attached to a quote when it is issued, sealed by a SHA-256 (LEG-02, CON-12)."""

import hashlib
import json
from typing import Any

from django.utils.translation import gettext as _

from billing.clauses.choices import chosen_clauses, promised_exit
from billing.models import Quote, QuoteConditions
from hosters.models import TermsKind, TermsVersion
from hosters.terms import current_terms


def attach_conditions(quote: Quote) -> QuoteConditions:
    """Copy what is in force today; what is attached already stays. Called in the issuing transaction."""
    return QuoteConditions.objects.filter(quote=quote).first() or _built(quote, save=True)


def conditions_of(quote: Quote) -> QuoteConditions:
    """What this quote carries; for one issued before there were conditions, what would be attached now."""
    return QuoteConditions.objects.filter(quote=quote).first() or _built(quote, save=False)


def versions_of(conditions: QuoteConditions) -> list[TermsVersion]:
    """The published texts that a quote carries, in their order."""
    numbers = {(each["kind"], each["number"]) for each in conditions.terms}
    rows = TermsVersion.objects.filter(
        hoster=conditions.quote.hoster, kind__in=[kind for kind, _number in numbers]
    )
    order = TermsKind.values.index
    return sorted((row for row in rows if (row.kind, row.number) in numbers), key=lambda row: order(row.kind))


def _built(quote: Quote, *, save: bool) -> QuoteConditions:
    terms = [
        {
            "kind": version.kind,
            "title": _("%(title)s, version %(number)s")
            % {"title": version.get_kind_display(), "number": version.number},
            "number": version.number,
            "sha256": version.sha256,
        }
        for version in current_terms(quote.hoster).values()
    ]
    promised = promised_exit(quote.promise)
    clauses = [
        chosen.clause.frozen(chosen.values, promised)
        for chosen in chosen_clauses(quote.hoster, quote.offer)
        if chosen.used
    ]
    built = QuoteConditions(quote=quote, terms=terms, clauses=clauses, sha256=_seal(terms, clauses))
    if save:
        built.save()
    return built


def _seal(terms: list[dict[str, Any]], clauses: list[dict[str, Any]]) -> str:
    text = json.dumps({"terms": terms, "clauses": clauses}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
