from django.db import models
from django.utils.translation import gettext_lazy as _


class AddressKind(models.TextChoices):
    """Whose address it is: what decides under which basis we may write to it (GDPR-01, GDPR-02, GDPR-03)."""

    GENERIC = "generic", _("adresse de la structure (contact@…)")
    NOMINATIVE = "nominative", _("adresse d’une personne dans la structure")
    PERSONAL = "personal", _("adresse privée d’une personne")


class ContactProfile(models.Model):
    """What is known of a person beyond name and address.

    `address_kind` is what staff said; empty, it is guessed from the address (`crm.addresses.kind_of`).
    """

    address_kind = models.CharField(
        _("nature de l’adresse"), max_length=10, choices=AddressKind, blank=True, default=""
    )
    met_through = models.CharField(_("origine du contact"), max_length=40, blank=True)
    referred_by = models.ForeignKey(
        "crm.Organization",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred_contacts",
        verbose_name=_("parrainage"),
    )

    class Meta:
        abstract = True
