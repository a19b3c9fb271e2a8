from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.consent import Consent
from crm.models.contact import Contact
from crm.models.interaction import Interaction
from hosters.models import Hoster


class Situation(models.TextChoices):
    """When a text is of use, in the order of a relation (002-209)."""

    FIRST = "first", _("premier contact")
    MET = "met", _("après une rencontre")
    ASKED = "asked", _("après une demande")
    QUOTE = "quote", _("devis envoyé, sans nouvelles")
    BOARD = "board", _("avant ou après le vote du CA")
    TRIAL = "trial", _("fin d’un essai")
    RENEWAL = "renewal", _("contrat à reconduire")
    OTHER = "other", _("autre")


class LetterModel(models.Model):
    """A text that the team starts from when somebody writes to a person. It never leaves by itself (002-210, C16)."""

    class Purpose(models.TextChoices):
        """What a person of the team may write for; the other purposes have mails of their own."""

        ANSWER = Consent.Purpose.ANSWER.value, Consent.Purpose.ANSWER.label
        PROSPECTING = Consent.Purpose.PROSPECTING.value, Consent.Purpose.PROSPECTING.label

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="letter_models")
    name = models.CharField(_("nom du modèle"), max_length=80)
    situation = models.CharField(_("situation"), max_length=10, choices=Situation, default=Situation.FIRST)
    purpose = models.CharField(_("pour"), max_length=20, choices=Purpose, default=Purpose.PROSPECTING)
    segment = models.CharField(_("public"), max_length=20, blank=True)
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(_("texte"), max_length=6000)

    objects: ClassVar[models.Manager["LetterModel"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("modèle de courriel")
        verbose_name_plural = _("modèles de courriel")

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """A mail that a person of the team wrote and sent to one person. Frozen when it is sent.

    `basis` is the reason that allowed it, as `crm.consent.may_write` said it; `stopped` the reason why it did not
    leave in the end, when the person refused between the button and the departure.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="letters")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="letters")
    interaction = models.OneToOneField(Interaction, on_delete=models.CASCADE, related_name="letter")
    purpose = models.CharField(_("pour"), max_length=20, choices=LetterModel.Purpose)
    subject = models.CharField(_("objet"), max_length=150)
    body = models.TextField(_("texte"), max_length=6000)
    basis = models.CharField(_("ce qui l’autorise"), max_length=200)
    stopped = models.CharField(_("pourquoi il n’est pas parti"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Letter"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("courriel écrit")
        verbose_name_plural = _("courriels écrits")

    def __str__(self) -> str:
        return self.subject
