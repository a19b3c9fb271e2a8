from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models import Hoster


class NewsletterSettings(models.Model):
    """What the newsletter is about and how often it comes: what somebody reads before they subscribe (002-184)."""

    hoster = models.OneToOneField(Hoster, on_delete=models.CASCADE, related_name="newsletter_settings")
    is_open = models.BooleanField(
        _("proposer l’abonnement sur le site"),
        default=False,
        help_text=_("Sans cette case, la page d’abonnement n’existe pas."),
    )
    about = models.CharField(
        _("ce qu’on y lit"),
        max_length=200,
        blank=True,
        help_text=_("Par exemple : « les nouveautés de nos outils, et des récits d’associations »."),
    )
    rhythm = models.CharField(
        _("à quel rythme"),
        max_length=80,
        blank=True,
        help_text=_("Par exemple : « quatre fois par an au plus »."),
    )

    objects: ClassVar[models.Manager["NewsletterSettings"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("réglage de la lettre")
        verbose_name_plural = _("réglages de la lettre")

    def __str__(self) -> str:
        return str(self.hoster)


class Subscriber(models.Model):
    """An address that asked for the newsletter. It receives nothing before it has confirmed (002-184, GDPR-08)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="subscribers")
    email = models.EmailField(_("adresse e-mail"))
    text = models.TextField(_("texte lu"))
    source = models.CharField(_("recueilli par"), max_length=80)
    proof = models.CharField(_("preuve"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("confirmation demandée le"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    left_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Subscriber"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("personne abonnée")
        verbose_name_plural = _("personnes abonnées")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "email"], name="one_subscription_per_address")
        ]
        indexes = [models.Index(fields=["hoster", "confirmed_at"], name="subscriber_confirmed")]

    def __str__(self) -> str:
        return self.email


class NewsletterIssue(models.Model):
    """One letter: Markdown, plain and simple HTML, without picture, pixel or followed link (GDPR-09)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("brouillon")
        SENT = "sent", _("envoyée")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="newsletter_issues")
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(
        _("texte"),
        max_length=20_000,
        help_text=_("Markdown : « ## Titre », « - liste », « [mots](https://adresse) ». Pas d’image."),
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.DRAFT)
    recipients = models.PositiveIntegerField(_("destinataires"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["NewsletterIssue"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("lettre d’information")
        verbose_name_plural = _("lettres d’information")

    def __str__(self) -> str:
        return self.subject
