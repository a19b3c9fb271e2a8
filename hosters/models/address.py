import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: Countries in which an association served by a French hoster may sit (ISO 3166-1 alpha-2).
COUNTRIES = [
    ("FR", _("France")),
    ("BE", _("Belgique")),
    ("CH", _("Suisse")),
    ("LU", _("Luxembourg")),
    ("DE", _("Allemagne")),
    ("ES", _("Espagne")),
    ("IT", _("Italie")),
    ("MC", _("Monaco")),
]

postcode_validator = RegexValidator(
    r"^[0-9A-Za-z][0-9A-Za-z \-]{1,9}$", _("Écrivez un code postal, par exemple 69003.")
)

#: Metropolitan and overseas, 01000 to 98999; no department begins with 00 or 99.
FRENCH_POSTCODE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3}", re.ASCII)


def check_postcode(postcode: str, country: str) -> None:
    """A French postcode has five figures, overseas too.

    Raises:
        ValidationError: in French, saying what to write.
    """
    if country == "FR" and not FRENCH_POSTCODE.fullmatch(postcode):
        raise ValidationError(
            _("En France, un code postal a cinq chiffres, par exemple 69003 ou 97400."), code="postcode"
        )


class PostalAddress(models.Model):
    """A structured address: free-form lines are refused by SEPA since November 2026 (legal rule SEP-04)."""

    street = models.CharField(_("rue et numéro"), max_length=120)
    postcode = models.CharField(_("code postal"), max_length=10, validators=[postcode_validator])
    town = models.CharField(_("commune"), max_length=80)
    country = models.CharField(_("pays"), max_length=2, choices=COUNTRIES, default="FR")

    class Meta:
        abstract = True

    def address_lines(self) -> list[str]:
        """The address as printed."""
        return address_lines(self.street, self.postcode, self.town, self.country)


def address_lines(street: str, postcode: str, town: str, country: str) -> list[str]:
    """The street, then the town; the country only abroad. An empty line is left out."""
    abroad = "" if country == "FR" else str(dict(COUNTRIES)[country])
    return [line for line in (street, f"{postcode} {town}".strip(), abroad) if line]
