"""From the people of an association to accounts, gigabytes and mailboxes, each step with its reason (002-002).

Plain arithmetic: no query, no clock.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from pricing.typography import quantity

#: INJEP, 2019, as quoted by the course (002-148).
EMPLOYEES_IN_FRANCE = 1_700_000
EMPLOYING_ASSOCIATIONS = 159_000
AVERAGE_VOLUNTEERS = 15
SMALL_EMPLOYERS_PERCENT = 54
#: What the 54 % have: « 1 ou 2 salarié·es ».
USUAL_EMPLOYEES = 2
SOURCE = gettext_noop("INJEP, 2019")
#: The pages and pictures of a small site, in GB.
SITE_GB = 1


def average_employees(
    employees: int = EMPLOYEES_IN_FRANCE, associations: int = EMPLOYING_ASSOCIATIONS
) -> int:
    """Employees of an association that has some, on average: 10.69, told as 11 (SIZ-01)."""
    return round(employees / associations)


@dataclass(frozen=True)
class People:
    """Who is in the association, and what is known already. None: not told, worked out."""

    volunteers: int = 0
    employees: int = 0
    gb_each: int | None = None
    with_site: bool = False
    accounts: int | None = None
    gb: int | None = None
    addresses: int | None = None


@dataclass(frozen=True)
class Step:
    """One line of the reasoning: `17 comptes`, and why."""

    answer: str
    reason: str


@dataclass(frozen=True)
class Sizing:
    """What to look for. `gb` and `addresses` None: nobody knows, so nothing is asked of the offers."""

    accounts: int
    gb: int | None
    addresses: int | None
    steps: tuple[Step, ...]


def size(people: People) -> Sizing:
    """One account for each volunteer and each employee, unless another number is told (SIZ-02 to SIZ-04)."""
    accounts = people.accounts or people.volunteers + people.employees
    gb, why_gb = _space(people, accounts)
    addresses, why_addresses = _addresses(people)
    steps = [Step(_counted_accounts(accounts), _why_accounts(people))]
    if gb is not None:
        steps.append(Step(_("%(gb)s Go") % {"gb": quantity(Decimal(gb))}, why_gb))
    if addresses:
        words = ngettext("%(n)s adresse e-mail", "%(n)s adresses e-mail", addresses) % {"n": addresses}
        steps.append(Step(words, why_addresses))
    return Sizing(accounts, gb, addresses, tuple(steps))


def _counted_accounts(accounts: int) -> str:
    return ngettext("%(n)s compte", "%(n)s comptes", accounts) % {"n": accounts}


def _why_accounts(people: People) -> str:
    if people.accounts:
        return _("C’est le nombre que vous avez donné.")
    told = {"volunteers": people.volunteers, "employees": people.employees}
    return _(
        "%(volunteers)s bénévoles et %(employees)s salarié·es : un compte par personne, "
        "pour que personne ne partage un mot de passe. Souvent, moins suffisent."
    ) % (told)


def _space(people: People, accounts: int) -> tuple[int | None, str]:
    if people.gb:
        return people.gb, _("C’est l’espace que vous avez donné.")
    if not people.gb_each:
        return None, ""
    told = {"accounts": accounts, "each": people.gb_each}
    if not people.with_site:
        return accounts * people.gb_each, _("%(accounts)s comptes, %(each)s Go chacun.") % told
    told["site"] = SITE_GB
    why = _("%(accounts)s comptes, %(each)s Go chacun, et %(site)s Go pour le site.") % told
    return accounts * people.gb_each + SITE_GB, why


def _addresses(people: People) -> tuple[int | None, str]:
    if people.addresses is not None:
        return people.addresses, _("C’est le nombre que vous avez donné.")
    if not people.volunteers + people.employees:
        return None, ""
    told = {"employees": people.employees}
    why = _("Une par salarié·e (%(employees)s), et une pour toute l’association, comme contact@.") % told
    return people.employees + 1, why
