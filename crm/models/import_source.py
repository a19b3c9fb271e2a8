from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.contact_import import ContactImport


class ImportSource(models.Model):
    """A dropped file as it came, until a worker has read all of its lines."""

    contact_import = models.OneToOneField(ContactImport, on_delete=models.CASCADE, related_name="source")
    content = models.BinaryField(_("contenu"))

    objects: ClassVar[models.Manager["ImportSource"]] = ScopedManager(hoster="contact_import__hoster")

    class Meta:
        verbose_name = _("fichier déposé")
        verbose_name_plural = _("fichiers déposés")

    def __str__(self) -> str:
        return str(self.contact_import)
