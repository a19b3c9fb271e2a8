"""Identifiers that people type: SIREN and RNA, both optional everywhere (legal rule ASS-01), and phone numbers."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat
from stdnum.fr import siren, siret

#: W, then nine characters; letters occur overseas. Alsace-Moselle associations have no RNA at all.
RNA = re.compile(r"W[0-9][0-9A-Z][0-9]{7}")

#: Figures as people group them, with an international prefix or not.
PHONE = re.compile(r"\A\+?[0-9][0-9 .()/\-]{5,28}\Z")


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


def validate_siret(value: str) -> None:
    """Fourteen digits with right check digits.

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not siret.is_valid(value):
        raise ValidationError(
            _("Ce SIRET n’est pas valable : il a quatorze chiffres, par exemple 732 829 320 00074."),
            code="siret",
        )


def validate_phone(value: str) -> None:
    """Something that can be dialled.

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not PHONE.match(value):
        raise ValidationError(_("Écrivez un numéro de téléphone, par exemple 06 12 34 56 78."), code="phone")


def validate_vat_number(value: str) -> None:
    """A number of the Union, with right check digits.

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not vat.is_valid(value):
        raise ValidationError(
            _("Ce numéro de TVA n’est pas valable : FR, deux caractères, puis votre SIREN.")
        )
