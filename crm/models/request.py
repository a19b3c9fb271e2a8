from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.contact import Contact
from crm.models.organization import Organization
from hosters.models import Hoster


class RequestQuerySet(models.QuerySet["Request"]):
    def waiting(self) -> "RequestQuerySet":
        """Not answered yet, the oldest first."""
        return self.filter(handled_at=None).order_by("created_at")


RequestManager = models.Manager.from_queryset(RequestQuerySet)


class Request(models.Model):
    """What an organisation asked from a public form. Staff close it once they have called or written back."""

    class Kind(models.TextChoices):
        QUOTE = "quote", _("devis demandé en ligne")
        ON_QUOTE = "on_quote", _("prix à chiffrer")
        QUESTION = "question", _("question")
        CALLBACK = "callback", _("demande de rappel")
        APPOINTMENT = "appointment", _("rendez-vous découverte")
        TRIAL = "trial", _("essai demandé")
        BRIEF = "brief", _("cahier des charges")
        CHANGE = "change", _("changement d’offre")

    class Slot(models.TextChoices):
        """When a person would rather be called (002-200)."""

        ANY = "any", _("quand vous voulez")
        MORNING = "morning", _("le matin, de 9 h à 12 h")
        NOON = "noon", _("entre midi et deux")
        AFTERNOON = "afternoon", _("l’après-midi, de 14 h à 18 h")
        EVENING = "evening", _("en fin de journée, après 18 h")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="requests")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="requests")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(_("nature"), max_length=20, choices=Kind)
    subject = models.CharField(_("objet"), max_length=200)
    message = models.TextField(_("message"), blank=True)
    phone = models.CharField(
        _("téléphone"),
        max_length=30,
        blank=True,
        help_text=_("Celui de cette demande : c’est lui qu’il faut appeler."),
    )
    slot = models.CharField(_("moment préféré"), max_length=12, choices=Slot, blank=True)
    details = models.JSONField(
        _("réponses structurées"),
        default=dict,
        blank=True,
        help_text=_("Le cahier des charges, ou le changement demandé."),
    )
    need_statement = models.TextField(
        _("besoin reformulé"),
        max_length=2000,
        blank=True,
        help_text=_("Avec les mots de l’association, avant tout logiciel."),
    )
    need_asked_at = models.DateTimeField(_("besoin à confirmer, envoyé le"), null=True, blank=True)
    need_confirmed_at = models.DateTimeField(_("besoin confirmé le"), null=True, blank=True)
    need_correction = models.TextField(
        _("ce que l’association corrige"), max_length=2000, blank=True, help_text=_("Avec ses mots.")
    )
    key = models.UUIDField(_("clé du formulaire"), unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(_("traitée le"), null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[RequestManager] = ScopedManager(_manager_class=RequestManager, hoster="hoster")

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        indexes = [models.Index(fields=["hoster", "handled_at"])]

    #: A price that a person makes rests on a need that both sides read (003-041).
    NEEDS_STATEMENT = frozenset({Kind.ON_QUOTE, Kind.BRIEF})

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("staff:request", kwargs={"pk": self.pk})

    @property
    def lacks_statement(self) -> bool:
        """A quote that a person prices waits for the need in words (003-041)."""
        return self.kind in self.NEEDS_STATEMENT and not self.need_statement

    @property
    def lacks_confirmation(self) -> bool:
        """The need is written, and whoever asked did not say yes to it yet (003-003)."""
        written = self.kind in self.NEEDS_STATEMENT and bool(self.need_statement)
        return written and self.need_confirmed_at is None
