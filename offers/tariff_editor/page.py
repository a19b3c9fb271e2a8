"""Everything a page about a tariff shows, from the draft as typed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core import signing
from django.urls import reverse

from offers.finding_links import LinkedFinding, findings_of
from offers.models import Offer
from offers.tariff_editor.cleaning import cleaned
from offers.tariff_editor.kinds import Whole
from offers.tariff_editor.problems import Found
from offers.tariff_editor.reading import Reading, read_draft
from offers.tariff_editor.sections import sections_of
from offers.tariff_editor.simulation import Simulation, drawn_metrics, simulate

SALT = "offers.tariff_editor"
#: The id of the form on its page.
FORM = "tarif"
#: Above this a page cannot post its form back (`DATA_UPLOAD_MAX_NUMBER_FIELDS`): the text remains.
MOST_FIELDS = 900


@dataclass(frozen=True)
class EditorPage:
    """The form, what the engine says of it, its figures. `base` carries the file from one page to the next;
    `shown`: ids of the fields that the page asking for a preview has, when it is one; `findings`: what the linter
    says of the offer with this tariff, None on a page that does not ask it."""

    raw: dict[str, Any]
    revision: int
    reading: Reading
    simulation: Simulation | None
    base: str
    shown: frozenset[str] = frozenset()
    findings: list[LinkedFinding] | None = None

    @property
    def story(self) -> str:
        return self.reading.tariff.story() if self.reading.tariff else ""

    @property
    def advice(self) -> list[Found]:
        """What is worth a thought and is not already said, below the curve or by the linter."""
        if self.findings is not None:
            return [each for each in self.reading.advice if not each.code]
        drawn = _drawn(self.simulation)
        return [each for each in self.reading.advice if each.code not in drawn]

    @property
    def drawable(self) -> list[tuple[str, str]]:
        """The quantities whose curve can be shown."""
        tariff = self.reading.tariff
        return [(metric.code, metric.label) for metric in drawn_metrics(tariff)] if tariff else []

    @property
    def too_large(self) -> bool:
        return sum(1 for section in self.reading.sections for _field in section.all_fields()) > MOST_FIELDS


def editor_page(
    offer: Offer,
    raw: dict[str, Any],
    *,
    revision: int,
    metric: str = "",
    opened: str = "",
    shown: frozenset[str] = frozenset(),
    linted: bool = False,
) -> EditorPage:
    """The page of a file for an offer; `metric` is the quantity whose curve is drawn."""
    reading = read_draft(offer, raw, opened=opened)
    simulation, findings = None, None
    if reading.tariff and not (reading.tariff.trial and reading.tariff.trial.plan):
        simulation = simulate(offer, reading.tariff, metric)
    if reading.tariff and linted:
        findings = _remarks(offer, raw, but={each.code for each in reading.errors} | _drawn(simulation))
    return EditorPage(raw, revision, reading, simulation, carried(offer, raw), shown, findings)


def _drawn(simulation: Simulation | None) -> set[str]:
    """The checks whose remarks are said below the curve."""
    return {"Q-CLIFF"} if simulation and simulation.drawing and simulation.drawing.cliffs else set()


def _remarks(offer: Offer, raw: dict[str, Any], *, but: Iterable[str]) -> list[LinkedFinding]:
    """What the linter says, `but` these checks. What is mended here is an anchor: following it keeps what is typed."""
    here = reverse("staff:offer_tariff_draft", kwargs={"slug": offer.slug})
    found = findings_of(offer, definition=cleaned(raw))
    return [_anchored(each, here) for each in found if each.finding.check not in but]


def _anchored(found: LinkedFinding, here: str) -> LinkedFinding:
    address, _hash, id = found.url.partition("#")
    return replace(found, url=f"#{id or FORM}") if address.partition("?")[0] == here else found


def ids_of(offer: Offer, raw: dict[str, Any]) -> frozenset[str]:
    """The ids of the fields, rows and cards that the form of a file shows."""
    sections = sections_of(raw, charges_vat=offer.hoster.charges_vat)
    fields = {field.id for section in sections for field in section.all_fields()}
    return frozenset(fields | {box.id for section in sections for box in section.boxes()})


def carried(offer: Offer, raw: dict[str, Any]) -> str:
    """The file as a signed text, so that what a page posts is applied to what that page showed."""
    return signing.dumps(raw, salt=f"{SALT}.{offer.pk}", compress=True)


def carried_back(offer: Offer, text: str) -> dict[str, Any] | None:
    """The file that a page carried; None when the text is not ours."""
    try:
        raw = signing.loads(text, salt=f"{SALT}.{offer.pk}")
    except signing.BadSignature:
        return None
    return raw if isinstance(raw, dict) else None


def posted_revision(text: str) -> int:
    """The revision of the draft that a page showed; 0 when unreadable, which no saved draft has."""
    found = Whole().read(text)
    return found if isinstance(found, int) else 0
