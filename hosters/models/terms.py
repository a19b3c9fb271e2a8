from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from hosters.models.frozen import Frozen
from hosters.models.hoster import Hoster


class TermsKind(models.TextChoices):
    """The texts that a hoster's clients accept; the codes are in public addresses."""

    SALE = "cgv", _("conditions générales")
    PROCESSING = "sous-traitance", _("accord de sous-traitance (RGPD, article 28)")
    CHARTER = "charte", _("règles d’usage")


#: What a text may weigh, in characters: about thirty pages. Longer, nobody reads it before a vote.
LONGEST = 60_000


class TermsVersionQuerySet(models.QuerySet["TermsVersion"]):
    def latest_first(self) -> "TermsVersionQuerySet":
        return self.order_by("-number")


TermsVersionManager = models.Manager.from_queryset(TermsVersionQuerySet)


class TermsVersion(Frozen):
    """A published version of a text (LEG-02, CON-12): never edited, so that what was accepted can be read again.

    `text` is Markdown; `sha256` is that of its UTF-8 bytes and is stored with each acceptance.
    """

    hoster = models.ForeignKey(Hoster, on_delete=models.PROTECT, related_name="terms_versions")
    kind = models.CharField(_("nature"), max_length=20, choices=TermsKind)
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("texte"), max_length=LONGEST)
    sha256 = models.CharField(_("empreinte"), max_length=64)
    published_at = models.DateTimeField(_("publiée le"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[TermsVersionManager] = ScopedManager(
        _manager_class=TermsVersionManager, hoster="hoster"
    )

    class Meta:
        verbose_name = _("version de conditions")
        verbose_name_plural = _("versions de conditions")
        constraints = [
            models.UniqueConstraint(fields=["hoster", "kind", "number"], name="terms_number_once_per_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("storefront:terms_version", kwargs={"kind": self.kind, "number": self.number})


class TermsDraft(models.Model):
    """The next version of a text while staff writes it: one for each kind, read by nobody else."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="terms_drafts")
    kind = models.CharField(_("nature"), max_length=20, choices=TermsKind)
    text = models.TextField(_("texte"), max_length=LONGEST)
    updated_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects: ClassVar[models.Manager["TermsDraft"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("brouillon de conditions")
        verbose_name_plural = _("brouillons de conditions")
        constraints = [models.UniqueConstraint(fields=["hoster", "kind"], name="one_terms_draft_per_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()
