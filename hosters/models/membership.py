from django.db import models
from django.utils.translation import gettext_lazy as _

from hosters.models.hoster import Hoster
from hosters.models.user import User


class Role(models.TextChoices):
    """What a person may do for a hoster (CARD-013)."""

    ADMIN = "admin", _("administration")
    SALES = "sales", _("accueil et ventes")
    ACCOUNTANT = "accountant", _("comptabilité")


class Membership(models.Model):
    """A person works for a hoster, in one role."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rôle"), max_length=20, choices=Role, default=Role.SALES)

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        constraints = [models.UniqueConstraint(fields=["user", "hoster"], name="one_role_per_hoster")]

    def __str__(self) -> str:
        return f"{self.user} · {self.hoster}"
