"""One line of a file under its columns: what it says, mended where spreadsheets harm, or why it is refused."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum.fr import siret

from crm.models import Contact, Organization
from hosters.identifiers import compact, validate_rna, validate_siren
from hosters.models.address import postcode_validator

#: Day 0 of the serial dates of spreadsheets.
FIRST_DAY = date(1899, 12, 30)
SERIAL = range(20_000, 80_000)  # 1954 to 2119
WRITTEN_DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")
HARMED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)


class Refused(Exception):
    """The line cannot be taken; says why in French."""


@dataclass(frozen=True)
class Row:
    """What a line says, cleaned. Without an address it is an organisation alone."""

    organization: dict[str, str]
    person: dict[str, str]
    met_on: date | None

    @property
    def email(self) -> str:
        return self.person.get("email", "")


def read_row(cells: list[str], mapping: list[str]) -> Row:
    """What a line says.

    Raises:
        Refused: the first thing that is wrong in it.
    """
    told = {kind: cell for kind, cell in zip(mapping, cells, strict=False) if kind and cell}
    if harmed := next((cell for cell in told.values() if HARMED.fullmatch(cell)), ""):
        raise Refused(
            _("« %(cell)s » : le tableur a abîmé ce nombre. Mettez la colonne au format texte.")
            % {"cell": harmed}
        )
    return Row(_organization(told), _person(told), _day(told.get("met_on", "")))


def _organization(told: dict[str, str]) -> dict[str, str]:
    if not told.get("organization"):
        raise Refused(_("Il manque le nom de la structure."))
    said = {
        "name": told["organization"],
        "rna": compact(told.get("rna", "")),
        "siren": _siren(told.get("siren", "")),
        "street": told.get("street", ""),
        "postcode": _postcode(told.get("postcode", "")),
        "town": told.get("town", ""),
    }
    if said["rna"]:
        _check(validate_rna, said["rna"])
    _check_lengths(Organization, said)
    return said


def _person(told: dict[str, str]) -> dict[str, str]:
    email = told.get("email", "").lower()
    if not email:
        if told.get("name"):
            raise Refused(_("Il manque l’adresse e-mail de la personne."))
        return {}
    _check(validate_email, email)
    name = " ".join(filter(None, [told.get("first_name"), told.get("name")])) or email.partition("@")[0]
    said = {
        "name": name,
        "email": email,
        "phone": _phone(told.get("phone", "")),
        "role": told.get("role", ""),
    }
    _check_lengths(Contact, said)
    return said


def _siren(cell: str) -> str:
    number = compact(cell.removesuffix(".0"))
    if not number:
        return ""
    if len(number) == 14 and siret.is_valid(number):
        number = number[:9]
    _check(validate_siren, number)
    return number


def _postcode(cell: str) -> str:
    """Spreadsheets take « 01000 » for the number 1000, or 1000.0."""
    code = cell.removesuffix(".0")
    if re.fullmatch(r"\d{4}", code):
        code = f"0{code}"
    if code:
        _check(postcode_validator, code)
    return code


def _phone(cell: str) -> str:
    """« 612345678 » lost its zero."""
    number = cell.removesuffix(".0")
    return f"0{number}" if re.fullmatch(r"[1-9]\d{8}", number) else number


def _day(cell: str) -> date | None:
    if not cell:
        return None
    if cell.removesuffix(".0").isdecimal() and int(cell.removesuffix(".0")) in SERIAL:
        return FIRST_DAY + timedelta(days=int(cell.removesuffix(".0")))
    for form in WRITTEN_DATES:
        try:
            return datetime.strptime(cell.split(" ")[0], form).date()
        except ValueError:
            continue
    raise Refused(_("« %(cell)s » n’est pas une date : écrivez 22/11/2026.") % {"cell": cell})


def _check(validator: object, value: str) -> None:
    try:
        validator(value)  # type: ignore[operator]  # a validator of Django
    except ValidationError as error:
        raise Refused(f"« {value} » : {' '.join(error.messages)}") from None


def _check_lengths(model: type[Organization] | type[Contact], said: dict[str, str]) -> None:
    longest = _longest(model)
    for name, value in said.items():
        label, most = longest[name]
        if len(value) > most:
            raise Refused(
                _("%(field)s : trop long, %(most)s signes au plus.") % {"field": label, "most": most}
            )


@cache
def _longest(model: type[Organization] | type[Contact]) -> dict[str, tuple[str, int]]:
    """Label and greatest length of each text of a card."""
    return {
        field.name: (str(field.verbose_name).capitalize(), field.max_length)
        for field in model._meta.fields
        if field.max_length
    }
