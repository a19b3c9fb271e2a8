from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization
from hosters.models import Hoster


class Encounter(models.Model):
    """A fair, a workshop, an open day, where people leave their coordinates knowing what for (002-185)."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="encounters")
    name = models.CharField(_("événement"), max_length=80)
    on = models.DateField(_("le"))
    place = models.CharField(_("lieu"), max_length=120, blank=True)
    code = models.CharField(
        _("code d’origine"),
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Des lettres sans accent, des chiffres, des tirets."))],
        help_text=_("Celui de la campagne s’il y en a une : il dit d’où viennent les gens."),
    )
    text = models.TextField(
        _("texte que les gens lisent avant de laisser leur adresse"),
        max_length=1000,
        help_text=_("Mot pour mot, sur l’écran ou la feuille : c’est lui qui fait la preuve."),
    )

    objects: ClassVar[models.Manager["Encounter"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")

    def __str__(self) -> str:
        return self.name


class CallForProjects(models.Model):
    """A call for projects that the hoster answers, alone or with others (002-212)."""

    class Status(models.TextChoices):
        STUDIED = "studied", _("à étudier")
        WRITTEN = "written", _("réponse en cours")
        SENT = "sent", _("réponse envoyée")
        WON = "won", _("retenu")
        LOST = "lost", _("pas retenu")
        LEFT = "left", _("abandonné")

    #: Those whose deadline still matters.
    OPEN: ClassVar[frozenset[str]] = frozenset({Status.STUDIED, Status.WRITTEN})

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="calls_for_projects")
    title = models.CharField(_("titre"), max_length=160)
    issuer = models.CharField(_("qui appelle"), max_length=120)
    url = models.URLField(_("adresse"), blank=True)
    deadline = models.DateField(_("à rendre le"))
    status = models.CharField(_("où on en est"), max_length=10, choices=Status, default=Status.STUDIED)
    answer = models.TextField(_("ce qu’on répond"), max_length=4000, blank=True)
    partners = models.CharField(_("avec qui"), max_length=240, blank=True)
    result = models.CharField(_("ce qui en est sorti"), max_length=240, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["CallForProjects"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("appel à projets")
        verbose_name_plural = _("appels à projets")

    def __str__(self) -> str:
        return self.title


class Partner(models.Model):
    """A structure with which one makes oneself known: another hoster, a federation, a town, a newspaper."""

    class Kind(models.TextChoices):
        HOSTER = "hoster", _("hébergeur du réseau")
        FEDERATION = "federation", _("fédération ou tête de réseau")
        TOWN = "town", _("collectivité")
        MEDIA = "media", _("média")
        OTHER = "other", _("autre")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="partners")
    name = models.CharField(_("nom"), max_length=120)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    url = models.URLField(_("adresse"), blank=True)
    note = models.TextField(_("ce qu’on fait ensemble"), max_length=2000, blank=True)

    objects: ClassVar[models.Manager["Partner"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("partenaire")
        verbose_name_plural = _("partenaires")

    def __str__(self) -> str:
        return self.name


class PartnerAction(models.Model):
    """Something done or planned with a partner: a workshop, an article, a recommendation."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("quoi"), max_length=160)
    on = models.DateField(_("le"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects: ClassVar[models.Manager["PartnerAction"]] = ScopedManager(hoster="partner__hoster")

    class Meta:
        verbose_name = _("action avec un partenaire")
        verbose_name_plural = _("actions avec un partenaire")

    def __str__(self) -> str:
        return self.what


class Wish(models.Model):
    """Something that organisations ask for and that no offer gives; counted by distinct organisations."""

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="wishes")
    title = models.CharField(_("ce qui manque"), max_length=120)
    note = models.TextField(_("à quoi cela servirait"), max_length=2000, blank=True)
    answered_on = models.DateField(_("proposé depuis le"), null=True, blank=True)

    objects: ClassVar[models.Manager["Wish"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("souhait")
        verbose_name_plural = _("souhaits")

    def __str__(self) -> str:
        return self.title


class WishVoice(models.Model):
    """An organisation that asked for it, once, in its words."""

    wish = models.ForeignKey(Wish, on_delete=models.CASCADE, related_name="voices")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="wish_voices")
    words = models.CharField(_("avec ses mots"), max_length=240, blank=True)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    objects: ClassVar[models.Manager["WishVoice"]] = ScopedManager(hoster="wish__hoster")

    class Meta:
        verbose_name = _("voix")
        verbose_name_plural = _("voix")
        constraints = [
            models.UniqueConstraint(fields=["wish", "organization"], name="one_voice_per_organization")
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.wish}"
