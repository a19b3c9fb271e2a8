"""French identifiers of organisations: SIREN and RNA, both optional everywhere (legal rule ASS-01)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siren

#: W, then nine characters; letters occur overseas. Alsace-Moselle associations have no RNA at all.
RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")


def compact(value: str) -> str:
    """The identifier without the spaces, dots and dashes that people type."""
    return re.sub(r"[\s.\-]", "", value).upper()


def validate_siren(value: str) -> None:
    """Nine digits with a right check digit.

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not siren.is_valid(value):
        raise ValidationError(
            _("Ce SIREN n’est pas valable : il a neuf chiffres, par exemple 732 829 320."), code="siren"
        )


def validate_rna(value: str) -> None:
    """W and nine digits (letters are known overseas).

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not RNA.fullmatch(value):
        raise ValidationError(
            _("Ce numéro RNA n’est pas valable : W suivi de neuf chiffres, par exemple W691234567."),
            code="rna",
        )
