"""Fields of the settings that people type with spaces, and the form that holds them."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError as BadNumber

from hosters.identifiers import compact

PREFIX = re.compile(r"[A-Z0-9]{1,8}")


class IdentifierField(forms.CharField):
    """A number typed with spaces, dots or dashes, kept without them."""

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "")


class ParagraphField(forms.CharField):
    """A few sentences on one line: line breaks become spaces, as a catalogue file wants them."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> str:
        return " ".join(str(super().to_python(value) or "").split())


class HosterForm(forms.ModelForm):
    """A part of a hoster. What the model refuses in a field that is elsewhere is said at the top.

    `to_publish`: what may wait, but not beyond the first publication (`hosters.publishing`); its label says so.
    """

    to_publish: ClassVar[frozenset[str]] = frozenset()

    def _update_errors(self, errors: ValidationError) -> None:
        """Django would crash on the name of a field that this form does not show."""
        if hasattr(errors, "error_dict"):
            elsewhere = [name for name in errors.error_dict if name not in {*self.fields, NON_FIELD_ERRORS}]
            for name in elsewhere:
                self.add_error(None, errors.error_dict.pop(name))
            if not errors.error_dict:
                return
        super()._update_errors(errors)  # type: ignore[misc]


def validate_iban(value: str) -> None:
    """The right length and check digits (SEPA).

    Raises:
        ValidationError: in French, saying what to write.
    """
    try:
        iban.validate(value)
    except BadNumber:
        raise ValidationError(
            _("Cet IBAN n’est pas valable : recopiez-le depuis votre relevé d’identité bancaire.")
        ) from None


def validate_creditor_identifier(value: str) -> None:
    """The identifier that the Banque de France gives to those who debit (SEP-01).

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not at_02.is_valid(value):
        raise ValidationError(
            _("Cet identifiant n’est pas valable : FR, deux chiffres, ZZZ, puis six caractères.")
        )


def validate_prefix(value: str) -> None:
    """Capital letters and digits: the number of a document goes in file names and accounts (NUM-02).

    Raises:
        ValidationError: in French, saying what to write.
    """
    if not PREFIX.fullmatch(value):
        raise ValidationError(_("Écrivez un préfixe de lettres capitales et de chiffres, comme F ou DEV."))
