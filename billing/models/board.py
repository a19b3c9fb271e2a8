"""What the board of an association does with a quote before it commits (ASS-03, 002-143)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from billing.models.access_link import AccessLink
from billing.models.document import Document
from billing.models.frozen import Frozen
from billing.models.quote import Quote
from crm.models import Contact


class Body(models.TextChoices):
    """Who decides in an association: its statutes say which."""

    BUREAU = "bureau", _("bureau")
    BOARD = "board", _("conseil d’administration")
    ASSEMBLY = "assembly", _("assemblée générale")
    OTHER = "other", _("autre instance")


class BoardLink(models.Model):
    """A link that only reads, made for the people who vote. Mailed when `sent_to` is given, else copied by hand.

    `access_link` is the living secret; it is empty until the mail leaves, since mails are composed then.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="board_links")
    made_by = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    sent_to = models.EmailField(_("envoyé à"), blank=True)
    access_link = models.OneToOneField(
        AccessLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="board_link"
    )
    key = models.UUIDField(_("clé du formulaire"), null=True, blank=True, unique=True)
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("coupé le"), null=True, blank=True)

    objects: ClassVar[models.Manager["BoardLink"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("lien de lecture")
        verbose_name_plural = _("liens de lecture")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.sent_to or f"{self.quote} · {self.pk}"


class BoardMeeting(Frozen):
    """« Nous en parlons le … ». A new date is a new row: the latest one counts."""

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(_("instance"), max_length=10, choices=Body)
    held_on = models.DateField(_("date de la réunion"))
    told_by = models.EmailField(_("annoncée par"))
    told_at = models.DateTimeField(_("annoncée le"), auto_now_add=True)

    objects: ClassVar[models.Manager["BoardMeeting"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.quote} · {self.held_on}"


class ValidityExtension(Frozen):
    """A quote kept open longer (DEV-03): asked by the association, or offered by staff; what was granted is kept.

    `before` is the last day of validity until then; `granted_until` the new one, None while it waits.
    """

    living_fields = frozenset({"before", "granted_until", "granted_at", "granted_by"})

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="extensions")
    asked_until = models.DateField(_("demandée jusqu’au"))
    asked_by = models.EmailField(_("demandée par"), blank=True)
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    before = models.DateField(_("valable jusque-là jusqu’au"), null=True, blank=True)
    granted_until = models.DateField(_("accordée jusqu’au"), null=True, blank=True)
    granted_at = models.DateTimeField(_("accordée le"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["ValidityExtension"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("prolongation")
        verbose_name_plural = _("prolongations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.quote} · {self.asked_until}"


class BoardSummary(Frozen):
    """The one page that a board votes on, as it was printed. Another wording or validity is another row.

    `replaced_yearly` is what the association pays today for what this replaces, in EUR a year, as it told.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="summaries")
    replaces = models.CharField(_("ce que cela remplace"), max_length=200, blank=True)
    replaced_yearly = models.DecimalField(
        _("coût actuel par an (€)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    valid_until = models.DateField(_("valable jusqu’au"))
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="board_summary")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["BoardSummary"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("synthèse pour le vote")
        verbose_name_plural = _("synthèses pour le vote")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.quote} · {self.pk}"

    def get_absolute_url(self) -> str:
        return self.quote.get_absolute_url()


class BoardReminder(Frozen):
    """A reminder that left, once: `key` says of which kind, for which quote, meeting, day or voter."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("la réunion approche")
        RESULT = "result", _("quel est le résultat")
        VALIDITY = "validity", _("le devis va expirer")
        BALLOT = "ballot", _("le vote va se clore")

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    key = models.CharField(_("ce qui est rappelé"), max_length=80, unique=True)
    created_at = models.DateTimeField(_("envoyé le"), auto_now_add=True)

    objects: ClassVar[models.Manager["BoardReminder"]] = ScopedManager(hoster="quote__hoster")

    class Meta:
        verbose_name = _("rappel")
        verbose_name_plural = _("rappels")

    def __str__(self) -> str:
        return self.key
