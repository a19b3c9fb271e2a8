from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster, Work


class Archive(models.Model):
    """What a hoster issued and received in a calendar year, in one file that is read without Chatière (ISC-03)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="archives")
    year = models.PositiveSmallIntegerField(_("année"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("taille (octets)"), default=0)
    head = models.PositiveBigIntegerField(_("rang de la tête du registre"), default=0)

    objects: ClassVar[models.Manager["Archive"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("archive annuelle")
        verbose_name_plural = _("archives annuelles")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.hoster} · {self.year}"

    @property
    def folder(self) -> Path:
        """Where the file and its parts are. The name is a key: nothing typed by a person reaches the disk."""
        return Path(settings.MEDIA_ROOT) / str(self.hoster_id) / "archives" / str(self.pk)

    @property
    def path(self) -> Path:
        return self.folder / "archive.zip"

    @property
    def ready(self) -> bool:
        return bool(self.sha256)


class ArchivePart(Work):
    """Some of the files of an archive, gathered by a worker; whoever gathers the last part closes the archive."""

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="+")
    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    documents = models.JSONField(default=list)

    objects: ClassVar[models.Manager["ArchivePart"]] = ScopedManager(hoster="hoster")

    class Meta(Work.Meta):
        verbose_name = _("partie d’une archive")
        verbose_name_plural = _("parties d’une archive")
        constraints = [models.UniqueConstraint(fields=["archive", "number"], name="one_part_per_number")]

    def __str__(self) -> str:
        return f"{self.archive} · {self.number}"

    @property
    def path(self) -> Path:
        return self.archive.folder / f"part-{self.number}.zip"
