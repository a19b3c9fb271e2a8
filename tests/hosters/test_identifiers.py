"""SIREN and RNA: typed with spaces or not, in plain digits only."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from hosters.identifiers import compact, validate_rna, validate_siren


@pytest.mark.parametrize("typed", ["732829320", "732 829 320", "732.829.320", " 732-829-320 "])
def test_siren_is_accepted_however_spaced(typed: str) -> None:
    validate_siren(compact(typed))


@pytest.mark.parametrize("typed", ["W691234567", "w 691 234 567", "W9A1234567", "W9R2003456"])
def test_rna_is_accepted_however_spaced(typed: str) -> None:
    validate_rna(compact(typed))


@pytest.mark.parametrize(
    ("validate", "value"),
    [
        (validate_siren, "732829321"),
        (validate_siren, "73282932"),
        (validate_siren, "٧٣٢٨٢٩٣٢٠"),
        (validate_siren, "²"),
        (validate_rna, "W69123456"),
        (validate_rna, "691234567"),
        (validate_rna, "W٦91234567"),
        (validate_rna, "W691234567\n"),
        (validate_rna, "W69123456²"),
    ],
)
def test_wrong_identifier_is_refused_in_french(validate: Callable[[str], None], value: str) -> None:
    with pytest.raises(ValidationError, match="par exemple"):
        validate(value)
