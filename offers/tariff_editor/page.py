"""Everything a page about a tariff shows, from the draft as typed."""

from dataclasses import dataclass
from typing import Any

from django.core import signing

from offers.models import Offer
from offers.tariff_editor.kinds import Whole
from offers.tariff_editor.problems import Found
from offers.tariff_editor.reading import Reading, read_draft
from offers.tariff_editor.sections import sections_of
from offers.tariff_editor.simulation import Simulation, drawn_metrics, simulate

SALT = "offers.tariff_editor"
#: Above this a page cannot post its form back (`DATA_UPLOAD_MAX_NUMBER_FIELDS`): the text remains.
MOST_FIELDS = 900


@dataclass(frozen=True)
class EditorPage:
    """The form, what the engine says of it, its figures. `base` carries the file from one page to the next;
    `shown`: ids of the fields that the page asking for a preview has, when it is one."""

    raw: dict[str, Any]
    revision: int
    reading: Reading
    simulation: Simulation | None
    base: str
    shown: frozenset[str] = frozenset()

    @property
    def story(self) -> str:
        return self.reading.tariff.story() if self.reading.tariff else ""

    @property
    def advice(self) -> list[Found]:
        """What is worth a thought and is not already said below the curve."""
        drawn = self.simulation.drawing.cliffs if self.simulation and self.simulation.drawing else []
        return [each for each in self.reading.advice if not (drawn and each.code == "Q-CLIFF")]

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
) -> EditorPage:
    """The page of a file for an offer; `metric` is the quantity whose curve is drawn."""
    reading = read_draft(offer, raw, opened=opened)
    simulation = None
    if reading.tariff and not (reading.tariff.trial and reading.tariff.trial.plan):
        simulation = simulate(offer, reading.tariff, metric)
    return EditorPage(raw, revision, reading, simulation, carried(offer, raw), shown)


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
