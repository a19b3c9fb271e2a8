from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.acceptance import Acceptance
from billing.models.frozen import Frozen


class SignedScan(Frozen):
    """The signed quote as it was received: a file kept outside of the web root, with its SHA-256 (DEV-04)."""

    class Type(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    acceptance = models.OneToOneField(Acceptance, on_delete=models.PROTECT, related_name="scan")
    media_type = models.CharField(_("format"), max_length=20, choices=Type)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    size = models.PositiveIntegerField(_("taille (octets)"))

    objects: ClassVar[models.Manager["SignedScan"]] = ScopedManager(hoster="acceptance__quote__hoster")

    class Meta:
        verbose_name = _("devis signé")
        verbose_name_plural = _("devis signés")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name given to the file when it leaves; what the sender called it is forgotten."""
        extension = self.media_type.partition("/")[2].replace("jpeg", "jpg")
        return f"devis-{self.acceptance.quote.number}-signe.{extension}"

    @property
    def path(self) -> Path:
        """Where the file is: below the folder of its hoster, under a key."""
        folder = Path(settings.MEDIA_ROOT) / str(self.acceptance.quote.hoster_id) / "signed"
        return folder / f"{self.pk}.bin"
