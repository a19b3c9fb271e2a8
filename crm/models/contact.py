from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization


class Contact(models.Model):
    """A person of an organisation. Only what answering needs: name, e-mail, phone if they wish, role."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    role = models.CharField(_("fonction"), max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_inbound_at = models.DateTimeField(_("dernière sollicitation de sa part"), null=True, blank=True)

    objects: ClassVar[models.Manager["Contact"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """Why we may write to a person: what was read, where, when (GDPR-02, GDPR-11). Never edited."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", _("répondre à une demande")

    class Basis(models.TextChoices):
        PRECONTRACT = "precontract", _("mesures précontractuelles à la demande de la personne")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("finalité"), max_length=20, choices=Purpose)
    basis = models.CharField(_("base légale"), max_length=20, choices=Basis)
    source = models.CharField(_("recueilli par"), max_length=80)
    text = models.TextField(_("texte lu"))
    given_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["Consent"]] = ScopedManager(hoster="contact__organization__hoster")

    class Meta:
        verbose_name = _("base de contact")
        verbose_name_plural = _("bases de contact")

    def __str__(self) -> str:
        return f"{self.contact} · {self.get_purpose_display()}"
