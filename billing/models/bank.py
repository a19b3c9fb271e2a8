from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.sepa import DebitBatch
from hosters.models import Hoster


class BankMapping(models.Model):
    """Which column of a bank's CSV file is what, remembered by its titles: the next file needs no question."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="bank_mappings")
    header = models.JSONField()
    digest = models.CharField(max_length=64)
    columns = models.JSONField()

    objects: ClassVar[models.Manager["BankMapping"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("colonnes d’une banque")
        verbose_name_plural = _("colonnes des banques")
        constraints = [models.UniqueConstraint(fields=["hoster", "digest"], name="one_mapping_per_header")]

    def __str__(self) -> str:
        return " ; ".join(self.header)


class BankStatement(models.Model):
    """A file of the bank. The same file dropped again is the same row."""

    class Format(models.TextChoices):
        CAMT = "camt", _("CAMT.053")
        CSV = "csv", _("CSV")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="bank_statements")
    name = models.CharField(_("nom du fichier"), max_length=120)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=4, choices=Format)
    lines = models.PositiveIntegerField(_("lignes"))
    added = models.PositiveIntegerField(_("nouvelles"))
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["BankStatement"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("relevé bancaire")
        verbose_name_plural = _("relevés bancaires")
        constraints = [models.UniqueConstraint(fields=["hoster", "sha256"], name="same_statement_once")]

    def __str__(self) -> str:
        return self.name


class BankEntry(models.Model):
    """One line of a statement, known by what the bank says of it: two files that overlap give it once.

    `amount` is EUR, below zero for what left the account. `movement` is that of the payments it was matched with;
    undoing a match writes opposite payments and leaves the line to match again (`turn` counts them). `batch` is the
    batch of debits that a line of the bank credited as a whole.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("à rapprocher")
        MATCHED = "matched", _("rapproché")
        IGNORED = "ignored", _("sans rapport avec une facture")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="bank_entries")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    identity = models.CharField(max_length=64)
    booked_on = models.DateField(_("date"))
    amount = models.DecimalField(_("montant (€)"), max_digits=12, decimal_places=2)
    label = models.CharField(_("libellé"), max_length=400)
    party = models.CharField(_("donneur d’ordre"), max_length=140, blank=True)
    reference = models.CharField(_("référence"), max_length=140, blank=True)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    movement = models.UUIDField(null=True, blank=True)
    batch = models.ForeignKey(
        DebitBatch, on_delete=models.PROTECT, related_name="bank_entries", null=True, blank=True
    )
    turn = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["BankEntry"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("ligne de relevé")
        verbose_name_plural = _("lignes de relevé")
        constraints = [models.UniqueConstraint(fields=["hoster", "identity"], name="same_entry_once")]
        indexes = [models.Index(fields=["hoster", "state", "booked_on"])]

    def __str__(self) -> str:
        return f"{self.booked_on} · {self.amount}"
