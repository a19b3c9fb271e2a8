"""Which days count in a delay: not week-ends nor public holidays (Code du travail, article L3133-1)."""

from datetime import date, timedelta

import pytest

from hosters.working_days import easter, is_holiday, is_working, working_days_after


@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, "04-23"), (2008, "03-23"), (2024, "03-31"), (2025, "04-20"), (2026, "04-05"), (2038, "04-25")],
)
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(f"{year}-{day}")


def test_eleven_holidays_a_year() -> None:
    days = [date(2026, 1, 1) + timedelta(days=each) for each in range(365)]
    assert len([day for day in days if is_holiday(day)]) == 11


def test_working_days_skip_week_ends_and_holidays() -> None:
    assert [is_working(date(2026, 4, day)) for day in (3, 4, 6, 7)] == [True, False, False, True]
    assert not is_working(date(2026, 5, 14)) and not is_working(date(2026, 5, 25))
    assert working_days_after(date(2026, 12, 24), 2) == date(2026, 12, 29)
