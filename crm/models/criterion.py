from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from crm.models.organization import Organization
from hosters.models import Hoster


class Criterion(models.Model):
    """A question of qualification, chosen by the hoster (004-019). `threshold` makes it a number to reach (004-020)."""

    class Must(models.TextChoices):
        """The three answers without which nobody is qualified (004-016)."""

        NO = "", _("non, elle compte seulement dans la note")
        NEED = "need", _("oui : le besoin correspond à une offre")
        BUDGET = "budget", _("oui : le budget suffit")
        DECISION = "decision", _("oui : la personne décide, ou porte la décision")

    hoster = models.ForeignKey(Hoster, on_delete=models.CASCADE, related_name="criteria")
    question = models.CharField(_("question"), max_length=160)
    weight = models.PositiveSmallIntegerField(
        _("poids"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    must = models.CharField(_("obligatoire"), max_length=8, choices=Must, blank=True)
    threshold = models.PositiveIntegerField(_("à partir de"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Criterion"]] = ScopedManager(hoster="hoster")

    class Meta:
        verbose_name = _("critère")
        verbose_name_plural = _("critères")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.question


class Answer(models.Model):
    """What an organisation declared about one criterion, and how we know it (004-018)."""

    class Value(models.TextChoices):
        YES = "yes", _("oui")
        NO = "no", _("non")

    class Method(models.TextChoices):
        INTERVIEW = "interview", _("entretien")
        SURVEY = "survey", _("questionnaire")
        REQUEST = "request", _("sa demande écrite")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="answers")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="answers")
    value = models.CharField(_("réponse"), max_length=3, choices=Value, blank=True)
    number = models.PositiveIntegerField(_("nombre déclaré"), null=True, blank=True)
    method = models.CharField(_("comment on le sait"), max_length=10, choices=Method)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager["Answer"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        constraints = [
            models.UniqueConstraint(fields=["organization", "criterion"], name="one_answer_per_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.criterion} : {self.get_value_display() or self.number}"


class ScoreChange(models.Model):
    """A score that became another, with every line that made it (004-019). Never edited."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="score_changes")
    before = models.PositiveSmallIntegerField(null=True)
    after = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(_("lignes"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[models.Manager["ScoreChange"]] = ScopedManager(hoster="organization__hoster")

    class Meta:
        verbose_name = _("changement de note")
        verbose_name_plural = _("changements de note")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
