from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.quote import Quote
from crm.models import Contact
from hosters.models import Hoster


class AccessLink(models.Model):
    """A secret link. The database keeps only the SHA-256 of its token, so that a copy of it opens nothing."""

    class Purpose(models.TextChoices):
        READ_QUOTE = "read_quote", _("lire un devis")
        DECIDE_QUOTE = "decide_quote", _("décider d’un devis")
        SPACE = "space", _("ouvrir l’espace de l’association")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="access_links")
    purpose = models.CharField(max_length=20, choices=Purpose)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="access_links")
    quote = models.ForeignKey(
        Quote, on_delete=models.CASCADE, null=True, blank=True, related_name="access_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["AccessLink"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("lien secret")
        verbose_name_plural = _("liens secrets")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.contact}"
