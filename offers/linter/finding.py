"""What a check says."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pricing.engine import Severity

SEVERITY_WORDS = {
    Severity.ERROR: _("erreur"),
    Severity.WARNING: _("avertissement"),
    Severity.INFO: _("conseil"),
}


@dataclass(frozen=True)
class Fault:
    """What a rule found. `field` is the path to mend; `severity` when it is not the check's own;
    `shared`: about the whole range or hoster, so said once and not for each offer."""

    field: str
    message: str
    severity: Severity | None = None
    shared: bool = False


@dataclass(frozen=True)
class Finding:
    """One remark on one offer (`offer` is its slug, "" for the range or the hoster as a whole).

    `message` is a French sentence or two: what is wrong, with the figures, and what to do. `quality` is the quality
    of the course that is served. `field` is the path to mend (`tariff.terms`, `parts[2].need`).
    """

    check: str
    severity: Severity
    message: str
    quality: str
    field: str
    offer: str

    @property
    def severity_word(self) -> str:
        return str(SEVERITY_WORDS[self.severity])

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "severity": self.severity.value}


def counts(findings: list[Finding]) -> dict[str, int]:
    """How many findings of each severity, worst first."""
    return {each.value: sum(found.severity is each for found in findings) for each in Severity}
