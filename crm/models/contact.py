from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.contact_profile import ContactProfile
from crm.models.organization import Organization


class SpaceRole(models.TextChoices):
    """What a person is in the association's space; `crm.space_roles` says what each may do there."""

    PRESIDENT = "president", _("présidence")
    TREASURER = "treasurer", _("trésorerie")
    TECHNICIAN = "technician", _("technique")
    OTHER = "other", _("autre")


class ContactQuerySet(models.QuerySet["Contact"]):
    def current(self) -> "ContactQuerySet":
        """Who has not been removed from the space."""
        return self.filter(left_at=None)

    def matching(self, words: str) -> "ContactQuerySet":
        """Whose name, e-mail or organisation contains the words."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(email__icontains=words)
            | models.Q(organization__name__icontains=words)
        )


ContactManager = models.Manager.from_queryset(ContactQuerySet)


class Contact(ContactProfile):
    """A person of an organisation. Only what answering needs: name, e-mail, phone if they wish, role.

    `role` is the function as typed; `space_role` is what opens doors. Whoever asks first holds the purse until the
    association says otherwise. A person who left keeps the row (quotes name it) and opens nothing.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("nom"), max_length=80)
    email = models.EmailField(_("adresse e-mail"))
    phone = models.CharField(_("téléphone"), max_length=30, blank=True)
    role = models.CharField(_("fonction"), max_length=80, blank=True)
    space_role = models.CharField(
        _("rôle dans l’espace"), max_length=12, choices=SpaceRole, default=SpaceRole.TREASURER
    )
    left_at = models.DateTimeField(_("parti·e le"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_inbound_at = models.DateTimeField(_("dernière sollicitation de sa part"), null=True, blank=True)
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True)

    objects: ClassVar[ContactManager] = ScopedManager(
        _manager_class=ContactManager, hoster="organization__hoster"
    )

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.name
