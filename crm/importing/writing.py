"""The lines of a file, tried or written by a worker a few hundred at a time."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.importing.matching import Known, known_among
from crm.importing.preparing import prepare
from crm.importing.rows import Refused, Row, read_row
from crm.models import Contact, ContactImport, ImportChunk, ImportLine, Organization, StageChange

Verdict = ImportLine.Verdict
ADDRESS = ("street", "postcode", "town")


@dataclass(frozen=True)
class Decision:
    """What a line does: the verdict, the explanation, and the blanks of known cards that it fills."""

    verdict: Verdict
    reason: str = ""
    contact: Contact | None = None
    organization: Organization | None = None


@transaction.atomic
def work_chunk(chunk: ImportChunk) -> None:
    """Prepare a trial, try the lines of a chunk, or write them if the import is at that step. Twice changes nothing."""
    # One chunk of an import at a time: two lines of the same new organisation make one organisation.
    file = ContactImport.objects.select_for_update().get(pk=chunk.contact_import_id)
    if not chunk.first:
        prepare(file)
        return
    if chunk.written:
        return
    lines = list(file.lines.filter(number__range=(chunk.first, chunk.last)))
    writes = file.step == ContactImport.Step.WRITING
    if writes:
        lines = [line for line in lines if line.verdict != Verdict.REFUSED]
    _decide_all(file, lines, writes=writes)
    _keep_verdicts(lines)
    if writes:
        ImportChunk.objects.filter(pk=chunk.pk).update(written=True)


def _keep_verdicts(lines: list[ImportLine]) -> None:
    """Most lines of a chunk say the same: one update for each thing said."""
    said: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        said.setdefault((line.verdict, line.reason), []).append(line.pk)
    for (verdict, reason), pks in said.items():
        ImportLine.objects.filter(pk__in=pks).update(verdict=verdict, reason=reason)


def _decide_all(file: ContactImport, lines: list[ImportLine], *, writes: bool) -> None:
    rows: dict[int, Row] = {}
    for line in lines:
        try:
            rows[line.pk] = read_row(line.cells, file.mapping)
        except Refused as refused:
            line.verdict, line.reason = Verdict.REFUSED, str(refused)[:300]
    known = known_among(file.hoster, rows.values())
    for line in lines:
        if row := rows.get(line.pk):
            if line.reason and line.verdict == Verdict.REFUSED:
                continue  # said before the trial: the same line comes earlier in the file
            decision = decide(row, known)
            line.verdict, line.reason = decision.verdict, decision.reason[:300]
            if writes and decision.verdict != Verdict.REFUSED:
                known.add(*_write(file, row, decision))


def decide(row: Row, known: Known) -> Decision:
    """What a line would do, given what is known."""
    if row.email in known.suppressed:
        return Decision(Verdict.REFUSED, _("Cette personne a demandé qu’on ne la contacte plus."))
    contact = known.contact_of(row)
    organization = contact.organization if contact else known.organization_of(row)
    if contact or (organization and not row.email):
        filled = _blanks(row, contact, organization)
        told = _("complète : %(what)s") % {"what": ", ".join(filled)} if filled else ""
        return Decision(Verdict.COMPLETED if filled else Verdict.SAME, told, contact, organization)
    return Decision(Verdict.CREATED, _news(row, known, organization), None, organization)


def _news(row: Row, known: Known, organization: Organization | None) -> str:
    elsewhere = known.contacts.get(row.email)
    if elsewhere:
        return _("Cette adresse est déjà connue chez %(name)s : une autre fiche est ajoutée.") % {
            "name": elsewhere[0].organization.name
        }
    if organization:
        return _("Nouvelle personne chez %(name)s, déjà connue.") % {"name": organization.name}
    return ""


def _blanks(row: Row, contact: Contact | None, organization: Organization | None) -> list[str]:
    """What is empty in our cards and told by the line; what we know is never overwritten."""
    pairs = ((contact, row.person), (organization, row.organization))
    return [label for card, told in pairs if card for label in _labels(card, _fillable(card, told))]


def _labels(card: Contact | Organization, names: list[str]) -> list[str]:
    return [str(field.verbose_name) for field in card._meta.fields if field.name in names]


def _fillable(card: Contact | Organization, told: dict[str, str]) -> list[str]:
    """An address is filled whole or not at all."""
    names = [name for name, value in told.items() if value and not getattr(card, name)]
    if isinstance(card, Organization) and card.street:
        names = [name for name in names if name not in ADDRESS]
    return names


def _write(file: ContactImport, row: Row, decision: Decision) -> tuple[Organization, Contact | None]:
    organization = decision.organization
    if organization is None:
        organization = Organization.objects.create(hoster=file.hoster, source=file.origin, **row.organization)
        evidence = _("import « %(file)s » : %(origin)s") % {"file": file.name, "origin": file.origin}
        StageChange.objects.create(
            organization=organization, after=organization.stage, evidence=evidence[:200]
        )
    else:
        _fill(organization, row.organization)
    contact = decision.contact
    if contact is None:
        if not row.person:
            return organization, None
        contact = Contact.objects.create(
            organization=organization, last_inbound_at=_instant(row), **row.person
        )
        return organization, contact
    _fill(contact, row.person)
    return organization, None


def _fill(card: Contact | Organization, told: dict[str, str]) -> None:
    if names := _fillable(card, told):
        for name in names:
            setattr(card, name, told[name])
        card.save(update_fields=names)


def _instant(row: Row) -> datetime | None:
    if row.met_on is None:
        return None
    return datetime.combine(row.met_on, time(12), timezone.get_current_timezone())
