from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.contact import Contact


class Consent(models.Model):
    """What a person said of our writing to them: what was read, where, when (GDPR-02, GDPR-11).

    A row is never edited. Changing one's mind is another row, whose `granted` is false: the latest of a purpose counts.
    """

    class Purpose(models.TextChoices):
        ANSWER = "answer", _("répondre à une demande")
        PROSPECTING = "prospecting", _("proposer nos offres")
        NEWSLETTER = "newsletter", _("lettre d’information")
        SATISFACTION = "satisfaction", _("demander un avis après quelques mois")
        PHONE = "phone", _("appeler pour proposer nos offres")

    class Basis(models.TextChoices):
        PRECONTRACT = "precontract", _("mesures précontractuelles à la demande de la personne")
        CONSENT = "consent", _("accord donné (opt-in)")
        INTEREST = "interest", _("intérêt légitime, personne informée et libre de s’opposer (opt-out)")
        CLIENT = "client", _("déjà cliente, pour des services semblables, libre de s’opposer")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("finalité"), max_length=20, choices=Purpose)
    basis = models.CharField(_("base légale"), max_length=20, choices=Basis)
    granted = models.BooleanField(_("d’accord"), default=True)
    source = models.CharField(_("recueilli par"), max_length=80)
    text = models.TextField(_("texte lu"))
    proof = models.CharField(_("preuve"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Consent"]] = ScopedManager(hoster="contact__organization__hoster")

    class Meta:
        verbose_name = _("base de contact")
        verbose_name_plural = _("bases de contact")

    def __str__(self) -> str:
        return f"{self.contact} · {self.get_purpose_display()}"
