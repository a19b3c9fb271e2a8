"""From people to accounts, gigabytes and mailboxes (002-002, 002-148, SIZ-01 to SIZ-04)."""

import pytest

from offers.sizing import People, average_employees, size


def test_average_employer_has_eleven_employees() -> None:
    """SIZ-01: 1 700 000 / 159 000 = 10.69."""
    assert average_employees(1_700_000, 159_000) == 11


@pytest.mark.parametrize(("employees", "accounts"), [(0, 15), (2, 17), (11, 26)])
def test_one_account_for_each_person(employees: int, accounts: int) -> None:
    """SIZ-02, SIZ-03, SIZ-04."""
    assert size(People(volunteers=15, employees=employees)).accounts == accounts


def test_known_figures_replace_what_is_worked_out() -> None:
    found = size(People(volunteers=15, employees=2, gb_each=5, accounts=4, gb=50, addresses=0))
    assert (found.accounts, found.gb, found.addresses) == (4, 50, 0)


def test_space_and_addresses_follow_the_people() -> None:
    found = size(People(volunteers=15, employees=2, gb_each=5, with_site=True))
    assert (found.gb, found.addresses) == (86, 3)
    assert [step.answer.replace("\u00a0", " ") for step in found.steps] == [
        "17 comptes",
        "86 Go",
        "3 adresses e-mail",
    ]


def test_nothing_is_invented_for_an_account_alone() -> None:
    found = size(People(accounts=5))
    assert (found.gb, found.addresses) == (None, None)
    assert len(found.steps) == 1
