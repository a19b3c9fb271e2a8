from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster, Work


class Document(Work):
    """The PDF of a quote, an invoice, a contract or a proof: rendered once by a worker, stored with its SHA-256,
    never rendered again."""

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(_("nom du fichier"), max_length=80)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("taille (octets)"), default=0)
    rendered_at = models.DateTimeField(_("rendu le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Document"]] = ScopedManager(hoster="hoster")

    class Meta(Work.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the file is. The name of the folder is a key, so nothing typed by a person reaches the disk."""
        return Path(settings.MEDIA_ROOT) / str(self.hoster_id) / f"{self.pk}.pdf"

    @property
    def ready(self) -> bool:
        return self.state == self.State.DONE
