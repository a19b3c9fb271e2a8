from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster, Work


class ContactImport(models.Model):
    """A file of organisations and people: read, its columns told, tried without writing, then written."""

    class Step(models.TextChoices):
        COLUMNS = "columns", _("colonnes à indiquer")
        TRIAL = "trial", _("essai à blanc")
        WRITING = "writing", _("écriture lancée")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="contact_imports")
    name = models.CharField(_("fichier"), max_length=120)
    reading = models.CharField(_("lu comme"), max_length=80)
    header = models.JSONField(_("en-têtes"))
    mapping = models.JSONField(_("colonnes"), default=list)
    origin = models.CharField(_("d’où viennent ces adresses"), max_length=40, blank=True)
    carries_down = models.BooleanField(_("cases fusionnées"), default=False)
    step = models.CharField(_("étape"), max_length=10, choices=Step, default=Step.COLUMNS)
    created_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["ContactImport"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("import de personnes")
        verbose_name_plural = _("imports de personnes")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:import", kwargs={"pk": self.pk})


class ImportLine(models.Model):
    """One line of the file, and what the trial or the writing said of it. `number` is the spreadsheet's own."""

    class Verdict(models.TextChoices):
        WAITING = "", _("pas encore lue")
        CREATED = "created", _("nouvelle")
        COMPLETED = "completed", _("complétée")
        SAME = "same", _("déjà connue")
        REFUSED = "refused", _("refusée")

    contact_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField(_("ligne"))
    cells = models.JSONField(_("cases"))
    verdict = models.CharField(_("résultat"), max_length=10, choices=Verdict, blank=True, default="")
    reason = models.CharField(_("explication"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["ImportLine"]] = ScopedManager(hoster="contact_import__hoster")

    class Meta:
        verbose_name = _("ligne importée")
        verbose_name_plural = _("lignes importées")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["contact_import", "number"], name="one_row_per_line_of_import")
        ]
        indexes = [models.Index(fields=["contact_import", "verdict", "number"])]

    def __str__(self) -> str:
        return str(self.number)


class ImportChunk(Work):
    """A few hundred lines that a worker tries, then writes; doing it twice changes nothing.

    Those whose `first` is 0 read the file and make the others, before a trial.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="import_chunks")
    contact_import = models.ForeignKey(ContactImport, on_delete=models.CASCADE, related_name="chunks")
    first = models.PositiveIntegerField(_("première ligne"))
    last = models.PositiveIntegerField(_("dernière ligne"))
    written = models.BooleanField(_("écrite"), default=False)

    objects: ClassVar[models.Manager["ImportChunk"]] = ScopedManager(hoster="hoster")

    class Meta(Work.Meta):
        verbose_name = _("morceau d’import")
        verbose_name_plural = _("morceaux d’import")

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"
