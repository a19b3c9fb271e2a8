"""The findings as people and programs read them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.linter.finding import Finding, counts
from pricing.typography import french


def as_json(hoster: Hoster, findings: list[Finding]) -> dict[str, Any]:
    """The list of findings and how many there are of each severity."""
    return {
        "hoster": hoster.slug,
        "findings": [finding.to_json() for finding in findings],
        "counts": counts(findings),
    }


def lines(findings: list[Finding], names: Mapping[str, str]) -> Iterator[str]:
    """A listing grouped by offer, then the totals. `names`: of the offers, by slug."""
    title = None
    for finding in findings:
        if finding.offer != title:
            title = finding.offer
            yield ""
            yield names[title] if title else _("Pour toutes les offres")
        yield f"  {finding.severity_word:<13} {finding.check:<13} {finding.message}"
        yield f"  {'':<13} {'':<13} {finding.quality} · {finding.field}"
    yield ""
    yield french(_total(findings))


def _total(findings: list[Finding]) -> str:
    if not findings:
        return _("Rien à redire.")
    told = _("Erreurs : {error}, avertissements : {warning}, conseils : {info}.")
    return told.format(**counts(findings))
