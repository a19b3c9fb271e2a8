from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from hosters.models import Hoster


class LedgerHead(models.Model):
    """Where the ledger of a hoster stands: the row locked while an entry is added, so that the chain has no fork."""

    hoster = models.OneToOneField(Hoster, on_delete=models.PROTECT, related_name="ledger_head")
    position = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, blank=True)

    objects: ClassVar[models.Manager["LedgerHead"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("tête du registre")
        verbose_name_plural = _("têtes du registre")

    def __str__(self) -> str:
        return f"{self.hoster} · {self.position}"


class LedgerEntry(Frozen):
    """One line of the ledger (ISC-03): what was written, sealed with the line before by a key that the database
    does not hold.

    `content` is the SHA-256 of every column of the rows named by `table` and `row`; `mac` is the HMAC-SHA-256 of this
    line and of the `mac` before it. `key` says which key of the file made it.
    """

    class Event(models.TextChoices):
        WRITTEN = "written", _("inscription")
        MOVED = "moved", _("fusion de deux fiches")
        ADOPTED = "adopted", _("reprise de l’existant")
        KEY_CHANGED = "key", _("changement de clé")
        EXPORTED = "exported", _("export comptable")
        ARCHIVED = "archived", _("archive")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="ledger_entries")
    position = models.PositiveBigIntegerField(_("rang"))
    event = models.CharField(_("quoi"), max_length=10, choices=Event)
    table = models.CharField(max_length=60, blank=True)
    row = models.PositiveBigIntegerField(default=0)
    label = models.CharField(_("pièce"), max_length=120)
    content = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField(_("inscrit le"))
    version = models.CharField(_("version du logiciel"), max_length=20)
    key = models.CharField(max_length=12)
    mac = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["LedgerEntry"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("ligne du registre")
        verbose_name_plural = _("lignes du registre")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["hoster", "position"], name="one_entry_per_position")]

    def __str__(self) -> str:
        return f"{self.position} · {self.label}"
