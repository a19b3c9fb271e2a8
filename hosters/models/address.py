from collections.abc import Iterator

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


class PostalAddress(models.Model):
    """A structured address: free-form lines are refused by SEPA since November 2026 (legal rule SEP-04)."""

    street = models.CharField(_("rue et numéro"), max_length=120)
    postcode = models.CharField(_("code postal"), max_length=10, validators=[postcode_validator])
    town = models.CharField(_("commune"), max_length=80)
    country = models.CharField(_("pays"), max_length=2, choices=COUNTRIES, default="FR")

    class Meta:
        abstract = True

    def address_lines(self) -> Iterator[str]:
        """The address as printed: the street, then the town; the country only abroad."""
        if self.street:
            yield self.street
        if self.postcode or self.town:
            yield f"{self.postcode} {self.town}".strip()
        if self.country != "FR":
            yield str(self.get_country_display())  # type: ignore[attr-defined]
