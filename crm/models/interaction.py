from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.contact import Contact
from crm.models.objection import Objection
from crm.models.organization import Organization


class Interaction(models.Model):
    """A call, a mail, a meeting or a note of the team (002-198): dated, summed up, with what it brought (004-024).

    A webinar followed shows an interest (004-008); a document downloaded does not (004-004).
    """

    class Channel(models.TextChoices):
        CALL = "call", _("appel")
        MAIL = "mail", _("courriel")
        MEETING = "meeting", _("rencontre")
        LETTER = "letter", _("courrier postal")
        WEBINAR = "webinar", _("webinaire ou atelier suivi")
        DOWNLOAD = "download", _("document téléchargé")
        NOTE = "note", _("note interne")

    class Direction(models.TextChoices):
        INBOUND = "inbound", _("elle nous a contactés")
        OUTBOUND = "outbound", _("nous l’avons contactée")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="interactions")
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interactions",
        verbose_name=_("avec qui"),
    )
    channel = models.CharField(_("moyen"), max_length=8, choices=Channel)
    direction = models.CharField(
        _("à l’initiative de qui"), max_length=8, choices=Direction, default=Direction.OUTBOUND
    )
    happened_at = models.DateTimeField(_("quand"))
    summary = models.TextField(_("ce qui s’est dit"), max_length=4000)
    brought = models.CharField(_("ce que ça a apporté à l’association"), max_length=240, blank=True)
    objection = models.ForeignKey(
        Objection,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interactions",
        verbose_name=_("ce qui l’a fait hésiter"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.UUIDField(_("clé du formulaire"), unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Interaction"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("échange")
        verbose_name_plural = _("échanges")
        indexes = [models.Index(fields=["organization", "happened_at"])]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.organization}"
