from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hosters.identifiers import compact, validate_rna, validate_siren
from hosters.models import Hoster
from hosters.models.address import check_postcode
from hosters.sections.fields import HosterForm, IdentifierField


class IdentityForm(HosterForm):
    """Who sells, as the legal pages and the documents print it (LEG-01, DEV-02)."""

    to_publish = frozenset({"phone", "publication_director", "site_host"})

    siren = IdentifierField(
        label=_("SIREN"),
        required=False,
        max_length=9,
        validators=[validate_siren],
        help_text=_(
            "Neuf chiffres. Une association en a un si elle emploie, paie un impôt ou reçoit une aide."
        ),
    )
    rna = IdentifierField(
        label=_("RNA"),
        required=False,
        max_length=10,
        validators=[validate_rna],
        help_text=_("W et neuf chiffres, sur le récépissé de la préfecture. Aucun en Alsace-Moselle."),
    )

    class Meta:
        model = Hoster
        fields = (
            "name",
            "tagline",
            "legal_name",
            "legal_form",
            "siren",
            "rna",
            "registration",
            "street",
            "postcode",
            "town",
            "country",
            "email",
            "phone",
            "publication_director",
            "site_host",
        )
        help_texts = {
            "name": _("Celui que les associations connaissent."),
            "legal_name": _("Le nom des statuts, imprimé sur les devis et les factures."),
            "registration": _(
                "Pour une société, son capital, le RCS et sa ville ; en Alsace-Moselle, le registre du tribunal."
            ),
            "email": _("Une adresse que plusieurs personnes lisent : les associations y répondent."),
            "publication_director": _("Souvent la présidente ou le président (LCEN, article 1-1)."),
        }

    def clean(self) -> dict[str, Any]:
        """A French address has a French postcode; spaces within its five figures are taken off."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("postcode") and typed.get("country") == "FR":
            typed["postcode"] = compact(typed["postcode"])
            try:
                check_postcode(typed["postcode"], "FR")
            except ValidationError as error:
                self.add_error("postcode", error)
        return typed
