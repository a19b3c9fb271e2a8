"""vCard 4.0 written (RFC 6350); 2.1 to 4.0 read, as telephones and mail programs write them."""

import quopri
import re
from collections.abc import Iterator

from crm.models import Contact

#: The columns that a card fills, under the names that the import recognises.
HEADER = ["Structure", "Nom", "Fonction", "E-mail", "Téléphone", "Rue", "Code postal", "Commune"]
LONGEST = 75  # bytes of a line


def write(contact: Contact) -> str:
    """One card. Hostile text stays inside its property."""
    organization = contact.organization
    address = [
        "",
        "",
        organization.street,
        organization.town,
        "",
        organization.postcode,
        organization.country,
    ]
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        f"FN:{_escaped(contact.name)}",
        f"ORG:{_escaped(organization.name)}",
        f"EMAIL:{_escaped(contact.email)}",
    ]
    if contact.role:
        lines.append(f"ROLE:{_escaped(contact.role)}")
    if contact.phone:
        lines.append(f"TEL;VALUE=text:{_escaped(contact.phone)}")
    if organization.street or organization.town:
        lines.append(f"ADR:{';'.join(_escaped(part) for part in address)}")
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCARD"] for folded in _folded(line))


def read(text: str) -> tuple[list[str], list[list[str]]]:
    """The header of a table and its records, one for each card; a card without anything known is left out."""
    cards: list[list[str]] = []
    card: dict[str, str] = {}
    for name, parameters, value in _properties(text):
        if name == "BEGIN":
            card = {}
        elif name == "END":
            cards.append([card.get(column, "") for column in HEADER])
        else:
            for column, found in _told(name, _plain(parameters, value)):
                if found:
                    card.setdefault(column, found)
    return list(HEADER), cards


def _told(name: str, value: str) -> Iterator[tuple[str, str]]:
    parts = [_unescaped(part).strip() for part in re.split(r"(?<!\\);", value)]
    if name == "FN":
        yield "Nom", _unescaped(value)
    elif name == "N":
        yield "Nom", " ".join(part for part in [*parts[1:2], *parts[:1]] if part)
    elif name == "ORG":
        yield "Structure", parts[0]
    elif name in {"ROLE", "TITLE"}:
        yield "Fonction", _unescaped(value)
    elif name == "EMAIL":
        yield "E-mail", _unescaped(value).removeprefix("mailto:")
    elif name == "TEL":
        yield "Téléphone", _unescaped(value).removeprefix("tel:")
    elif name == "ADR" and len(parts) >= 6:
        yield from (("Rue", parts[2]), ("Commune", parts[3]), ("Code postal", parts[5]))


def _properties(text: str) -> Iterator[tuple[str, str, str]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    unfolded = re.sub(r"(?m)=\r?\n(?!\w+[;:])", "", unfolded)  # the soft breaks of quoted-printable
    for line in unfolded.splitlines():
        head, colon, value = line.partition(":")
        if colon:
            name, _semicolon, parameters = head.partition(";")
            yield name.rpartition(".")[2].strip().upper(), parameters.upper(), value


def _plain(parameters: str, value: str) -> str:
    if "QUOTED-PRINTABLE" not in parameters:
        return value
    return quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")


def _escaped(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return re.sub(r"[\r\n]+", r"\\n", escaped)


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "nN" else found[1], value)


def _folded(line: str) -> Iterator[str]:
    """Lines of 75 bytes at most, never cut inside a character; the next ones begin with a space."""
    current = ""
    for character in line:
        if len((current + character).encode()) > LONGEST:
            yield current
            current = " "
        current += character
    yield current
