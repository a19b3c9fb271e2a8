from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.frozen import Frozen
from hosters.models import Hoster

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

validate_account = RegexValidator(
    r"^[1-7]\d{2}[0-9A-Z]*\Z", _("Un compte commence par trois chiffres du plan comptable, comme 706.")
)


def account(label: "StrPromise", default: str) -> "models.CharField[str, str]":
    """An account of the plan: its label is what the entries print beside it."""
    return models.CharField(label, max_length=12, default=default, validators=[validate_account])


class AccountPlan(models.Model):
    """Which accounts the exports write, and when the financial year ends. Defaults are those of the general plan."""

    hoster = models.OneToOneField(Hoster, on_delete=models.CASCADE, related_name="account_plan")
    clients = account(_("clients"), "411000")
    sales = account(_("ventes de services"), "706000")
    goods = account(_("ventes de biens"), "707000")
    dues = account(_("cotisations"), "756000")
    deposits = account(_("acomptes reçus de clients"), "419100")
    vat_standard = account(_("TVA collectée, taux normal"), "445711")
    vat_other = account(_("TVA collectée, autres taux"), "445712")
    bank = account(_("banque"), "512000")
    cheques = account(_("chèques à encaisser"), "511200")
    cards = account(_("cartes à encaisser"), "511500")
    cash = account(_("caisse"), "530000")
    gains = account(_("écarts d’arrondi en notre faveur"), "758000")
    losses = account(_("écarts d’arrondi à notre charge"), "658000")
    last_month = models.PositiveSmallIntegerField(
        _("dernier mois de l’exercice"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("12 si l’exercice suit l’année civile, 8 s’il va de septembre à août."),
    )

    objects: ClassVar[models.Manager["AccountPlan"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("plan de comptes")
        verbose_name_plural = _("plans de comptes")

    def __str__(self) -> str:
        return str(self.hoster)


class ExportBatch(Frozen):
    """A numbered lot of what leaves for the accounts or the tax office: once made it never changes (RET-03).

    A piece is in one lot of a kind only; what came late is in the next one. Entries are numbered from 1 in each
    financial year, without a gap from one lot to the next.
    """

    class Kind(models.TextChoices):
        JOURNAL = "journal", _("journal et FEC")
        E_REPORTING = "ereporting", _("e-reporting")

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="export_batches")
    kind = models.CharField(_("nature"), max_length=12, choices=Kind)
    number = models.PositiveIntegerField(_("numéro"))
    name = models.CharField(_("lot"), max_length=60)
    start = models.DateField(_("du"))
    end = models.DateField(_("au"))
    closing = models.DateField(_("clôture de l’exercice"))
    pieces = models.PositiveIntegerField(_("pièces"))
    first_entry = models.PositiveIntegerField(_("première écriture"), default=0)
    last_entry = models.PositiveIntegerField(_("dernière écriture"), default=0)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2, default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField(_("fait le"))

    objects: ClassVar[models.Manager["ExportBatch"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["hoster", "kind", "number"], name="one_batch_per_number")
        ]

    def __str__(self) -> str:
        return self.name


class ExportFile(Frozen):
    """A file of a lot, as it was made: downloading it again gives the same bytes."""

    batch = models.ForeignKey(ExportBatch, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(_("fichier"), max_length=80)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["ExportFile"]] = ScopedManager(hoster="batch__hoster")

    class Meta:
        verbose_name = _("fichier d’un lot")
        verbose_name_plural = _("fichiers des lots")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class ExportedPiece(Frozen):
    """A document or a payment that is in a lot."""

    batch = models.ForeignKey(ExportBatch, on_delete=models.PROTECT, related_name="exported")
    kind = models.CharField(max_length=12, choices=ExportBatch.Kind)
    table = models.CharField(max_length=60)
    row = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager["ExportedPiece"]] = ScopedManager(hoster="batch__hoster")

    class Meta:
        verbose_name = _("pièce d’un lot")
        verbose_name_plural = _("pièces des lots")
        constraints = [
            models.UniqueConstraint(fields=["kind", "table", "row"], name="each_piece_exported_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
